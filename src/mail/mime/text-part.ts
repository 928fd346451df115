import { base64Lines } from './base64-lines.ts';
import { quotedPrintable } from './quoted-printable.ts';

/** A text as a MIME part: its headers (with CRLF, without the empty line) and its encoded body. */
export type TextPart = { readonly headers: string; readonly body: Buffer };

/** Beyond one octet in five outside ASCII (Cyrillic, Greek, Arabic, Asian scripts) base64 is the shorter one. */
const maxEncodedShare = 5;

/** Encodes a text or HTML body in UTF-8. Line ends of any kind become CRLF; ASCII that needs no encoding stays as it is. */
export function encodeText(subtype: 'plain' | 'html', text: string): TextPart {
  const crlf = text.replace(/\r\n|\r|\n/g, '\r\n');
  if (isSevenBit(crlf)) return part(subtype, '7bit', Buffer.from(crlf, 'latin1'));
  const bytes = Buffer.from(crlf);
  // Every character outside ASCII has more octets than UTF-16 units: a cheap measure for their number.
  const isForeign = (bytes.length - crlf.length) * maxEncodedShare > bytes.length;
  return isForeign
    ? part(subtype, 'base64', base64Lines(bytes))
    : part(subtype, 'quoted-printable', quotedPrintable(bytes));
}

function part(subtype: string, encoding: string, body: Buffer): TextPart {
  return {
    headers: `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n`,
    body,
  };
}

/** ASCII in lines of at most 76, no dot or "From " first, no blank last, and nothing that a boundary begins with. */
function isSevenBit(text: string): boolean {
  return /^[\r\n -~]*$/.test(text) && !/[^\n]{78}|^(?:\.|From )| (?:\r|$)|=_/m.test(text);
}
