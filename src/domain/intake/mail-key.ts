import { sha256 } from '#base/crypto';
import { addressKey } from '#mail/address';
import type { ReadMail } from '#mail/mime';

/**
 * What makes a mail the same when it comes again, as a SHA-256. A client that did not hear our 250 sends the mail once more, perhaps by another way or with a
 * new date: so it is the Message-ID (RFC 5322 §3.6.4) that counts, with what is said and attached and to whom, as there are programs that use one id for
 * all their mails. Without an id, it is every byte.
 */
export function mailKey(mail: ReadMail, bytes: Uint8Array, recipients: readonly string[]): Buffer {
  const to = [...new Set(recipients.map(addressKey))].sort();
  const id = mail.headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value.trim();
  if (!id) return sha256(JSON.stringify([hex(bytes), to]));
  const attached = mail.attachments.map((one) => [one.name, hex(one.bytes)]);
  const said = [mail.subject, plain(mail.text), plain(mail.html)];
  return sha256(JSON.stringify(['message-id', id, to, said, attached]));
}

/** Servers on the way end lines and texts as they like. */
function plain(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

function hex(bytes: Uint8Array | string): string {
  return sha256(bytes).toString('hex');
}
