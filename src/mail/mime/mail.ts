import { createHash } from 'node:crypto';
import type { EncodedPart } from './encoded-part.ts';

/** A composed mail: its own bytes before and after the attachments, and the attachments that it shares with others. */
export type Mail = {
  /** Headers and text parts; with attachments it ends after the boundary line of the first one. */
  readonly head: Buffer;
  readonly parts: readonly EncodedPart[];
  /** The closing boundary line; empty without attachments. */
  readonly tail: Buffer;
  /** A header has UTF-8 in an address: the mail needs a server with SMTPUTF8 (RFC 6531). */
  readonly needsSmtpUtf8: boolean;
};

/** What must be kept to rebuild the exact bytes of a mail. */
export type MailBytes = {
  readonly head: Buffer;
  readonly parts: readonly { readonly bytes: Buffer }[];
  readonly tail: Buffer;
};

const crlf = Buffer.from('\r\n');

/**
 * The mail as buffers in order, without copying; also rebuilds an archived mail from its head, parts and tail. The
 * boundary lines between attachments are made from the tail, so plain joining is wrong from two attachments on.
 * No line begins with a dot: nothing needs dot-stuffing (RFC 5321 §4.5.2).
 */
export function mailChunks(mail: MailBytes): Buffer[] {
  const chunks: Buffer[] = [mail.head];
  // `--boundary--\r\n` without its last four octets is the line between two parts.
  const between = mail.parts.length > 1 ? Buffer.concat([mail.tail.subarray(0, -4), crlf]) : crlf;
  for (const [index, part] of mail.parts.entries()) {
    if (index > 0) chunks.push(between);
    chunks.push(part.bytes);
  }
  if (mail.tail.length > 0) chunks.push(mail.tail);
  return chunks;
}

/** The whole mail in one buffer. */
export function mailBytes(mail: MailBytes): Buffer {
  return Buffer.concat(mailChunks(mail));
}

/** Length of the whole mail in octets, as a server counts it for SIZE (RFC 1870). */
export function mailSize(mail: MailBytes): number {
  return mailChunks(mail).reduce((size, chunk) => size + chunk.length, 0);
}

/** SHA-256 of the whole mail. */
export function mailSha256(mail: MailBytes): Buffer {
  const hash = createHash('sha256');
  for (const chunk of mailChunks(mail)) hash.update(chunk);
  return hash.digest();
}
