import { after, day } from '#base/time';
import {
  getLetters,
  getMessages,
  type Message,
  messagesByInternetId,
  type OutboxTables,
} from '#domain/outbox';
import type { Tx } from '#stores/database';
import { type ProviderTables, selectProviderDeliveries, selectUnfinished } from '../provider-table.ts';
import type { ReadReceipt } from './receipt.ts';

/** Receipts come within the days that a recipient has; the rest is for slow mails. */
const receiptWindow = 60 * day;
const mostLookedAt = 2000;

export interface ReceiptMatch {
  readonly message: Message;
  readonly by: 'message_id' | 'address' | 'person';
  /** Whether the PDF itself names this message or its recipient: a receipt of something else must not count for it. */
  readonly isNamedInPdf: boolean;
}

/**
 * The message that a receipt is about: by a Message-ID of ours that it refers to or holds in its text; else the one delivery that is
 * still open, or of whose end nobody has signed, whose recipient and subject it names. Null where none fits, or several do: nothing is guessed.
 */
export async function matchReceipt(
  tx: Tx<ProviderTables & OutboxTables>,
  companyId: string,
  receipt: ReadReceipt,
  now: Date,
): Promise<ReceiptMatch | null> {
  const byId = await byMessageId(tx, companyId, receipt);
  if (byId) return { message: byId, by: 'message_id', isNamedInPdf: isNamed(receipt.pdfText, byId) };
  const since = after(now, -receiptWindow);
  const open = await fitting(tx, companyId, receipt, { kind: 'open', since });
  // What has come to its end is looked at only where nothing open fits: a second dispatch to the same recipient has the same subject.
  const fit = open.length > 0 ? open : await fitting(tx, companyId, receipt, { kind: 'doubtful', since });
  const [message, ...others] = fit;
  if (!message || others.length > 0) return null;
  return { message, by: 'address', isNamedInPdf: isNamed(receipt.pdfText, message) };
}

/** Messages of such deliveries whose recipient and subject the receipt names. */
async function fitting(
  tx: Tx<ProviderTables & OutboxTables>,
  companyId: string,
  receipt: ReadReceipt,
  which: Parameters<typeof selectUnfinished>[2],
): Promise<Message[]> {
  const unfinished = await selectUnfinished(tx, companyId, which, mostLookedAt);
  const text = squeezed(`${receipt.mailText}\n${receipt.pdfText}`);
  const to = unfinished.filter((one) => text.includes(squeezed(one.address)));
  const messages = await getMessages(tx, companyId, { ids: to.map((one) => one.message_id) });
  const letters = await getLetters(tx, [...new Set(messages.map((one) => one.letterId))]);
  return messages.filter((message) => {
    const subject = letters.find((letter) => letter.id === message.letterId)?.subject ?? '';
    return subject !== '' && text.includes(squeezed(subject));
  });
}

async function byMessageId(
  tx: Tx<ProviderTables & OutboxTables>,
  companyId: string,
  { mail, mailText, pdfText }: ReadReceipt,
): Promise<Message | null> {
  const inText =
    `${mailText}\n${pdfText}`.toLowerCase().match(/msg_[0-9a-hjkmnp-tv-z]{26}@[a-z0-9.-]{1,253}/g) ?? [];
  const referred = [mail.inReplyTo ?? '', ...mail.references.toReversed()].map((id) => id.toLowerCase());
  const ids = [...new Set([...referred, ...inText])].filter((id) => id !== '').slice(0, 100);
  if (ids.length === 0) return null;
  const found = await messagesByInternetId(tx, companyId, ids);
  for (const message of found.sort((a, b) => ids.indexOf(a.internetId) - ids.indexOf(b.internetId)))
    if ((await selectProviderDeliveries(tx, companyId, { messageId: message.id })).length > 0) return message;
  return null;
}

/** Whether the PDF names this message or its recipient. */
export function isNamed(pdfText: string, { internetId, address }: Message): boolean {
  const text = squeezed(pdfText);
  return text.includes(squeezed(internetId)) || text.includes(squeezed(address));
}

/** Lines break anywhere in a PDF. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase();
}
