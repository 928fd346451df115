import { createHash, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Mail } from '#mail/mime';
import { bodyHash, relaxField, relaxHeaders, type SignedField } from './canonical.ts';

export type DkimAlgorithm = 'rsa-sha256' | 'ed25519-sha256';
export type DkimSigner = {
  /** The signing domain in A-labels; for DMARC the one of the From address, or its organisational domain. */
  readonly domain: string;
  readonly selector: string;
  readonly privateKey: KeyObject;
  readonly algorithm: DkimAlgorithm;
  readonly at: Date;
};

/** Signed once more than they occur, so that none can be added on the way: RFC 6376 §8.15. */
const closedHeaders = [
  'from',
  'sender',
  'to',
  'cc',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'list-unsubscribe',
  'list-unsubscribe-post',
] as const;
/** Servers on the way add or take these: RFC 6376 §5.4.1; earlier signatures are left to themselves. */
const passingHeaders = new Set(['dkim-signature', 'return-path', 'received', 'bcc']);
const domainPattern = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i;
const lineLength = 72;
const signInThread = promisify<string | null, Buffer, KeyObject, Buffer>(sign);

/**
 * Returns the mail with a DKIM-Signature (RFC 6376, relaxed/relaxed; Ed25519 by RFC 8463) as its first header. Signs
 * every header of the mail, the known ones against additions too. A second call adds a second signature. Throws on a
 * key that does not fit its algorithm or has less than 1024 bits (RFC 8301 §3.2), and on a malformed domain or selector.
 */
export function signMail(mail: Mail, signer: DkimSigner): Mail {
  const { field, digest, data } = prepare(mail, signer);
  return withSignature(mail, field, sign(digest, data, signer.privateKey));
}

/** As `signMail`, with the key's arithmetic (all but a tenth of the time, for RSA) in a thread of Node's pool. */
export async function signMailInThread(mail: Mail, signer: DkimSigner): Promise<Mail> {
  const { field, digest, data } = prepare(mail, signer);
  return withSignature(mail, field, await signInThread(digest, data, signer.privateKey));
}

/** The signature header without its signature, and the octets to sign. */
function prepare(mail: Mail, signer: DkimSigner): { field: string; digest: string | null; data: Buffer } {
  checkSigner(signer);
  const fields = relaxHeaders(mail.head).filter(({ name }) => !passingHeaders.has(name));
  const { names, chosen } = chooseHeaders(fields);
  const { algorithm, domain, selector, at } = signer;
  const field = [
    `DKIM-Signature: v=1; a=${algorithm}; c=relaxed/relaxed; t=${Math.floor(at.getTime() / 1000)};`,
    `d=${domain.toLowerCase()}; s=${selector};`,
    `h=${foldNames(names)};`,
    `bh=${bodyHash(mail)};`,
    'b=',
  ].join('\r\n ');
  const data = Buffer.from(
    [...chosen, relaxField(field)].map(({ relaxed }) => relaxed).join('\r\n'),
    'latin1',
  );
  // RFC 8463 §3: Ed25519 signs the hash; for RSA the hash is part of the signature scheme.
  return algorithm === 'rsa-sha256'
    ? { field, digest: 'sha256', data }
    : { field, digest: null, data: createHash('sha256').update(data).digest() };
}

/** Which headers are signed and in which order: repeated ones from the last to the first (RFC 6376 §5.4.2). */
function chooseHeaders(fields: readonly SignedField[]): {
  names: readonly string[];
  chosen: readonly SignedField[];
} {
  const byName = new Map<string, SignedField[]>();
  for (const field of fields) byName.set(field.name, [field, ...(byName.get(field.name) ?? [])]);
  const closing = closedHeaders.filter((name) => name !== 'sender' || byName.has(name));
  const chosen = [...byName.values()].flat();
  return { names: [...chosen.map(({ name }) => name), ...closing], chosen };
}

function foldNames(names: readonly string[]): string {
  const lines = [''];
  for (const [index, name] of names.entries()) {
    const item = index === names.length - 1 ? name : `${name}:`;
    const last = lines[lines.length - 1] ?? '';
    if (last.length + item.length > lineLength) lines.push(item);
    else lines[lines.length - 1] = last + item;
  }
  return lines.join('\r\n  ');
}

function withSignature(mail: Mail, field: string, signature: Buffer): Mail {
  const folded =
    signature
      .toString('base64')
      .match(new RegExp(`.{1,${lineLength}}`, 'g'))
      ?.join('\r\n  ') ?? '';
  return { ...mail, head: Buffer.concat([Buffer.from(`${field}${folded}\r\n`, 'latin1'), mail.head]) };
}

function checkSigner({ domain, selector, privateKey, algorithm }: DkimSigner): void {
  if (!domainPattern.test(domain) || !domainPattern.test(selector))
    throw new TypeError('not a domain or selector');
  const expected = algorithm === 'rsa-sha256' ? 'rsa' : 'ed25519';
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== expected)
    throw new TypeError('not the key for this algorithm');
  if ((privateKey.asymmetricKeyDetails?.modulusLength ?? 1024) < 1024)
    throw new TypeError('an RSA key of less than 1024 bits');
}
