import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '#stores/locks';
import type { Config } from './load-config.ts';

const keyBytes = 32; // AES-256
const fileName = 'secret-key';

/** The key of this installation is damaged or open to others; the message is a sentence for a person. */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey';
}

/** Makes the data folder where it is missing. Others may pass through it (the database's own user has to), not look into it. */
export async function makeDataFolder(config: Pick<Config, 'dataFolder'>): Promise<void> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o711 });
}

/**
 * The 32 bytes that encrypt stored secrets: the configured ones, or those in the data folder, which are made once and can be read by their
 * owner only. Throws UnusableKey when the file was changed or others may read it.
 */
export async function readSecretKey(config: Pick<Config, 'dataFolder' | 'secretKey'>): Promise<Uint8Array> {
  if (config.secretKey !== null) return config.secretKey;
  await makeDataFolder(config);
  const path = join(config.dataFolder, fileName);
  return (
    (await readKey(path)) ?? withLock(`${path}.lock`, async () => (await readKey(path)) ?? makeKey(path))
  );
}

async function readKey(path: string): Promise<Uint8Array | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const key = new Uint8Array(Buffer.from(text.trim(), 'base64'));
  if (key.byteLength !== keyBytes) {
    throw new UnusableKey(
      `${path} does not hold a key. Restore it from a backup: without it stored secrets are lost.`,
    );
  }
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new UnusableKey(`Others can read ${path}. Run: chmod 600 ${path}`);
  }
  return key;
}

/** Puts the key of a backup into the data folder; one that lies there already is kept beside it. */
export async function placeSecretKey(config: Pick<Config, 'dataFolder'>, key: Uint8Array): Promise<void> {
  const path = join(config.dataFolder, fileName);
  await withLock(`${path}.lock`, async () => {
    const before = await readKey(path);
    if (before && Buffer.from(before).equals(key)) return;
    if (before) await rename(path, `${path}.before-restore`);
    await writeKey(path, key);
  });
}

async function makeKey(path: string): Promise<Uint8Array> {
  return writeKey(path, randomBytes(keyBytes));
}

async function writeKey(path: string, key: Uint8Array): Promise<Uint8Array> {
  const unfinished = `${path}.unfinished`;
  await rm(unfinished, { force: true });
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(`${Buffer.from(key).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
  return new Uint8Array(key);
}
