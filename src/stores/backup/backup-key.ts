import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { PassThrough, Transform } from 'node:stream';
import { UnusableBackup } from './manifest.ts';

/** Encrypts and decrypts what a backup consists of; without a passphrase it passes bytes through. */
export interface BackupKey {
  readonly isEncrypting: boolean;
  seal(): Transform;
  open(): Transform;
}

// The passphrase may be short, and whoever has the backup can try at leisure: as costly as for passwords (base/crypto).
const cost = { N: 2 ** 16, r: 8, p: 2, maxmem: 160 * 2 ** 20 };
const [nonceBytes, tagBytes] = [12, 16];

/** A key from a passphrase and the backup's salt; null: no encryption. */
export async function makeBackupKey(passphrase: string | null, salt: Buffer): Promise<BackupKey> {
  if (passphrase === null)
    return { isEncrypting: false, seal: () => new PassThrough(), open: () => new PassThrough() };
  const key = await new Promise<Buffer>((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, cost, (error, made) =>
      error ? reject(error) : resolve(made),
    );
  });
  return { isEncrypting: true, seal: () => sealing(key), open: () => opening(key) };
}

/** Nonce, encrypted bytes, tag. */
function sealing(key: Buffer): Transform {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  let isBegun = false;
  const begin = (stream: Transform): void => {
    if (!isBegun) stream.push(nonce);
    isBegun = true;
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      begin(this);
      done(null, cipher.update(chunk));
    },
    flush(done) {
      begin(this);
      this.push(cipher.final());
      done(null, cipher.getAuthTag());
    },
  });
}

/** The reverse; it fails at its end when a byte was changed or the key is another one, so nothing is to be used before that. */
function opening(key: Buffer): Transform {
  let held = Buffer.alloc(0);
  let decipher: ReturnType<typeof createDecipheriv> | null = null;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      held = Buffer.concat([held, chunk]);
      if (!decipher && held.length >= nonceBytes) {
        decipher = createDecipheriv('aes-256-gcm', key, held.subarray(0, nonceBytes));
        held = held.subarray(nonceBytes);
      }
      const ready = decipher ? Math.max(0, held.length - tagBytes) : 0;
      const out = decipher && ready > 0 ? decipher.update(held.subarray(0, ready)) : null;
      held = held.subarray(ready);
      done(null, out);
    },
    flush(done) {
      try {
        if (!decipher || held.length !== tagBytes) throw new Error('too short');
        (decipher as ReturnType<typeof createDecipheriv> & { setAuthTag(tag: Buffer): void }).setAuthTag(
          held,
        );
        done(null, decipher.final());
      } catch {
        done(
          new UnusableBackup(
            'The backup cannot be decrypted: the passphrase is another one, or it was changed.',
          ),
        );
      }
    },
  });
}
