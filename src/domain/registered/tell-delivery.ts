import { type Company, getCompany } from '#domain/accounts';
import { getDocuments } from '#domain/documents';
import { getMessages, type Message } from '#domain/outbox';
import { type Sender, sendersByIds } from '#domain/senders';
import { asWorker, inCompany } from '#stores/database';
import type { Delivery } from './delivery.ts';
import { selectDelivery } from './delivery-table.ts';
import type { RegisteredDeps } from './registered-deps.ts';

/** A delivery with what mails about it say. */
export interface Told {
  readonly delivery: Delivery;
  readonly company: Company;
  readonly message: Message;
  readonly sender: Sender;
  /** "INV-17, INV-18" */
  readonly document: string;
}

/** Reads it; null when the delivery, or what it belongs to, is gone. */
export async function tellOf(
  deps: Pick<RegisteredDeps, 'database'>,
  messageId: string,
): Promise<Told | null> {
  const delivery = await asWorker(deps.database, (tx) => selectDelivery(tx, messageId));
  if (!delivery) return null;
  const { companyId } = delivery;
  return inCompany(deps.database, companyId, async (tx) => {
    const company = await getCompany(tx, companyId);
    const [message] = await getMessages(tx, companyId, { ids: [messageId] });
    const [sender] = message ? await sendersByIds(tx, [message.senderId]) : [];
    const documents = await getDocuments(tx, companyId, delivery.documentIds);
    if (!company || !message || !sender) return null;
    const document = documents.map((one) => one.number ?? one.fileName).join(', ');
    return { delivery, company, message, sender, document };
  });
}
