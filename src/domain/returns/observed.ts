import { type SenderTables, sendersByIds } from '#domain/senders';
import type { Tx } from '#stores/database';
import { type MailboxTables, selectMailbox } from './mailbox-table.ts';

/**
 * Tells whether bounces of and answers to a sender's mails can be seen here: not where they only come into a mailbox that may not,
 * or cannot, be read. For senders that go out through return paths of ours, and in the sandbox, they can.
 */
export async function isObserved(
  tx: Tx<MailboxTables & SenderTables>,
  companyId: string,
  senderId: string,
): Promise<boolean> {
  const [sender] = await sendersByIds(tx, [senderId]);
  if (!sender || !['smtp', 'google', 'microsoft'].includes(sender.method)) return true;
  return (await selectMailbox(tx, companyId, senderId))?.state === 'working';
}
