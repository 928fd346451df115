import { childAt, childrenOf, type DerNode, NotDer, readOid, readTime, readWhole, tag } from '#base/der';
import { equalBytes, hashOf, owned } from './bytes.ts';
import { type Certificate, readCertificate } from './certificate.ts';
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

const [signedDataId, tstInfoId] = ['1.2.840.113549.1.7.2', '1.2.840.113549.1.9.16.1.4'];
const [messageDigest, signingTime] = ['1.2.840.113549.1.9.4', '1.2.840.113549.1.9.5'];
const [signingCertificateV2, stampToken] = ['1.2.840.113549.1.9.16.2.47', '1.2.840.113549.1.9.16.2.14'];
const timeStamping = '1.3.6.1.5.5.7.3.8';

/**
 * Checks a signature over bytes that lie elsewhere (CMS SignedData, RFC 5652 §5.4 and §5.6), and the time stamp of it where there is
 * one. Throws SignatureBroken when anything of it does not hold. Whom the certificate belongs to is for the caller to judge.
 */
export async function checkCms(der: Uint8Array, content: Uint8Array): Promise<CheckedCms> {
  return asBroken(async () => {
    const cms = readCms(der);
    const signed = await checkSigner(cms, content);
    const token = unsignedOf(cms.signerInfo).get(stampToken);
    const stamp = token ? await checkToken(token.raw, signed.signature) : null;
    const claimed = signed.attributes.get(signingTime);
    return {
      signer: signed.signer,
      certificates: cms.certificates,
      claimedAt: claimed ? readTime(claimed) : null,
      stamp,
    };
  });
}

/** Checks an RFC 3161 token for the bytes that it should stamp. Throws SignatureBroken when it does not hold for them. */
export function checkStamp(token: Uint8Array, content: Uint8Array): Promise<CheckedStamp> {
  return asBroken(() => checkToken(token, content));
}

async function checkToken(token: Uint8Array, content: Uint8Array): Promise<CheckedStamp> {
  const cms = readCms(token);
  if (cms.contentType !== tstInfoId || !cms.content) throw new SignatureBroken('This is no time stamp.');
  const { signer } = await checkSigner(cms, cms.content);
  if (!signer.usages.includes(timeStamping))
    throw new SignatureBroken('The certificate of the time stamp is not for time stamps.');
  const fields = childrenOf(readWhole(cms.content));
  const [imprint, at] = [fields[2], fields[4]];
  const hash = imprint ? hashNamed(childAt(imprint, 0)) : null;
  if (!imprint || !at || !hash || hash === 'SHA-1') throw new SignatureBroken('This is no time stamp.');
  if (!equalBytes(childAt(imprint, 1, tag.octets).content, await hashOf(content, hash)))
    throw new SignatureBroken('The time stamp is of something else.');
  return { at: readTime(at), signer, certificates: cms.certificates };
}

interface Cms {
  readonly contentType: string;
  readonly content: Uint8Array | null;
  readonly certificates: readonly Certificate[];
  readonly signerInfo: readonly DerNode[];
}

function readCms(der: Uint8Array): Cms {
  const info = readWhole(der);
  if (readOid(childAt(info, 0)) !== signedDataId) throw new SignatureBroken('This is no signature.');
  const signedData = childrenOf(childAt(childAt(info, 1), 0, tag.sequence));
  const wrapped = signedData[2];
  const signers = signedData.at(-1);
  if (!wrapped || signers?.tag !== tag.set) throw new SignatureBroken('This is no signature.');
  const [contentType, content] = childrenOf(wrapped);
  const certificates = signedData.find((node) => node.tag === 0xa0);
  return {
    contentType: contentType ? readOid(contentType) : '',
    content: content ? childAt(content, 0, tag.octets).content : null,
    certificates: (certificates ? childrenOf(certificates) : [])
      .filter((node) => node.tag === tag.sequence)
      .map((node) => readCertificate(node.raw)),
    signerInfo: childrenOf(childAt(signers, 0, tag.sequence)),
  };
}

/** RFC 5652 §5.3: version, signer, digest algorithm, [0] signed attributes, signature algorithm, signature, [1] unsigned ones. */
async function checkSigner(cms: Cms, content: Uint8Array) {
  const [, who, digestAlgorithm, signedAttributes, algorithm, signature] = cms.signerInfo;
  if (
    !who ||
    !digestAlgorithm ||
    signedAttributes?.tag !== 0xa0 ||
    !algorithm ||
    signature?.tag !== tag.octets
  )
    throw new SignatureBroken('The signature has no signed attributes.');
  const signer = cms.certificates.find(
    (one) => equalBytes(one.issuer, childAt(who, 0).raw) && equalBytes(one.serial, childAt(who, 1).raw),
  );
  if (!signer) throw new SignatureBroken('The certificate of the signer is missing.');
  const attributes = readAttributes(signedAttributes);
  const hash = hashNamed(digestAlgorithm);
  const digest = attributes.get(messageDigest);
  if (!hash || hash === 'SHA-1' || !digest)
    throw new SignatureBroken('The signature names no hash that we take.');
  if (!equalBytes(digest.content, await hashOf(content, hash)))
    throw new SignatureBroken('The content is not what was signed.');
  await checkNamedCertificate(attributes.get(signingCertificateV2), signer);
  const set = owned(signedAttributes.raw);
  set[0] = tag.set;
  if (!(await verifySignature(algorithm, signer.publicKey, set, signature.content, hash)))
    throw new SignatureBroken('The signature was not made by the key of its certificate.');
  return { signer, attributes, signature: signature.content };
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

function unsignedOf(signerInfo: readonly DerNode[]): Map<string, DerNode> {
  const last = signerInfo.at(-1);
  return last?.tag === 0xa1 ? readAttributes(last) : new Map();
}

/** The first value of each attribute. */
function readAttributes(node: DerNode): Map<string, DerNode> {
  return new Map(
    childrenOf(node).map((attribute) => [
      readOid(childAt(attribute, 0)),
      childAt(childAt(attribute, 1, tag.set), 0),
    ]),
  );
}

async function asBroken<Result>(check: () => Promise<Result>): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof NotDer) throw new SignatureBroken('The signature is damaged.');
    throw error;
  }
}
