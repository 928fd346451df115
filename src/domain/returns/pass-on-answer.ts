import { ownerOf } from '#domain/accounts';
import type { Fact } from '#domain/evidence';
import { passedHeader, passOnReply, replyFact } from '#domain/housemail';
import { getLetters, type Message } from '#domain/outbox';
import { sendersByIds } from '#domain/senders';
import { splitHeaders } from '#mail/mime';
import type { Report } from '#mail/report';
import type { Tx } from '#stores/database';
import type { ReturnedMail } from './returned-mail.ts';
import type { ReadingTables } from './returns.ts';

/** An answer that came to the reply address of a message. */
export interface Answered {
  readonly mail: Pick<ReturnedMail, 'companyId' | 'sha256'>;
  readonly bytes: Uint8Array;
  readonly report: Report;
  readonly message: Message;
}

/**
 * Passes a person's answer on to the mailbox where it would have gone without us, in the caller's transaction. Returns the event that
 * tells of one that stays here, to be recorded; an answer of the user himself, or one that goes in a circle, needs none.
 */
export async function passOnAnswer(
  tx: Tx<ReadingTables>,
  returnKey: Uint8Array,
  { mail, bytes, report, message }: Answered,
  now: Date,
): Promise<readonly Fact[]> {
  const to = await mailboxOf(tx, message);
  const { headers } = splitHeaders(bytes);
  const valuesOf = (name: string): string[] =>
    headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
  const reply = {
    companyId: mail.companyId,
    messageId: message.id,
    sha256: mail.sha256,
    from: report.origin.from,
    replyTo: valuesOf('reply-to')[0] ?? '',
    subject: report.origin.subject,
    messageIdHeader: report.origin.messageId,
    references: report.origin.references,
    passed: valuesOf(passedHeader.toLowerCase()),
  };
  const passed = to ? await passOnReply(tx, returnKey, reply, to, now) : refusedFor('no_mailbox');
  if (passed.ok || passed.reason === 'own_answer' || passed.reason === 'goes_in_a_circle') return [];
  return [replyFact('message.reply_kept', message, { problem: passed.reason, to: to ?? '' }, now)];
}

function refusedFor<Reason extends string>(reason: Reason) {
  return { ok: false as const, reason };
}

/** Where answers to a message go; the platform's no-reply address has no mailbox, so that the owner gets them. */
async function mailboxOf(tx: Tx<ReadingTables>, message: Message): Promise<string | null> {
  const [letter] = await getLetters(tx, [message.letterId]);
  if (letter?.replyTo) return letter.replyTo;
  const [sender] = await sendersByIds(tx, [message.senderId]);
  if (sender && sender.method !== 'platform' && sender.method !== 'sandbox')
    return letter?.fromAddress ?? null;
  return (await ownerOf(tx, message.companyId))?.email ?? null;
}
