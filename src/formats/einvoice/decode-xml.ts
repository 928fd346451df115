/** Encodings that invoices come in; a label that is none of the web's names is a broken file (XML 1.0 §4.3.3). */
const declared = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'<>]{1,40})["']/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 §2.2 leaves out.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/**
 * Turns the bytes of an XML file into text, by its byte order mark, its first bytes or its declaration (XML 1.0, appendix F);
 * null when the encoding is unknown or the bytes do not fit it.
 */
export function decodeXml(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 200));
  const encoding = encodingByFirstBytes(head) ?? declared.exec(head.toString('latin1'))?.[1] ?? 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return forbidden.test(text) ? null : text;
  } catch {
    return null;
  }
}

function encodingByFirstBytes(head: Buffer): string | null {
  const start = head.subarray(0, 4).toString('hex');
  if (start.startsWith('efbbbf')) return 'utf-8';
  if (start.startsWith('fffe') || start === '3c003f00') return 'utf-16le';
  if (start.startsWith('feff') || start === '003c003f') return 'utf-16be';
  return null;
}
