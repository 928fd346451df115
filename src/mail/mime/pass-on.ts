import type { Mail } from './mail.ts';
import { type MailHeaders, writeHeaders } from './mail-headers.ts';
import { splitHeaders } from './split-headers.ts';

/** Headers that say what the body is; each stays as it stands. */
const kept = ['content-type', 'content-transfer-encoding', 'content-language'];
const cr = 0x0d;
const lf = 0x0a;

/**
 * A mail of somebody else under headers of our own: the body and the headers that describe it stay byte for byte, but for line ends,
 * which become CRLF, and NUL, which RFC 5322 §2.3 has no place for. Of the old headers nothing else is left, so that no signature
 * claims what is no longer true. `needs8bit` tells whether a server without 8BITMIME (RFC 6152) could not take it.
 */
export function passOnMail(bytes: Uint8Array, headers: MailHeaders): { mail: Mail; needs8bit: boolean } {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { bodyStart } = splitHeaders(source);
  const described = descriptionOf(source.subarray(0, bodyStart).toString('latin1'));
  const body = withCrlf(source.subarray(bodyStart));
  const head = Buffer.concat([
    Buffer.from(writeHeaders(headers)),
    Buffer.from(`${described}\r\n`, 'latin1'),
    body,
  ]);
  return {
    mail: { head, parts: [], tail: Buffer.alloc(0), needsSmtpUtf8: false },
    needs8bit: head.some((byte) => byte > 127),
  };
}

/** The first of each, with its folding: lines of a header begin with a blank, so none of them can start another one. */
function descriptionOf(block: string): string {
  const fields = block.replace(/\r?\n(?![ \t])/g, '\u0001').split('\u0001');
  return kept
    .flatMap((name) => fields.find((field) => field.toLowerCase().startsWith(`${name}:`)) ?? [])
    .map(
      (field) =>
        `${field
          .replace(/[^\t\n\x20-\x7e]/g, '')
          .replace(/\n/g, '\r\n')
          .trimEnd()}\r\n`,
    )
    .join('');
}

function withCrlf(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length * 2 + 2);
  let length = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte === 0) continue;
    const endsLine = byte === lf || byte === cr;
    if (byte === cr && body[at + 1] === lf) at += 1;
    if (endsLine) out[length++] = cr;
    out[length++] = endsLine ? lf : byte;
  }
  if (length < 2 || out[length - 1] !== lf) {
    out[length++] = cr;
    out[length++] = lf;
  }
  return out.subarray(0, length);
}
