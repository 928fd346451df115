import * as asn1js from 'asn1js';
import { ContentInfo, SignedData } from 'pkijs';

/** CMS SignedData, the object identifier 1.2.840.113549.1.7.2 in DER: it stands near the start of every .p7m. */
const signedDataId = Buffer.from('06092a864886f70d010702', 'hex');

/** Tells whether the bytes are a CMS signature file, plain, in base64 or in PEM. */
export function looksLikeP7m(bytes: Uint8Array): boolean {
  return toBinary(bytes)?.subarray(0, 64).includes(signedDataId) ?? false;
}

/**
 * Takes the signed content out of a .p7m (CAdES, RFC 5652 §5.2), also when it is signed several times over or wrapped in
 * base64; null when there is none. The signature itself is not judged: the exchange system did that.
 */
export function unwrapP7m(bytes: Uint8Array): Buffer | null {
  let content: Buffer | null = Buffer.from(bytes);
  // Countersigned files are envelopes in envelopes; nobody signs five times.
  for (let depth = 0; depth < 5 && content && looksLikeP7m(content); depth += 1)
    content = unwrapOnce(content);
  return content && !looksLikeP7m(content) ? content : null;
}

function unwrapOnce(bytes: Uint8Array): Buffer | null {
  const der = toBinary(bytes);
  if (!der) return null;
  try {
    const parsed = asn1js.fromBER(new Uint8Array(der));
    if (parsed.offset === -1) return null;
    const signed = new SignedData({ schema: new ContentInfo({ schema: parsed.result }).content });
    const content = signed.encapContentInfo.eContent;
    return content ? Buffer.from(content.getValue()) : null;
  } catch {
    return null;
  }
}

function toBinary(bytes: Uint8Array): Buffer | null {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (raw[0] === 0x30) return raw;
  const head = raw.subarray(0, 2000).toString('latin1');
  if (!/^(?:\s*-----BEGIN [A-Z0-9 ]+-----)?[A-Za-z0-9+/=\s]+(?:-----|$)/.test(head)) return null;
  const text = raw.toString('latin1').replace(/-----[A-Z0-9 ]+-----/g, '');
  const decoded = Buffer.from(text, 'base64');
  return decoded[0] === 0x30 ? decoded : null;
}
