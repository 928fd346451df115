import { childAt, childrenOf, type DerNode, NotDer, readOid, readTime, readWhole, tag } from '#base/der';
import { equalBytes, readText } from './bytes.ts';
import { verifySignature } from './verify-signature.ts';

/** An X.509 certificate (RFC 5280 §4.1), read as far as a check needs it. */
export interface Certificate {
  readonly raw: Uint8Array;
  readonly signed: Uint8Array;
  readonly algorithm: DerNode;
  readonly signature: Uint8Array;
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** The common name, or else the organisation. */
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly from: Date;
  readonly until: Date;
  readonly mayIssue: boolean;
  /** Bits 0 to 7 of the key usage (RFC 5280 §4.2.1.3), the first one highest; null when it says none. */
  readonly keyUsage: number | null;
  /** Extended key usages; empty when it says none. */
  readonly usages: readonly string[];
}

/** Reads a certificate. Throws NotDer for bytes that are none. */
export function readCertificate(raw: Uint8Array): Certificate {
  const [body, algorithm, signature] = childrenOf(readWhole(raw, tag.sequence));
  if (!body || !algorithm || signature?.tag !== tag.bits || signature.content[0] !== 0)
    throw new NotDer('This is no certificate.');
  const fields = childrenOf(body).filter((node, index) => index > 0 || node.tag !== 0xa0);
  const [serial, inner, issuer, validity, subject, publicKey] = fields;
  // RFC 5280 §4.1.1.2: the algorithm outside of the signed part is the one inside
  if (!inner || !equalBytes(inner.raw, algorithm.raw)) throw new NotDer('This is no certificate.');
  if (!serial || !issuer || !validity || !subject || !publicKey) throw new NotDer('This is no certificate.');
  const extensions = readExtensions(fields.find((node) => node.tag === 0xa3));
  return {
    raw,
    signed: body.raw,
    algorithm,
    signature: signature.content.subarray(1),
    serial: serial.raw,
    issuer: issuer.raw,
    subject: subject.raw,
    name: readName(subject),
    publicKey: publicKey.raw,
    from: readTime(childAt(validity, 0)),
    until: readTime(childAt(validity, 1)),
    mayIssue: mayIssue(extensions.get('2.5.29.19')),
    keyUsage: extensions.get('2.5.29.15')?.content[1] ?? null,
    usages: readUsages(extensions.get('2.5.29.37')),
  };
}

/**
 * Follows a certificate to one of the trusted ones, through others that may issue, all valid at that time. Returns the chain, the
 * trusted one last; null when there is no way.
 */
export async function chainTo(
  certificate: Certificate,
  others: readonly Certificate[],
  trusted: readonly Certificate[],
  at: Date,
): Promise<readonly Certificate[] | null> {
  const chain = [certificate];
  for (let last = certificate; chain.length <= 8; ) {
    if (last.from > at || last.until < at) return null;
    if (trusted.some((one) => equalBytes(one.raw, last.raw))) return chain;
    const issuer = await issuerOf(last, [...trusted, ...others]);
    if (!issuer || chain.includes(issuer)) return null;
    chain.push(issuer);
    last = issuer;
  }
  return null;
}

async function issuerOf(of: Certificate, among: readonly Certificate[]): Promise<Certificate | null> {
  for (const one of among) {
    if (!one.mayIssue || !equalBytes(one.subject, of.issuer)) continue;
    if (await verifySignature(of.algorithm, one.publicKey, of.signed, of.signature)) return one;
  }
  return null;
}

function readExtensions(node: DerNode | undefined): Map<string, DerNode> {
  const found = new Map<string, DerNode>();
  for (const extension of node ? childrenOf(childAt(node, 0, tag.sequence)) : []) {
    const parts = childrenOf(extension);
    const [id, value] = [parts[0], parts.at(-1)];
    if (id && value) found.set(readOid(id), readWhole(value.content));
  }
  return found;
}

function mayIssue(constraints: DerNode | undefined): boolean {
  const [first] = constraints ? childrenOf(constraints) : [];
  return first?.tag === tag.boolean && first.content[0] === 0xff;
}

function readUsages(node: DerNode | undefined): string[] {
  return node ? childrenOf(node).map(readOid) : [];
}

function readName(name: DerNode): string {
  const parts = new Map<string, string>();
  for (const set of childrenOf(name))
    for (const pair of childrenOf(set)) {
      const [id, value] = childrenOf(pair);
      if (id && value) parts.set(readOid(id), readText(value.content) ?? '');
    }
  return parts.get('2.5.4.3') ?? parts.get('2.5.4.10') ?? '';
}
