// RFC 2045 §6.8: at most 76 characters a line; 57 octets fill one.
const lineLength = 76;

/** Encodes bytes as base64 in lines of 76 characters, each ended by CRLF; no bytes give no line. `before` (ASCII) stands in front of them. */
export function base64Lines(bytes: Uint8Array, before = ''): Buffer {
  const encoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const lines = Math.ceil(encoded.length / lineLength);
  const out = Buffer.allocUnsafe(before.length + encoded.length + lines * 2);
  let at = out.write(before, 'latin1');
  for (let from = 0; from < encoded.length; from += lineLength) {
    at += out.write(encoded.slice(from, from + lineLength), at, 'latin1');
    out[at++] = 0x0d;
    out[at++] = 0x0a;
  }
  return out;
}
