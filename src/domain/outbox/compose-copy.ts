import { withLinks } from '#domain/templates';
import type { Mailbox } from '#mail/address';
import { composeMail as compose, mailChunks } from '#mail/mime';
import type { Tx } from '#stores/database';
import type { FileStore } from '#stores/files';
import { encodedParts } from './compose-mail.ts';
import { type Letter, selectLetters } from './letter-table.ts';
import type { Message } from './message.ts';
import { selectMessages } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

export interface CopyMaterial {
  readonly message: Message;
  readonly letter: Letter;
  /** Who got it without being seen by the others. */
  readonly bcc: readonly Mailbox[];
}

/** What the copy of a message for the sender's own records is made of; null when there is no such message. */
export async function copyMaterial(
  tx: Tx<OutboxTables>,
  companyId: string,
  messageId: string,
): Promise<CopyMaterial | null> {
  const [message] = await selectMessages(tx, companyId, { ids: [messageId] });
  const [letter] = message ? await selectLetters(tx, [message.letterId]) : [];
  if (!message || !letter) return null;
  const all = await selectMessages(tx, companyId, { dispatchIds: [message.dispatchId] });
  const hidden = all.filter(({ role, letterId }) => role === 'bcc' && letterId === letter.id);
  return { message, letter, bcc: hidden.map(({ name, address }) => ({ name, address })) };
}

/**
 * Makes that copy: the letter as it went out, with everybody who got it, but with `page` in the place of the recipients' links and without
 * a pixel, so that the sender's own reading never counts. It has the Message-ID of its message, or `under`, which then refers to that one.
 * Throws when an attachment is missing in the files store.
 */
export async function composeCopy(
  files: FileStore,
  { message, letter, bcc }: CopyMaterial,
  page: string,
  under: string | null = null,
): Promise<Buffer> {
  const parts = encodedParts(files, 0);
  const links = { page, withdraw: page, pixel: 'data:,', mode: 'none' } as const;
  const mail = compose({
    headers: {
      from: { name: letter.fromName, address: letter.fromAddress },
      to: letter.to,
      cc: letter.cc,
      bcc,
      replyTo: letter.replyTo ? { name: '', address: letter.replyTo } : null,
      subject: letter.subject,
      messageId: under ?? message.internetId,
      references: under === null ? [] : [message.internetId],
      date: message.settledAt ?? message.createdAt,
      extra: [],
    },
    text: withLinks(letter.text, links),
    html: withLinks(letter.html, links),
    attachments: await Promise.all(letter.attachments.map((one) => parts(letter.companyId, one))),
  });
  return Buffer.concat(mailChunks(mail));
}
