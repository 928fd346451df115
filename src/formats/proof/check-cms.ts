import { childAt, childrenOf, type DerNode, NotDer, readTime, readWhole, tag } from '#base/der';
import { equalBytes, type HashName, hashOf, owned } from './bytes.ts';
import type { Certificate } from './certificate.ts';
import { type Cms, readAttributes, readCms } from './read-cms.ts';
import { hashNamed, verifySignature } from './verify-signature.ts';

/** A signature or time stamp does not hold; the message says why, in English. */
export class SignatureBroken extends Error {
  override readonly name = 'SignatureBroken';
}

export interface CheckedCms {
  readonly signer: Certificate;
  /** All certificates that came with the signature. */
  readonly certificates: readonly Certificate[];
  /** The time that the signer claims. */
  readonly claimedAt: Date | null;
  readonly stamp: CheckedStamp | null;
}

/** A time stamp (RFC 3161) that holds for what it stamps; whether its service is to be trusted is another question. */
export interface CheckedStamp {
  readonly at: Date;
  readonly signer: Certificate;
  readonly certificates: readonly Certificate[];
}

const tstInfoId = '1.2.840.113549.1.9.16.1.4';
const [messageDigest, signingTime] = ['1.2.840.113549.1.9.4', '1.2.840.113549.1.9.5'];
const [signingCertificateV2, stampToken] = ['1.2.840.113549.1.9.16.2.47', '1.2.840.113549.1.9.16.2.14'];
const timeStamping = '1.3.6.1.5.5.7.3.8';

/**
 * Checks a signature over bytes that lie elsewhere (CMS SignedData, RFC 5652 §5.4 and §5.6), and the time stamp of it where there is
 * one. Throws SignatureBroken when anything of it does not hold. Whom the certificate belongs to is for the caller to judge.
 */
export async function checkCms(
  der: Uint8Array,
  content: Uint8Array,
  known: readonly Certificate[] = [],
): Promise<CheckedCms> {
  return asBroken(async () => {
    const cms = readCms(der);
    const attributes = await checkSigner(cms, content);
    const { unsignedAttributes, signature } = cms.signer;
    const token = unsignedAttributes ? readAttributes(unsignedAttributes).get(stampToken) : undefined;
    if (unsignedAttributes && !token) throw new SignatureBroken('Something unknown lies with the signature.');
    const claimed = attributes.get(signingTime);
    return {
      signer: signerOf(cms),
      certificates: cms.certificates,
      claimedAt: claimed ? readTime(claimed) : null,
      stamp: token ? await checkToken(token.raw, (hash) => hashOf(signature, hash), known) : null,
    };
  });
}

/**
 * Checks an RFC 3161 token for the bytes that it should stamp; `known` are certificates that came another way. Throws SignatureBroken
 * when it does not hold for them.
 */
export function checkStamp(
  token: Uint8Array,
  content: Uint8Array,
  known: readonly Certificate[] = [],
): Promise<CheckedStamp> {
  return asBroken(() => checkToken(token, (hash) => hashOf(content, hash), known));
}

/** Checks an RFC 3161 token for a SHA-256. Throws SignatureBroken when it does not hold for it. */
export function checkStampOf(token: Uint8Array, sha256: Uint8Array): Promise<CheckedStamp> {
  const imprintOf = async (hash: HashName) => (hash === 'SHA-256' ? sha256 : new Uint8Array());
  return asBroken(() => checkToken(token, imprintOf, []));
}

async function checkToken(
  token: Uint8Array,
  imprintOf: (hash: HashName) => Promise<Uint8Array>,
  known: readonly Certificate[],
): Promise<CheckedStamp> {
  const cms = readCms(token);
  if (cms.contentType !== tstInfoId || !cms.content) throw new SignatureBroken('This is no time stamp.');
  await checkSigner(cms, cms.content);
  const signer = signerOf(cms);
  if (!signer.usages.includes(timeStamping))
    throw new SignatureBroken('The certificate of the time stamp is not for time stamps.');
  if (cms.signer.unsignedAttributes) throw new SignatureBroken('Something unknown lies with the time stamp.');
  await checkVouched(cms.certificates, known);
  const [, , imprint, , at] = childrenOf(readWhole(cms.content, tag.sequence));
  const hash = imprint ? hashNamed(childAt(imprint, 0)) : null;
  if (!imprint || !at || !hash || hash === 'SHA-1') throw new SignatureBroken('This is no time stamp.');
  if (!equalBytes(childAt(imprint, 1, tag.octets).content, await imprintOf(hash)))
    throw new SignatureBroken('The time stamp is of something else.');
  return { at: readTime(at), signer, certificates: cms.certificates };
}

function signerOf({ certificates, signer: { issuer, serial } }: Cms): Certificate {
  const found = certificates.find(
    (one) => equalBytes(one.issuer, issuer.raw) && equalBytes(one.serial, serial.raw),
  );
  if (!found) throw new SignatureBroken('The certificate of the signer is missing.');
  return found;
}

/** The content is what was signed, by the key of the certificate that the signature names. Returns the signed attributes. */
async function checkSigner(cms: Cms, content: Uint8Array): Promise<Map<string, DerNode>> {
  const { digestAlgorithm, signedAttributes, algorithm, signature } = cms.signer;
  const signer = signerOf(cms);
  const attributes = readAttributes(signedAttributes);
  const hash = hashNamed(digestAlgorithm);
  const digest = attributes.get(messageDigest);
  if (!hash || hash === 'SHA-1' || !digest)
    throw new SignatureBroken('The signature names no hash that we take.');
  if (!equalBytes(digest.content, await hashOf(content, hash)))
    throw new SignatureBroken('The content is not what was signed.');
  await checkNamedCertificate(attributes.get(signingCertificateV2), signer);
  // RFC 5652 §5.4: what is signed is the SET, not the [0] that stands in its place
  const set = owned(signedAttributes.raw);
  set[0] = tag.set;
  if (!(await verifySignature(algorithm, signer.publicKey, set, signature, hash)))
    throw new SignatureBroken('The signature was not made by the key of its certificate.');
  return attributes;
}

/** RFC 5035 §4: the signature names its certificate, so that no other can be put in its place. Version 1 (SHA-1) is let pass. */
async function checkNamedCertificate(attribute: DerNode | undefined, signer: Certificate): Promise<void> {
  if (!attribute) return;
  const named = childrenOf(childAt(childAt(attribute, 0), 0));
  const algorithm = named[0]?.tag === tag.sequence ? hashNamed(named[0]) : 'SHA-256';
  const hash = named.find((node) => node.tag === tag.octets);
  if (!hash || !algorithm || !equalBytes(hash.content, await hashOf(signer.raw, algorithm)))
    throw new SignatureBroken('The signature names another certificate.');
}

/** Each certificate that came along is known, or was issued by one that is there: none can be changed unseen. */
async function checkVouched(all: readonly Certificate[], known: readonly Certificate[]): Promise<void> {
  for (const one of all) {
    if (known.some((other) => equalBytes(other.raw, one.raw))) continue;
    const issuers = [...all, ...known].filter((other) => equalBytes(other.subject, one.issuer));
    const answers = await Promise.all(
      issuers.map((issuer) => verifySignature(one.algorithm, issuer.publicKey, one.signed, one.signature)),
    );
    // The issuer of the last one may not have been sent; then there is nothing to hold it against.
    if (issuers.length > 0 && !answers.includes(true))
      throw new SignatureBroken('A certificate of the time stamp is damaged.');
  }
}

async function asBroken<Result>(check: () => Promise<Result>): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof NotDer) throw new SignatureBroken('The signature is damaged.');
    throw error;
  }
}
