import { createHash, type KeyObject, sign } from 'node:crypto';
import {
  childAt,
  childrenOf,
  context,
  integer,
  nothing,
  octets,
  oid,
  readWhole,
  sequence,
  setOf,
  tag,
  time,
} from '#base/der';
import { oids } from './oids.ts';

/** What signs: a key, its certificate, and the certificates between it and a root that is known elsewhere. */
export interface Signer {
  readonly privateKey: KeyObject;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
}

export interface SignOptions {
  /** The time that the signer claims; PAdES wants it in the PDF and not here (EN 319 142-1 §6.3). */
  readonly at?: Date;
  /** Gets the SHA-256 of the signature and returns an RFC 3161 token for it, or null when there is none to be had. */
  readonly timeStamp?: (digest: Uint8Array) => Promise<Uint8Array | null>;
}

/**
 * Signs bytes that lie elsewhere (CMS SignedData, RFC 5652) in the form of CAdES and PAdES baseline B (EN 319 122-1): with the
 * signer's certificate under the signature, and with a time stamp of it (B-T) where one is given. Returns DER. `digest` is the
 * SHA-256 of those bytes.
 */
export async function signCms(
  signer: Signer,
  digest: Uint8Array,
  options: SignOptions = {},
): Promise<Uint8Array> {
  const attributes = setOf(
    attribute(oids.contentType, oid(oids.data)),
    attribute(oids.messageDigest, octets(digest)),
    attribute(oids.signingCertificateV2, signingCertificate(signer.certificate)),
    ...(options.at ? [attribute(oids.signingTime, time(options.at))] : []),
  );
  // RFC 5652 §5.4: what is signed is the SET, not the [0] that stands in its place
  const signature = sign('sha256', attributes, signer.privateKey);
  const token = await options.timeStamp?.(createHash('sha256').update(signature).digest());
  const signerInfo = sequence(
    integer(1),
    issuerAndSerial(signer.certificate),
    sequence(oid(oids.sha256)),
    asContext(0, attributes),
    signatureAlgorithm(signer.privateKey),
    octets(signature),
    ...(token ? [context(1, false, attribute(oids.timeStampToken, token))] : []),
  );
  const signedData = sequence(
    integer(1),
    setOf(sequence(oid(oids.sha256))),
    sequence(oid(oids.data)),
    asContext(0, setOf(signer.certificate, ...signer.chain)),
    setOf(signerInfo),
  );
  return sequence(oid(oids.signedData), context(0, false, signedData));
}

function attribute(id: string, value: Uint8Array): Uint8Array {
  return sequence(oid(id), setOf(value));
}

/** RFC 5035 §4; SHA-256 is the default and is left out. */
function signingCertificate(certificate: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(certificate).digest();
  return sequence(sequence(sequence(octets(hash))));
}

function issuerAndSerial(certificate: Uint8Array): Uint8Array {
  const body = childrenOf(childAt(readWhole(certificate), 0, tag.sequence));
  const [, serial, , issuer] = body;
  if (body[0]?.tag !== 0xa0 || !serial || !issuer)
    throw new Error('This is no X.509 certificate of version 3.');
  return sequence(issuer.raw, serial.raw);
}

function signatureAlgorithm(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType === 'ec') return sequence(oid(oids.ecdsaWithSha256));
  if (key.asymmetricKeyType === 'rsa') return sequence(oid(oids.rsaWithSha256), nothing());
  throw new TypeError('A seal needs an EC or an RSA key.');
}

/** The same contents under a context tag. */
function asContext(number: number, set: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(set);
  bytes[0] = 0xa0 | number;
  return bytes;
}
