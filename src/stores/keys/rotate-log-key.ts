import { generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import { withLock } from '#stores/locks';
import { type KeyRing, type LogKey, verifierOf } from './key-ring.ts';
import { writePrivate } from './private-files.ts';

/** A change of the log's key that both keys have signed: nobody who has only one of them can make it up. */
export interface Rotation {
  /** Verifier keys (C2SP). */
  readonly from: string;
  readonly to: string;
  /** Ed25519 over `rotationText(from, to)`, in base64. */
  readonly byOld: string;
  readonly byNew: string;
}

/**
 * Gives the log a new key under its old name and returns the change. The old public key stays in `log.verifiers`: checkpoints that it has
 * signed hold. Running processes sign with the old one until they are started again.
 */
export function rotateLogKey(folder: string, ring: KeyRing): Promise<Rotation> {
  return withLock(`${folder}.lock`, async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const next: LogKey = { name: ring.log.name, privateKey };
    const [from, to] = [verifierOf(ring.log), verifierOf(next)];
    const text = Buffer.from(rotationText(from, to));
    // First the list: with a crash in between, the key in use is still one of it.
    await writePrivate(join(folder, 'log.verifiers'), `${[...ring.logVerifiers, to].join('\n')}\n`);
    await writePrivate(
      join(folder, 'log.key'),
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    );
    const signed = (key: LogKey): string => sign(null, text, key.privateKey).toString('base64');
    return { from, to, byOld: signed(ring.log), byNew: signed(next) };
  });
}

export function rotationText(from: string, to: string): string {
  return `Envoi log key rotation\n${from}\n${to}\n`;
}
