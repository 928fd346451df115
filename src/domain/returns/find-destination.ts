import {
  companyOfMessage,
  type Message,
  messagesByInternetId,
  readReplyAddress,
  readReturnPath,
} from '#domain/outbox';
import { readReport } from '#mail/report';
import { asWorker } from '#stores/database';
import { idsIn, markedMessage } from './match-report.ts';
import type { Arrival } from './returned-mail.ts';
import type { ReturnsNeeds } from './returns.ts';

/** Where a mail to one of our addresses belongs. */
export type Destination = Pick<Arrival, 'companyId' | 'messageId' | 'via'>;

type FindNeeds = Pick<ReturnsNeeds, 'database' | 'returnKey'>;

/**
 * The message that a return path or reply address names; null for every other address, for a forged mark, and for a message that is
 * gone. Nothing is passed on to anybody by this: an address that is not ours belongs nowhere.
 */
export async function findDestination(needs: FindNeeds, address: string): Promise<Destination | null> {
  const { returnKey } = needs;
  const replied = readReplyAddress(returnKey, address);
  const messageId = replied ?? readReturnPath(returnKey, address)?.messageId;
  if (!messageId) return null;
  const companyId = await asWorker(needs.database, (tx) => companyOfMessage(tx, messageId));
  return companyId === null ? null : { companyId, messageId, via: replied ? 'reply_address' : 'return_path' };
}

/**
 * The company whose mail somebody complains of at an address for complaints: by our header in the returned mail, or its Message-ID.
 * Null when it is about no mail of ours.
 */
export async function findComplained(needs: FindNeeds, bytes: Uint8Array): Promise<Destination | null> {
  const report = await readReport(bytes);
  if (report.kind === 'none' || report.kind === 'reply') return null;
  const marked = markedMessage(needs.returnKey, report);
  return asWorker(needs.database, async (tx) => {
    const known = marked ? await companyOfMessage(tx, marked) : null;
    if (marked && known) return { companyId: known, messageId: marked, via: 'complaint_address' as const };
    const [message]: readonly Message[] = await messagesByInternetId(tx, null, idsIn(report));
    if (!message) return null;
    return { companyId: message.companyId, messageId: message.id, via: 'complaint_address' as const };
  });
}
