import { createHash } from 'node:crypto';
import type { Mail } from '#mail/mime';
import { mailChunks } from '#mail/mime';

/** A header field as it is signed: its name in lower case and its relaxed form without a line end. */
export type SignedField = { readonly name: string; readonly relaxed: string };

/** Relaxed form of a header field given with its folds: RFC 6376 §3.4.2. */
export function relaxField(field: string): SignedField {
  const colon = field.indexOf(':');
  const name = field.slice(0, colon).trimEnd().toLowerCase();
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ');
  return { name, relaxed: `${name}:${value.replace(/^ | $/g, '')}` };
}

/** The header fields of a mail in order, relaxed; octets are kept as Latin-1 characters. */
export function relaxHeaders(head: Buffer): readonly SignedField[] {
  return head
    .toString('latin1', 0, bodyStart(head) - 4)
    .split(/\r\n(?![ \t])/)
    .map(relaxField);
}

/**
 * The body hash of a composed mail, relaxed (RFC 6376 §3.4.4, §3.7). Attachments are hashed as they lie: what
 * `encodeAttachment` makes has no blanks to relax. Only the texts in the head are looked at.
 */
export function bodyHash(mail: Mail): string {
  const hash = createHash('sha256');
  const text = mail.head.subarray(bodyStart(mail.head));
  const [, ...shared] = mailChunks(mail);
  hash.update(shared.length === 0 ? dropEmptyEnd(relaxBody(text)) : relaxBody(text));
  for (const chunk of shared) hash.update(chunk);
  return hash.digest('base64');
}

function bodyStart(head: Buffer): number {
  const end = head.indexOf('\r\n\r\n');
  if (end < 0) throw new TypeError('a mail without the end of its headers');
  return end + 4;
}

function relaxBody(body: Buffer): Buffer {
  const text = body.toString('latin1');
  if (!/\t| {2}| \r/.test(text)) return body;
  return Buffer.from(text.replace(/[ \t]+/g, ' ').replaceAll(' \r\n', '\r\n'), 'latin1');
}

/** Empty lines at the end do not count, and a body of nothing else is empty. */
function dropEmptyEnd(body: Buffer): Buffer {
  let end = body.length;
  while (end >= 4 && body.toString('latin1', end - 4, end) === '\r\n\r\n') end -= 2;
  return body.toString('latin1', 0, end) === '\r\n' ? Buffer.alloc(0) : body.subarray(0, end);
}
