import { createPrivateKey, type KeyObject } from 'node:crypto';
import forge from 'node-forge';

export type OpenedPkcs12 =
  | { readonly ok: true; readonly privateKey: KeyObject; readonly certificates: readonly Uint8Array[] }
  | { readonly ok: false; readonly reason: 'no_pkcs12' | 'wrong_password' | 'no_key' | 'several_keys' };

/** Bought seals have a key and a handful of certificates. */
const mostBytes = 256 * 1024;

/**
 * Opens a PKCS#12 file (RFC 7292), as certificate authorities hand out seals: its private key and all certificates in it, as DER, in no
 * order. Refuses what is none, what the password does not open, and a file without exactly one key.
 */
export function openPkcs12(bytes: Uint8Array, password: string): OpenedPkcs12 {
  const outer = bytes.length <= mostBytes ? readOuter(bytes) : null;
  if (!outer) return { ok: false, reason: 'no_pkcs12' };
  try {
    const opened = forge.pkcs12.pkcs12FromAsn1(outer, false, password);
    const bagsOf = (type: string) => opened.getBags({ bagType: type })[type] ?? [];
    const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids as Record<string, string>;
    const keys = [...bagsOf(pkcs8ShroudedKeyBag ?? ''), ...bagsOf(keyBag ?? '')];
    if (keys.length !== 1 || !keys[0])
      return { ok: false, reason: keys.length === 0 ? 'no_key' : 'several_keys' };
    const privateKey = createPrivateKey({ key: keyBytes(keys[0]), format: 'der', type: 'pkcs8' });
    const certificates = bagsOf(certBag ?? '').map((bag) =>
      // What forge cannot take apart (elliptic curves) it gives as it lies there.
      derOf(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1),
    );
    return { ok: true, privateKey, certificates };
  } catch {
    return { ok: false, reason: 'wrong_password' };
  }
}

function readOuter(bytes: Uint8Array): forge.asn1.Asn1 | null {
  try {
    return forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('latin1')));
  } catch {
    return null;
  }
}

function keyBytes(bag: forge.pkcs12.Bag): Buffer {
  const asn1 = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1;
  return Buffer.from(derOf(asn1));
}

function derOf(asn1: forge.asn1.Asn1): Uint8Array {
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}
