import { createPrivateKey, createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '#base/crypto';
import { makeSeal, openPkcs12 } from '#formats/signature';
import { withLock } from '#stores/locks';
import { type CheckedSeal, checkSeal, type SealRefusal } from './check-seal.ts';
import { certificatePem, type KeyRing, sealWish } from './key-ring.ts';
import { readPrivate, UnusableKeys, writePrivate } from './private-files.ts';

/** A change of the seal that both keys have signed: nobody who has only one of them can make it up. */
export interface SealRotation {
  /** SHA-256 of the certificates, in hex. */
  readonly from: string;
  readonly to: string;
  /** Over `sealRotationText(from, to)`, with SHA-256, in base64. */
  readonly byOld: string;
  readonly byNew: string;
}

export type SealReplaced =
  | { readonly ok: true; readonly rotation: SealRotation; readonly isTrustedByNss: boolean }
  | {
      readonly ok: false;
      readonly reason: SealRefusal | 'no_pkcs12' | 'wrong_password' | 'no_key' | 'several_keys';
    };

/** A bought seal: a PKCS#12 file with its password, and further certificates (DER) where the file does not lead up to the root. */
export interface BoughtSeal {
  readonly pkcs12: Uint8Array;
  readonly password: string;
  readonly certificates: readonly Uint8Array[];
}

/**
 * Seals with a bought certificate from the next start on. The roots of before stay among those that strangers can compare with: what was sealed
 * holds. Refuses what cannot seal documents now.
 */
export async function importSeal(
  folder: string,
  ring: KeyRing,
  bought: BoughtSeal,
  now: Date,
): Promise<SealReplaced> {
  const opened = openPkcs12(bought.pkcs12, bought.password);
  if (!opened.ok) return opened;
  const { privateKey } = opened;
  const checked = await checkSeal(privateKey, [...opened.certificates, ...bought.certificates], now);
  if (!checked.ok) return checked;
  return replace(folder, ring, privateKey, checked);
}

/** Gives the installation a new seal of its own root, before the old one ends or after a bought one. */
export async function renewSeal(folder: string, ring: KeyRing, now: Date): Promise<SealReplaced> {
  const key = await readPrivate(join(folder, 'root.key'));
  if (key === null) throw new UnusableKeys(`root.key is missing in ${folder}. Restore it from a backup.`);
  const rootKey = createPrivateKey(key);
  const own = createPublicKey(rootKey).export({ type: 'spki', format: 'der' });
  const root = ring.roots.find((der) =>
    own.equals(new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' })),
  );
  if (!root) throw new UnusableKeys(`root.pem and root.key in ${folder} are not of one another.`);
  const { privateKey, certificate } = makeSeal(
    { privateKey: rootKey, certificate: root },
    nameOfRoot(root),
    sealWish(ring.log.name.split('/')[0] ?? '', now),
  );
  return replace(folder, ring, privateKey, { ok: true, certificate, chain: [], root, isTrustedByNss: true });
}

/** The name of the root as it stands in it: the issuer of a seal has to be the same. */
function nameOfRoot(root: Uint8Array) {
  const { subject, validFrom, validTo } = new X509Certificate(root);
  const part = (kind: string) => new RegExp(`^${kind}=(.*)$`, 'm').exec(subject)?.[1] ?? '';
  return {
    commonName: part('CN'),
    organization: part('O'),
    from: new Date(validFrom),
    until: new Date(validTo),
  };
}

/** Key and certificates are one file, renamed into place: no process ever sees the one without the other. */
function replace(
  folder: string,
  ring: KeyRing,
  privateKey: KeyObject,
  seal: Extract<CheckedSeal, { ok: true }>,
): Promise<SealReplaced> {
  return withLock(`${folder}.lock`, async () => {
    const isKnown = ring.roots.some((one) => Buffer.from(one).equals(seal.root));
    const roots = isKnown ? ring.roots : [...ring.roots, seal.root];
    await writePrivate(join(folder, 'root.pem'), roots.map(certificatePem).join(''));
    const parts = [seal.certificate, ...seal.chain, seal.root].map(certificatePem);
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await writePrivate(join(folder, 'seal.pem'), [key, ...parts].join(''));
    await rm(join(folder, 'seal.key'), { force: true });
    const [from, to] = [fingerprint(ring.seal.certificate), fingerprint(seal.certificate)];
    const text = Buffer.from(sealRotationText(from, to));
    const by = (own: KeyObject): string => sign('sha256', text, own).toString('base64');
    const rotation = { from, to, byOld: by(ring.seal.privateKey), byNew: by(privateKey) };
    return { ok: true, rotation, isTrustedByNss: seal.isTrustedByNss };
  });
}

export function sealRotationText(from: string, to: string): string {
  return `Envoi seal rotation\n${from}\n${to}\n`;
}

function fingerprint(der: Uint8Array): string {
  return sha256(der).toString('hex');
}
