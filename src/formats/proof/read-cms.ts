import { childAt, childrenOf, type DerNode, NotDer, readOid, readWhole, tag } from '#base/der';
import { type Certificate, readCertificate } from './certificate.ts';
import { hashNamed } from './verify-signature.ts';

/** A CMS SignedData (RFC 5652 §5.1) of one signer, taken apart. */
export interface Cms {
  readonly contentType: string;
  /** Null when the content lies elsewhere. */
  readonly content: Uint8Array | null;
  readonly certificates: readonly Certificate[];
  readonly signer: SignerInfo;
}

/** RFC 5652 §5.3 */
export interface SignerInfo {
  readonly issuer: DerNode;
  readonly serial: DerNode;
  readonly digestAlgorithm: DerNode;
  /** As they lie there, under `[0]`; what is signed is the same under the tag of a SET. */
  readonly signedAttributes: DerNode;
  readonly algorithm: DerNode;
  readonly signature: Uint8Array;
  readonly unsignedAttributes: DerNode | null;
}

const [signedDataId, plainDataId] = ['1.2.840.113549.1.7.2', '1.2.840.113549.1.7.1'];
/** `[0]` and `[1]`, constructed. */
const [first, second] = [0xa0, 0xa1];

/** Takes a signature apart. Every element must be the one that its place asks for; throws NotDer otherwise. */
export function readCms(der: Uint8Array): Cms {
  const [type, wrapped, ...more] = childrenOf(readWhole(der, tag.sequence));
  if (!type || readOid(type) !== signedDataId || wrapped?.tag !== first || more.length > 0)
    throw new NotDer('no CMS');
  const [version, digests, content, ...rest] = childrenOf(onlyChild(wrapped, tag.sequence));
  const signers = rest.pop();
  const [certificates, ...others] = rest;
  if (!version || digests?.tag !== tag.set || content?.tag !== tag.sequence || signers?.tag !== tag.set)
    throw new NotDer('no SignedData');
  if (certificates?.tag !== first || others.some((node) => node.tag !== second))
    throw new NotDer('no certificates');
  const inside = readContent(content);
  // RFC 5652 §5.1: version 3 for contents that are no plain data
  needVersion(version, inside.contentType === plainDataId ? 1 : 3);
  if (childrenOf(digests).some((node) => hashNamed(node) === null)) throw new NotDer('no hash that we take');
  return {
    ...inside,
    certificates: childrenOf(certificates).map((node) => readCertificate(node.raw)),
    signer: readSigner(childrenOf(onlyChild(signers, tag.sequence))),
  };
}

function readContent(node: DerNode): Pick<Cms, 'contentType' | 'content'> {
  const [type, wrapped, ...more] = childrenOf(node);
  if (!type || more.length > 0 || (wrapped && wrapped.tag !== first)) throw new NotDer('no content');
  return { contentType: readOid(type), content: wrapped ? onlyChild(wrapped, tag.octets).content : null };
}

function readSigner(parts: readonly DerNode[]): SignerInfo {
  const [version, who, digestAlgorithm, signedAttributes, algorithm, signature, unsigned, ...more] = parts;
  // RFC 5652 §5.3: version 1 for a signer named by issuer and serial number
  needVersion(version, 1);
  if (who?.tag !== tag.sequence || digestAlgorithm?.tag !== tag.sequence || algorithm?.tag !== tag.sequence)
    throw new NotDer('no signer');
  if (signedAttributes?.tag !== first || signature?.tag !== tag.octets || more.length > 0)
    throw new NotDer('no signer');
  if (unsigned && unsigned.tag !== second) throw new NotDer('no attributes');
  return {
    issuer: childAt(who, 0, tag.sequence),
    serial: childAt(who, 1, tag.integer),
    digestAlgorithm,
    signedAttributes,
    algorithm,
    signature: signature.content,
    unsignedAttributes: unsigned ?? null,
  };
}

/** The one value of each attribute (RFC 5652 §5.3). */
export function readAttributes(node: DerNode): Map<string, DerNode> {
  return new Map(
    childrenOf(node).map((attribute) => {
      if (attribute.tag !== tag.sequence || childrenOf(attribute).length !== 2)
        throw new NotDer('no attribute');
      return [readOid(childAt(attribute, 0)), onlyChild(childAt(attribute, 1, tag.set))];
    }),
  );
}

function onlyChild(node: DerNode, ofTag?: number): DerNode {
  if (childrenOf(node).length !== 1) throw new NotDer('not one element');
  return childAt(node, 0, ofTag);
}

function needVersion(node: DerNode | undefined, version: number): void {
  if (node?.tag !== tag.integer || node.content.length !== 1 || node.content[0] !== version)
    throw new NotDer('another version');
}
