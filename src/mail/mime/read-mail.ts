import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import type { Mailbox } from '#mail/address';
import { cleanFileName, readMediaType } from './encoded-part.ts';
import { oneLine } from './header-text.ts';
import { type Header, splitHeaders } from './split-headers.ts';

export type ReadLimits = {
  readonly maxBytes: number;
  /** All parts together. */
  readonly maxHeaderBytes: number;
  readonly maxParts: number;
  readonly maxDepth: number;
};
export type ReadRefusal = 'too_large' | 'too_many_parts' | 'unreadable';

export type ReadAttachment = {
  /** Cleaned as for sending: no path, no controls, never empty. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Without its angle brackets. */
  readonly contentId: string | undefined;
};

/** A mail from outside. Strings are decoded and free of NUL, one-line ones of every control; nothing else is trusted. */
export type ReadMail = {
  readonly headers: readonly Header[];
  readonly from: Mailbox | undefined;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly subject: string;
  /** Ids come without their angle brackets. */
  readonly messageId: string | undefined;
  readonly inReplyTo: string | undefined;
  readonly references: readonly string[];
  readonly text: string | undefined;
  /** As the sender wrote it: must be sanitised before it is shown. */
  readonly html: string | undefined;
  readonly attachments: readonly ReadAttachment[];
};

export const defaultReadLimits: ReadLimits = {
  maxBytes: 25 * 1024 * 1024, // what Gmail sends at most; takes the parser seconds
  maxHeaderBytes: 256 * 1024,
  maxParts: 200,
  maxDepth: 20,
};

/** Every part begins with such a line, so their number bounds the tree; texts have them too, hence the factor. */
const boundaryLinesPerPart = 20;
/**
 * The parser's time goes with the lines, some 5 to 15 µs each, not with the bytes. Encoded files have 78 octets a line;
 * beside them there is room for a long text of short lines.
 */
const spareLines = 50_000;
const octetsPerLine = 60;

/**
 * Reads a mail within limits. Nested messages are attachments. Refuses what is larger than the limits and what the
 * parser cannot read; never throws on bytes.
 */
export async function readMail(
  bytes: Uint8Array,
  limits: Partial<ReadLimits> = {},
): Promise<{ ok: true; mail: ReadMail } | { ok: false; reason: ReadRefusal }> {
  const { maxBytes, maxHeaderBytes, maxParts, maxDepth } = { ...defaultReadLimits, ...limits };
  if (bytes.byteLength > maxBytes) return { ok: false, reason: 'too_large' };
  const lines = countLines(bytes);
  if (lines.all > spareLines + bytes.byteLength / octetsPerLine) return { ok: false, reason: 'too_large' };
  if (lines.dashed > maxParts * boundaryLinesPerPart) return { ok: false, reason: 'too_many_parts' };
  let email: Email;
  try {
    email = await PostalMime.parse(bytes, {
      maxNestingDepth: maxDepth,
      maxHeadersSize: maxHeaderBytes,
      maxRfc822NestingDepth: 0,
      forceRfc822Attachments: true,
    });
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
  if (email.attachments.length > maxParts) return { ok: false, reason: 'too_many_parts' };
  return { ok: true, mail: readEmail(email, splitHeaders(bytes, maxHeaderBytes).headers) };
}

function countLines(bytes: Uint8Array): { all: number; dashed: number } {
  let all = 1;
  let dashed = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    all++;
    if (bytes[at + 1] === 0x2d && bytes[at + 2] === 0x2d) dashed++;
  }
  return { all, dashed };
}

function readEmail(email: Email, headers: readonly Header[]): ReadMail {
  return {
    headers,
    from: mailboxes(email.from ? [email.from] : [])[0],
    to: mailboxes(email.to),
    cc: mailboxes(email.cc),
    subject: oneLine(email.subject ?? ''),
    messageId: ids(email.messageId)[0],
    inReplyTo: ids(email.inReplyTo)[0],
    references: ids(email.references),
    text: email.text?.replaceAll('\0', '\ufffd'),
    html: email.html?.replaceAll('\0', '\ufffd'),
    attachments: email.attachments.map(readAttachment),
  };
}

/** Groups count as their members. */
function mailboxes(addresses: readonly Address[] = []): readonly Mailbox[] {
  return addresses
    .flatMap((one) => (one.group === undefined ? [one] : one.group))
    .map(({ name, address }) => ({ name: oneLine(name), address: oneLine(address) }))
    .filter(({ name, address }) => name !== '' || address !== '');
}

/** Ids in angle brackets; a lone id without them, as some old servers write it, counts too. */
function ids(value: string | undefined): readonly string[] {
  const text = oneLine(value ?? '');
  const found = [...text.matchAll(/<([^<>\s]+)>/g)].flatMap(([, id]) => id ?? []);
  return found.length > 0 || !/^[^<>\s]+$/.test(text) ? found : [text];
}

function readAttachment({ filename, mimeType, content, contentId }: Attachment): ReadAttachment {
  const bytes =
    typeof content === 'string'
      ? Buffer.from(content)
      : content instanceof Uint8Array
        ? Buffer.from(content.buffer, content.byteOffset, content.byteLength)
        : Buffer.from(content);
  return {
    name: cleanFileName(filename ?? ''),
    mediaType: readMediaType(mimeType),
    bytes,
    contentId: ids(contentId)[0],
  };
}
