import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import {
  bits,
  boolean,
  context,
  element,
  integer,
  octets,
  oid,
  sequence,
  setOf,
  tag,
  time,
  utf8,
} from '#base/der';
import { oids } from './oids.ts';

/** A private key with its certificate (DER). */
export interface Identity {
  readonly privateKey: KeyObject;
  readonly certificate: Uint8Array;
}

export interface CertificateWish {
  readonly commonName: string;
  readonly organization: string;
  readonly from: Date;
  readonly until: Date;
}

/** Makes an ECDSA P-256 key and a certificate that vouches for itself and may issue others, none of them an issuer. */
export function makeRoot(wish: CertificateWish): Identity {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = nameOf(wish);
  const extensions = [
    // RFC 5280 §4.2.1.9: an issuer, of end certificates only
    extension(oids.basicConstraints, sequence(boolean(true), integer(0)), true),
    // §4.2.1.3: keyCertSign and cRLSign are bits 5 and 6
    extension(oids.keyUsage, bits(Uint8Array.of(0b0000_0110), 1), true),
    extension(oids.subjectKeyIdentifier, octets(keyId(privateKey))),
  ];
  return { privateKey, certificate: issue(wish, name, name, privateKey, privateKey, extensions) };
}

/**
 * Makes an ECDSA P-256 key and a certificate for seals, issued by the root. `emailProtection` stands beside `documentSigning` because
 * NSS, and so pdfsig, trusts no signer of documents without it.
 */
export function makeSeal(root: Identity, rootName: CertificateWish, wish: CertificateWish): Identity {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extensions = [
    extension(oids.basicConstraints, sequence(), true),
    // digitalSignature and nonRepudiation are bits 0 and 1
    extension(oids.keyUsage, bits(Uint8Array.of(0b1100_0000), 6), true),
    extension(oids.extendedKeyUsage, sequence(oid(oids.emailProtection), oid(oids.documentSigning))),
    extension(oids.subjectKeyIdentifier, octets(keyId(privateKey))),
    extension(oids.authorityKeyIdentifier, sequence(context(0, true, keyId(root.privateKey)))),
  ];
  const certificate = issue(wish, nameOf(rootName), nameOf(wish), privateKey, root.privateKey, extensions);
  return { privateKey, certificate };
}

/** RFC 5280 §4.1 */
function issue(
  wish: CertificateWish,
  issuer: Uint8Array,
  subject: Uint8Array,
  ownKey: KeyObject,
  issuerKey: KeyObject,
  extensions: readonly Uint8Array[],
): Uint8Array {
  const algorithm = sequence(oid(oids.ecdsaWithSha256));
  const body = sequence(
    context(0, false, integer(2)),
    serialNumber(),
    algorithm,
    issuer,
    sequence(time(wish.from), time(wish.until)),
    subject,
    createPublicKey(ownKey).export({ type: 'spki', format: 'der' }),
    context(3, false, sequence(...extensions)),
  );
  return sequence(body, algorithm, bits(sign('sha256', body, issuerKey)));
}

function nameOf({ commonName, organization }: CertificateWish): Uint8Array {
  const part = (kind: string, text: string) => setOf(sequence(oid(kind), utf8(text)));
  return sequence(part(oids.organization, organization), part(oids.commonName, commonName));
}

function extension(id: string, value: Uint8Array, isCritical = false): Uint8Array {
  return sequence(oid(id), ...(isCritical ? [boolean(true)] : []), octets(value));
}

/** RFC 5280 §4.1.2.2: positive, at most 20 octets, not to be guessed. */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return element(tag.integer, bytes);
}

/** RFC 7093 §2, method 1: the first 160 bits of SHA-256 over the public key. */
function keyId(key: KeyObject): Uint8Array {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki.subarray(-65)).digest().subarray(0, 20);
}
