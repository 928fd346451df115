import { withLinks } from '#domain/templates';
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
}

/** What the copy of a message for the sender's own records is made of; null when there is no such message. */
export async function copyMaterial(
  tx: Tx<OutboxTables>,
  companyId: string,
  messageId: string,
): Promise<CopyMaterial | null> {
  const [message] = await selectMessages(tx, companyId, { ids: [messageId] });
  const [letter] = message ? await selectLetters(tx, [message.letterId]) : [];
  return message && letter ? { message, letter } : null;
}

/**
 * Makes that copy: the letter as it went out, under the recipient's Message-ID, but with `page` in the place of his links and without
 * his pixel, so that the sender's own reading never counts. Throws when an attachment is missing in the files store.
 */
export async function composeCopy(
  files: FileStore,
  { message, letter }: CopyMaterial,
  page: string,
): Promise<Buffer> {
  const parts = encodedParts(files, 0);
  const links = { page, withdraw: page, pixel: 'data:,', mode: 'none' } as const;
  const mail = compose({
    headers: {
      from: { name: letter.fromName, address: letter.fromAddress },
      to: letter.to,
      cc: letter.cc,
      replyTo: letter.replyTo ? { name: '', address: letter.replyTo } : null,
      subject: letter.subject,
      messageId: message.internetId,
      date: message.settledAt ?? message.createdAt,
      extra: [],
    },
    text: withLinks(letter.text, links),
    html: withLinks(letter.html, links),
    attachments: await Promise.all(letter.attachments.map((one) => parts(letter.companyId, one))),
  });
  return Buffer.concat(mailChunks(mail));
}
