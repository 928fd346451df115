import { type Company, getCompany } from '#domain/accounts';
import { getDocuments } from '#domain/documents';
import { getMessages, type Message } from '#domain/outbox';
import { neutralAddress, platformName, type Sender, sendersByIds } from '#domain/senders';
import { asWorker, inCompany } from '#stores/database';
import type { Delegate } from './delegate.ts';
import { selectDelegates } from './delegate-table.ts';
import { type Delivery, isSenderTold } from './delivery.ts';
import { selectDelivery } from './delivery-table.ts';
import type { RegisteredDeps, RegisteredWords } from './registered-deps.ts';

/** A delivery with what mails about it say. */
export interface Told {
  readonly delivery: Delivery;
  readonly company: Company;
  readonly message: Message;
  readonly sender: Sender;
  /** "INV-17, INV-18" */
  readonly document: string;
  /** Nothing of it may tell who the sender is: it goes out from the platform's address, under its name. */
  readonly isNeutral: boolean;
  /** All to whom the recipient has handed it. */
  readonly delegates: readonly Delegate[];
}

/**
 * The same as its recipient may see it: while the sender is hidden, with words in place of his name and of the documents', and with the
 * platform's look.
 */
export function toldTo(told: Told, t: RegisteredWords): Told {
  const { delivery, company } = told;
  if (isSenderTold(delivery)) return told;
  return {
    ...told,
    isNeutral: true,
    company: { ...company, name: t('hidden.sender'), address: '', logo: null, brandColor: null },
    document: t('hidden.document', { id: delivery.messageId }),
    delivery: { ...delivery, content: delivery.content?.map((one) => ({ ...one, fileName: '' })) ?? null },
  };
}

/** The name that a mail about a delivery goes out under. */
export function fromNameOf({ isNeutral, company }: Told): string {
  return isNeutral ? platformName : company.name;
}

/** The address that it goes out from; `platformDomain` is the installation's. */
export function fromAddressOf({ isNeutral, sender }: Told, platformDomain: string): string {
  return isNeutral ? neutralAddress(platformDomain) : sender.address;
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
    const delegates = await selectDelegates(tx, messageId);
    return { delivery, company, message, sender, document, isNeutral: false, delegates };
  });
}
