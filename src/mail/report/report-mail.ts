import { convert } from 'html-to-text';
import { type Header, type ReadAttachment, type ReadMail, readMail, splitHeaders } from '#mail/mime';
import { findReturned } from './find-returned.ts';

export type ReportLimits = {
  /** Looked at from the start; reports come first, the returned mail last, so a large one is read all the same. */
  readonly maxBytes: number;
  readonly maxLines: number;
  readonly maxLineLength: number;
};

const defaultReportLimits: ReportLimits = {
  maxBytes: 1024 * 1024, // the longest reports of Exchange have some 100 KiB before the returned mail
  maxLines: 3000,
  maxLineLength: 2000,
};

/** A mail as the dialects see it: every text bounded, lines without their ends. */
export type ReportMail = {
  readonly fromName: string;
  readonly fromAddress: string;
  readonly toAddresses: readonly string[];
  readonly subject: string;
  readonly messageId: string | undefined;
  readonly inReplyTo: string | undefined;
  readonly references: readonly string[];
  /** First header of that name, undecoded; '' when there is none. */
  readonly header: (name: string) => string;
  readonly headers: (name: string) => readonly string[];
  /** What the report says in words, without the returned mail. */
  readonly lines: readonly string[];
  /** All words of the mail, with what it quotes. */
  readonly text: string;
  readonly statusTexts: readonly string[];
  readonly feedbackTexts: readonly string[];
  readonly dispositionTexts: readonly string[];
  readonly returnedHeaders: readonly Header[];
  readonly attached: readonly string[];
};

/** Reads a mail into what the dialects need. Never throws on bytes: what the parser refuses is read as plain text. */
export async function readReportMail(
  bytes: Uint8Array,
  limits: Partial<ReportLimits> = {},
): Promise<ReportMail> {
  const bounds = { ...defaultReportLimits, ...limits };
  const looked = dropMailboxLine(bytes.subarray(0, bounds.maxBytes));
  const { headers, bodyStart } = splitHeaders(looked);
  const body = decode(looked.subarray(bodyStart));
  const read = await readMail(looked, { maxBytes: bounds.maxBytes });
  const mail = read.ok ? read.mail : undefined;
  const text = mail ? (textOf(mail) ?? (mail.attachments.some(isReadable) ? '' : body)) : body;
  const parts = mail?.attachments ?? [];
  const lines = boundedLines(text, bounds);
  const { notice, returned } = findReturned(lines);
  const attachedHeaders = parts.filter(isReturned).map((part) => splitHeaders(part.bytes).headers);
  return {
    ...identity(mail, headers),
    lines: notice,
    text: lines.join('\n'),
    statusTexts: parts.filter(isStatus).map((part) => decode(part.bytes)),
    feedbackTexts: parts.filter(isType('message/feedback-report')).map((part) => decode(part.bytes)),
    dispositionTexts: parts.filter(isDisposition).map((part) => decode(part.bytes)),
    returnedHeaders: attachedHeaders.find((found) => found.length > 0) ?? returned,
    attached: parts.map(({ mediaType }) => mediaType),
  };
}

function identity(mail: ReadMail | undefined, headers: readonly Header[]) {
  const values = (name: string): readonly string[] =>
    headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
  const first = (name: string): string => values(name)[0] ?? '';
  return {
    fromName: (mail?.from?.name ?? first('from')).slice(0, 500),
    fromAddress: (mail?.from?.address ?? first('from')).slice(0, 500).toLowerCase(),
    toAddresses: (mail ? [...mail.to, ...mail.cc] : []).map(({ address }) => address.toLowerCase()),
    subject: (mail?.subject ?? first('subject')).slice(0, 1000),
    messageId: mail?.messageId,
    inReplyTo: mail?.inReplyTo,
    references: mail?.references ?? [],
    header: first,
    headers: values,
  };
}

/** The `From MAILER-DAEMON Thu …` line of mbox files (RFC 4155) is no header. */
function dropMailboxLine(bytes: Uint8Array): Uint8Array {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== 'From ') return bytes;
  const end = bytes.indexOf(0x0a);
  return end < 0 ? bytes : bytes.subarray(end + 1);
}

// The longest notices of Exchange Online have some 30,000 characters; turning HTML into text is the slowest part.
const maxHtmlLength = 128 * 1024;

function textOf(mail: ReadMail): string | undefined {
  if (mail.text !== undefined && mail.text.trim() !== '') return mail.text;
  if (mail.html === undefined) return undefined;
  return convert(mail.html.slice(0, maxHtmlLength), {
    wordwrap: false,
    limits: { maxDepth: 50, maxChildNodes: 2000 },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
    ],
  });
}

function boundedLines(text: string, { maxLines, maxLineLength }: ReportLimits): readonly string[] {
  return text
    .slice(0, maxLines * 200)
    .split(/\r\n|\n|\r/, maxLines)
    .map((line) => line.slice(0, maxLineLength));
}

/** Texts of machine-readable parts; the fields needed stand at the beginning of them. */
const decode = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 256 * 1024)).toString('utf8');

const isType =
  (...types: readonly string[]) =>
  ({ mediaType }: ReadAttachment): boolean =>
    types.includes(mediaType);
// RFC 3464 §2.1, RFC 6533 §3.
const isStatus = isType('message/delivery-status', 'message/global-delivery-status');
// RFC 8098 §3.1, RFC 6533 §5.
const isDisposition = isType('message/disposition-notification', 'message/global-disposition-notification');
const isReadable = (part: ReadAttachment): boolean =>
  part.bytes.length > 0 &&
  (isStatus(part) || isDisposition(part) || isReturned(part) || part.mediaType === 'message/feedback-report');
// RFC 3462 §2, RFC 6533 §4; text/rfc822 is what Zoho writes.
const isReturned = isType(
  'message/rfc822',
  'text/rfc822-headers',
  'message/global',
  'message/global-headers',
  'message/rfc822-headers',
  'text/rfc822',
);
