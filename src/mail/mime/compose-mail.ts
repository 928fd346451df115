import { createHash } from 'node:crypto';
import type { EncodedPart } from './encoded-part.ts';
import type { Mail } from './mail.ts';
import { headersNeedSmtpUtf8, type MailHeaders, writeHeaders } from './mail-headers.ts';
import { encodeText, type TextPart } from './text-part.ts';

export type MailContent = {
  readonly headers: MailHeaders;
  readonly text?: string | null;
  readonly html?: string | null;
  /** Pictures that the HTML shows; they are copied into the head. Only used with HTML. */
  readonly inline?: readonly EncodedPart[];
  readonly attachments: readonly EncodedPart[];
};

/** A part under construction: headers without the empty line, and body buffers in order. */
type Node = { readonly headers: string; readonly body: readonly Buffer[] };

/**
 * Composes a mail without touching the bytes of its attachments. The same content gives the same bytes: boundaries
 * come from the Message-ID. All lines end in CRLF and have at most 78 characters where that can be had, 998 always;
 * everything is 7-bit ASCII unless `needsSmtpUtf8`. Throws as `writeHeaders` does.
 */
export function composeMail({ headers, text, html, inline = [], attachments }: MailContent): Mail {
  const id = createHash('sha256').update(headers.messageId).digest('hex').slice(0, 24);
  const content = textNode(id, text ?? undefined, html ?? undefined, inline);
  const hasFiles = attachments.length > 0;
  // `=_` occurs neither in quoted-printable nor in base64 (RFC 2045 §6.7), and 7bit texts with it are not left so.
  const boundary = `=_m${id}`;
  const top = hasFiles ? mixedNode(boundary, content) : content;
  const needsSmtpUtf8 = headersNeedSmtpUtf8(headers);
  const head = Buffer.from(`${writeHeaders(headers)}${top.headers}\r\n`, needsSmtpUtf8 ? 'utf8' : 'latin1');
  return {
    head: Buffer.concat([head, ...top.body]),
    parts: attachments,
    tail: Buffer.from(hasFiles ? `--${boundary}--\r\n` : '', 'latin1'),
    needsSmtpUtf8,
  };
}

function textNode(
  id: string,
  text: string | undefined,
  html: string | undefined,
  inline: readonly EncodedPart[],
): Node {
  if (html === undefined) return leaf(encodeText('plain', text ?? ''));
  const shown = htmlNode(id, html, inline);
  return text === undefined
    ? shown
    : multipart('alternative', `=_a${id}`, [leaf(encodeText('plain', text)), shown]);
}

function htmlNode(id: string, html: string, inline: readonly EncodedPart[]): Node {
  const page = leaf(encodeText('html', html));
  if (inline.length === 0) return page;
  const boundary = `=_r${id}`;
  const related = multipart('related', boundary, [page]);
  const pictures = inline.flatMap((part) => [line(`--${boundary}\r\n`), part.bytes]);
  return {
    headers: related.headers,
    body: [...related.body.slice(0, -1), ...pictures, line(`--${boundary}--\r\n`)],
  };
}

/** The outer part up to the first attachment, whose headers follow at once. */
function mixedNode(boundary: string, content: Node): Node {
  const mixed = multipart('mixed', boundary, [content]);
  return { headers: mixed.headers, body: [...mixed.body.slice(0, -1), line(`--${boundary}\r\n`)] };
}

function multipart(subtype: string, boundary: string, nodes: readonly Node[]): Node {
  const body = nodes.flatMap((node) => [line(`--${boundary}\r\n${node.headers}\r\n`), ...node.body]);
  const type = subtype === 'related' ? 'related; type="text/html"' : subtype;
  return {
    headers: `Content-Type: multipart/${type};\r\n boundary="${boundary}"\r\n`,
    body: [...body, line(`--${boundary}--\r\n`)],
  };
}

/** Closes a text with a line end, which a boundary line needs before it (RFC 2046 §5.1.1) and a mail at its end. */
function leaf({ headers, body }: TextPart): Node {
  return { headers, body: [body, line('\r\n')] };
}

function line(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
