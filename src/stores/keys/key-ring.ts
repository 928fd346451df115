import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { join } from 'node:path';
import { sha256 } from '#base/crypto';
import { day } from '#base/time';
import { type CertificateWish, makeRoot, makeSeal, type Signer } from '#formats/signature';
import { withLock } from '#stores/locks';
import { readPrivate, UnusableKeys, writePrivate } from './private-files.ts';

/** What this installation signs with. It lies outside the database, so that who copies the one has not the other. */
export interface KeyRing {
  /** Seals PDF and evidence files. */
  readonly seal: Signer;
  /** The certificate that others have to know to trust the seal (DER). */
  readonly root: Uint8Array;
  /** Every root that seals have led to, the installation's own first: what was sealed before a change holds. */
  readonly roots: readonly Uint8Array[];
  /** Signs checkpoints of the log. */
  readonly log: LogKey;
  /** Public keys of the log, the present one last, as C2SP verifier keys (`name+id+key`). */
  readonly logVerifiers: readonly string[];
}

export interface LogKey {
  /** The log's name: the first line of its checkpoints, and the name of their signer. */
  readonly name: string;
  readonly privateKey: KeyObject;
}

const rootYears = 20;
const sealYears = 5;

/**
 * Reads the keys in the folder; those that are missing are made, once, however many processes start. `name` is how people know this
 * installation (its host). Throws UnusableKeys with a sentence when a file is damaged or open to others.
 */
export async function openKeyRing(folder: string, name: string, now: Date): Promise<KeyRing> {
  return (
    (await readKeyRing(folder)) ??
    withLock(`${folder}.lock`, async () => {
      const made = await readKeyRing(folder);
      if (made) return made;
      await makeKeys(folder, name, now);
      const ring = await readKeyRing(folder);
      if (!ring) throw new UnusableKeys(`The keys in ${folder} could not be made.`);
      return ring;
    })
  );
}

async function readKeyRing(folder: string): Promise<KeyRing | null> {
  const read = (file: string): Promise<string | null> => readPrivate(join(folder, file));
  // Written in this order when they are made: with the last one, all are there.
  const verifiers = await read('log.verifiers');
  if (verifiers === null) return null;
  const [rootPem, sealPem, sealKey, logKey] = await Promise.all(
    ['root.pem', 'seal.pem', 'seal.key', 'log.key'].map(read),
  );
  // A seal that was replaced lies in one file with its key and its root.
  const isWhole = sealPem?.includes('PRIVATE KEY') ?? false;
  const signKey = isWhole ? sealPem : sealKey;
  if (!rootPem || !sealPem || !signKey || !logKey)
    throw new UnusableKeys(`A key is missing in ${folder}. Restore the folder from a backup.`);
  try {
    const [certificate, ...chain] = readCertificates(sealPem);
    const logVerifiers = verifiers.trim().split('\n');
    const roots = readCertificates(rootPem);
    const root = isWhole ? chain.pop() : roots[0];
    if (!certificate || !root) throw new TypeError('no certificate');
    return {
      seal: { privateKey: createPrivateKey(signKey), certificate, chain },
      root,
      roots,
      log: { name: logVerifiers.at(-1)?.split('+')[0] ?? '', privateKey: createPrivateKey(logKey) },
      logVerifiers,
    };
  } catch {
    throw new UnusableKeys(`A key in ${folder} is damaged. Restore the folder from a backup.`);
  }
}

/** All certificates of a PEM text, as DER. */
function readCertificates(pem: string): Uint8Array[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.map((one) => Uint8Array.from(new X509Certificate(one).raw));
}

async function makeKeys(folder: string, name: string, now: Date): Promise<void> {
  const rootWish = wishFor('Envoi root', name, now, rootYears);
  const root = makeRoot(rootWish);
  await writePrivate(join(folder, 'root.key'), pemOf(root.privateKey));
  await writePrivate(join(folder, 'root.pem'), certificatePem(root.certificate));
  const seal = makeSeal(root, rootWish, sealWish(name, now));
  await writePrivate(join(folder, 'seal.key'), pemOf(seal.privateKey));
  await writePrivate(join(folder, 'seal.pem'), certificatePem(seal.certificate));
  const log = newLogKey(name);
  await writePrivate(join(folder, 'log.key'), pemOf(log.privateKey));
  await writePrivate(join(folder, 'log.verifiers'), `${verifierOf(log)}\n`);
}

/** A log's name holds a part of its first key: two installations of one host are two logs. */
function newLogKey(host: string): LogKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const mark = sha256(publicKey.export({ type: 'spki', format: 'der' }))
    .toString('hex')
    .slice(0, 8);
  return { name: `${host}/log/${mark}`, privateKey };
}

/** The verifier key of a log key: `name+key id+base64(0x01 and the public key)` (C2SP signed-note, Ed25519). */
export function verifierOf({ name, privateKey }: LogKey): string {
  const key = keyBytes(privateKey);
  return `${name}+${noteKeyId(name, key).toString('hex')}+${key.toString('base64')}`;
}

/** The first four bytes of SHA-256 over name, line end, and type with key (C2SP signed-note). */
function noteKeyId(name: string, key: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), key])).subarray(0, 4);
}

function keyBytes(privateKey: KeyObject): Buffer {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return Buffer.concat([Uint8Array.of(1), spki.subarray(-32)]);
}

/** What a seal of the installation's own root says of itself. */
export function sealWish(name: string, now: Date): CertificateWish {
  return wishFor('Envoi seal', name, now, sealYears);
}

function wishFor(what: string, name: string, now: Date, years: number): CertificateWish {
  const until = new Date(now.getTime() + years * 365 * day);
  // A clock that is a little behind must not call a new seal one of the future.
  return { commonName: `${what} of ${name}`, organization: name, from: new Date(now.getTime() - day), until };
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function certificatePem(der: Uint8Array): string {
  return new X509Certificate(der).toString();
}
