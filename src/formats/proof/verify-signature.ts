import { childAt, childrenOf, type DerNode, readOid, readWhole, tag } from '#base/der';
import { type HashName, owned } from './bytes.ts';

const hashes: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'SHA-1', // named by ESSCertID only; never accepted for a signature
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
};

const curves: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bytes: 32 },
  '1.3.132.0.34': { name: 'P-384', bytes: 48 },
  '1.3.132.0.35': { name: 'P-521', bytes: 66 },
};

const [ecKey, rsaKey, plainRsa] = ['1.2.840.10045.2.1', '1.2.840.113549.1.1.1', '1.2.840.113549.1.1.1'];

/** The hash that an AlgorithmIdentifier names; null for one that we do not take. */
export function hashNamed(algorithm: DerNode): HashName | null {
  // RFC 5754 §2: parameters are absent or NULL
  const [, parameters, ...more] = algorithm.tag === tag.sequence ? childrenOf(algorithm) : [null, null, null];
  if (more.length > 0 || (parameters && (parameters.tag !== tag.nothing || parameters.content.length > 0)))
    return null;
  return hashes[readOid(childAt(algorithm, 0))] ?? null;
}

/**
 * Tells whether a signature (ECDSA on the NIST curves or RSA PKCS #1 v1.5, with SHA-2) of these bytes was made by the key. `digest` names
 * the hash where the algorithm leaves it open, as plain RSA does in CMS (RFC 3370 §3.2). Other algorithms are false.
 */
export async function verifySignature(
  algorithm: DerNode,
  publicKey: Uint8Array,
  signed: Uint8Array,
  signature: Uint8Array,
  digest?: HashName | null,
): Promise<boolean> {
  const id = readOid(childAt(algorithm, 0));
  const hash = id === plainRsa || id === ecKey ? (digest ?? null) : hashNamed(algorithm);
  if (!hash || hash === 'SHA-1') return false;
  const [kind, parameter] = childrenOf(childAt(readWhole(publicKey), 0));
  const keyKind = kind ? readOid(kind) : '';
  if (keyKind === rsaKey) {
    const key = await importKey(publicKey, { name: 'RSASSA-PKCS1-v1_5', hash });
    return key !== null && crypto.subtle.verify(key.algorithm.name, key, owned(signature), owned(signed));
  }
  const curve = keyKind === ecKey && parameter ? curves[readOid(parameter)] : undefined;
  const raw = curve ? rawSignature(signature, curve.bytes) : null;
  const key = curve ? await importKey(publicKey, { name: 'ECDSA', namedCurve: curve.name }) : null;
  return (
    key !== null && raw !== null && crypto.subtle.verify({ name: 'ECDSA', hash }, key, raw, owned(signed))
  );
}

async function importKey(
  spki: Uint8Array,
  algorithm: RsaHashedImportParams | EcKeyImportParams,
): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('spki', owned(spki), algorithm, false, ['verify']);
  } catch {
    return null;
  }
}

/** WebCrypto wants r and s side by side (IEEE P1363) where X.509 has a SEQUENCE of two INTEGERs (RFC 3279 §2.2.3). */
function rawSignature(signature: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> | null {
  const raw = new Uint8Array(2 * bytes);
  const numbers = childrenOf(readWhole(signature, tag.sequence));
  if (numbers.length !== 2 || numbers.some((node) => node.tag !== tag.integer)) return null;
  for (const [index, { content }] of numbers.entries()) {
    const value = content[0] === 0 ? content.subarray(1) : content;
    if (value.length > bytes) return null;
    raw.set(value, (index + 1) * bytes - value.length);
  }
  return raw;
}
