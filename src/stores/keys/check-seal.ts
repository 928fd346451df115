import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type Certificate, chainTo, readCertificate } from '#formats/proof';

export type SealRefusal =
  | 'no_certificate'
  | 'weak_key'
  | 'expired'
  | 'not_yet_valid'
  | 'wrong_usage'
  | 'chain_missing'
  | 'chain_expired';

export type CheckedSeal =
  | {
      readonly ok: true;
      readonly certificate: Uint8Array;
      /** Between the certificate and the root. */
      readonly chain: readonly Uint8Array[];
      readonly root: Uint8Array;
      /** NSS, and so `pdfsig`, trusts no signer without `emailProtection`. */
      readonly isTrustedByNss: boolean;
    }
  | { readonly ok: false; readonly reason: SealRefusal };

/** RFC 5280 §4.2.1.3: digitalSignature and nonRepudiation are bits 0 and 1. */
const signingBits = 0b1100_0000;
const emailProtection = '1.3.6.1.5.5.7.3.4';
/** What certificates for documents say of their use: RFC 9336, RFC 5280 §4.2.1.12 (any), and the older ones of Microsoft and Adobe. */
const forDocuments: ReadonlySet<string> = new Set([
  emailProtection,
  '1.3.6.1.5.5.7.3.36',
  '2.5.29.37.0',
  '1.3.6.1.4.1.311.10.3.12',
  '1.2.840.113583.1.1.5',
]);

/** Finds the certificate of a key among others, and its way to a root that vouches for itself; refuses one that cannot seal documents now. */
export async function checkSeal(
  privateKey: KeyObject,
  certificates: readonly Uint8Array[],
  now: Date,
): Promise<CheckedSeal> {
  if (!isStrong(privateKey)) return { ok: false, reason: 'weak_key' };
  const own = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const all = certificates.flatMap(readOrNone);
  const certificate = all.find((one) => own.equals(one.publicKey));
  if (!certificate) return { ok: false, reason: 'no_certificate' };
  if (certificate.until < now) return { ok: false, reason: 'expired' };
  if (certificate.from > now) return { ok: false, reason: 'not_yet_valid' };
  const { usages, keyUsage, mayIssue } = certificate;
  const isForDocuments = usages.length === 0 || usages.some((usage) => forDocuments.has(usage));
  if (mayIssue || !isForDocuments || (keyUsage !== null && (keyUsage & signingBits) === 0))
    return { ok: false, reason: 'wrong_usage' };
  const others = all.filter((one) => one !== certificate);
  const roots = others.filter(vouchesForItself);
  const way = await chainTo(certificate, others, roots, now);
  const root = way?.at(-1);
  if (!way || !root) {
    const wasOnce = await chainTo(certificate, others, roots, certificate.from);
    return { ok: false, reason: wasOnce ? 'chain_expired' : 'chain_missing' };
  }
  const isTrustedByNss = usages.length === 0 || usages.includes(emailProtection);
  const chain = way.slice(1, -1).map((one) => one.raw);
  return { ok: true, certificate: certificate.raw, chain, root: root.raw, isTrustedByNss };
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  // The curves that our check, and so the one in evidence files, knows.
  return (
    asymmetricKeyType === 'ec' &&
    ['prime256v1', 'secp384r1', 'secp521r1'].includes(asymmetricKeyDetails?.namedCurve ?? '')
  );
}

function readOrNone(der: Uint8Array): Certificate[] {
  try {
    return [readCertificate(Uint8Array.from(der))];
  } catch {
    return [];
  }
}

function vouchesForItself({ raw }: Certificate): boolean {
  try {
    const certificate = new X509Certificate(raw);
    return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
  } catch {
    return false;
  }
}
