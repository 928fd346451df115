import { getLetters, type Message, type OutboxTables } from '#domain/outbox';
import { type SenderTables, sendersByIds } from '#domain/senders';
import { sameAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import { type MailboxTables, selectMailbox } from './mailbox-table.ts';

/**
 * Tells whether answers to a message can be seen here: where they come to an address of ours, into the sandbox, or into a mailbox that
 * we may read and that is the one where they go.
 */
export async function areRepliesObserved(
  tx: Tx<MailboxTables & SenderTables & OutboxTables>,
  message: Pick<Message, 'companyId' | 'senderId' | 'letterId'>,
  platformDomain: string,
): Promise<boolean> {
  const { companyId, senderId, letterId } = message;
  const [[sender], [letter]] = [await sendersByIds(tx, [senderId]), await getLetters(tx, [letterId])];
  if (!sender || sender.method === 'sandbox') return true;
  if (letter?.trackReplies && platformDomain !== 'localhost') return true;
  const isRead = (await selectMailbox(tx, companyId, senderId))?.state === 'working';
  return isRead && (!letter?.replyTo || sameAddress(letter.replyTo, sender.address));
}

/**
 * Tells whether bounces of a sender's mails can be seen here: not where they only come into a mailbox that may not,
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
