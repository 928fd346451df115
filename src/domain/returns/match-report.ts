import { after, day } from '#base/time';
import {
  getLetters,
  getMessages,
  type Message,
  markHeader,
  messagesByInternetId,
  type OutboxTables,
  readMessageMark,
  sentWithin,
} from '#domain/outbox';
import type { Report } from '#mail/report';
import type { Tx } from '#stores/database';
import type { MatchedBy, ReturnedMail } from './returned-mail.ts';

/** The message that a mail is about, and by what it was found. */
export interface Match {
  readonly message: Message;
  readonly by: MatchedBy;
}

/** A report about a mail comes within the five days that servers try (RFC 5321 §4.5.4.1), with two more for slow ones. */
const reportWindow = 7 * day;
/** An answer without any reference is believed for so long, if its subject is that of the mail. */
const answerWindow = 30 * day;

/** Finds the message of a mail that came back: return path, our header, Message-ID and references, recipient and time; else null. */
export async function matchReport(
  tx: Tx<OutboxTables>,
  returnKey: Uint8Array,
  mail: Pick<ReturnedMail, 'companyId' | 'messageId' | 'senderId' | 'receivedAt'>,
  report: Report,
): Promise<Match | null> {
  const { companyId } = mail;
  const byId = async (id: string | null, by: MatchedBy): Promise<Match | null> => {
    const [message] = id ? await getMessages(tx, companyId, { ids: [id] }) : [];
    return message ? { message, by } : null;
  };
  if (mail.messageId) return byId(mail.messageId, 'verp');
  return (
    (await byId(markedMessage(returnKey, report), 'header')) ??
    (await byInternetId(tx, companyId, report)) ??
    (await byRecipient(tx, mail, report))
  );
}

/** The message that our own header in the returned mail names; its mark proves that we sent it. */
export function markedMessage(returnKey: Uint8Array, report: Report): string | null {
  const header = report.originalHeaders.find(({ name }) => name.toLowerCase() === markHeader.toLowerCase());
  return header ? readMessageMark(returnKey, header.value) : null;
}

/** Message-IDs of ours that a mail may be about, the nearest first. */
export function idsIn(report: Report): string[] {
  const ids = [report.originalMessageId ?? '', ...report.origin.references.toReversed()];
  return [...new Set(ids.map((id) => id.toLowerCase()).filter((id) => id !== ''))];
}

async function byInternetId(tx: Tx<OutboxTables>, companyId: string, report: Report): Promise<Match | null> {
  const ids = idsIn(report);
  const found = await messagesByInternetId(tx, companyId, ids);
  const [message] = found.sort((a, b) => ids.indexOf(a.internetId) - ids.indexOf(b.internetId));
  return message ? { message, by: 'message_id' } : null;
}

/**
 * The newest mail to one of the addresses that the report names. A person's answer must also have the subject of that mail: not
 * everything that a customer writes is an answer.
 */
async function byRecipient(
  tx: Tx<OutboxTables>,
  mail: Pick<ReturnedMail, 'companyId' | 'senderId' | 'receivedAt'>,
  report: Report,
): Promise<Match | null> {
  if (report.kind === 'none' || report.kind === 'complaint') return null;
  const isAnswer = report.kind === 'reply';
  const span = {
    from: after(mail.receivedAt, -(isAnswer ? answerWindow : reportWindow)),
    to: mail.receivedAt,
  };
  for (const { address } of report.recipients.slice(0, 20)) {
    const found = await sentWithin(tx, mail.companyId, { address, senderId: mail.senderId }, span);
    const message = isAnswer ? await withSubject(tx, found, report.origin.subject) : found[0];
    if (message) return { message, by: 'recipient' };
  }
  return null;
}

async function withSubject(
  tx: Tx<OutboxTables>,
  messages: readonly Message[],
  subject: string,
): Promise<Message | undefined> {
  const letters = await getLetters(tx, [...new Set(messages.map((message) => message.letterId))]);
  const wanted = bareSubject(subject);
  const fitting = new Set(
    letters.filter((letter) => bareSubject(letter.subject) === wanted).map(({ id }) => id),
  );
  return wanted === '' ? undefined : messages.find((message) => fitting.has(message.letterId));
}

/** What programs put before the subject of an answer, in the languages of the product and its neighbours. */
const answerPrefix = /^(?:(?:re|aw|sv|vs|rép|rif|r|antw|răsp|res|odp)(?:\[\d{1,3}\])?\s?:\s*){1,20}/iu;

function bareSubject(subject: string): string {
  return subject.trim().replace(answerPrefix, '').replace(/\s+/g, ' ').trim().toLowerCase();
}
