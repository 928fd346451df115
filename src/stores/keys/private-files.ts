import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A key of this installation is damaged or open to others; the message is a sentence for a person. */
export class UnusableKeys extends Error {
  override readonly name = 'UnusableKeys';
}

/** Reads a file that only its owner may read; null where there is none. Throws UnusableKeys when others may read it. */
export async function readPrivate(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new UnusableKeys(`Others can read ${path}. Run: chmod 600 ${path}`);
  return text;
}

/** Writes a file that only its owner may read: aside, flushed, then renamed, so that it is there whole or not at all. */
export async function writePrivate(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.unfinished`;
  await rm(unfinished, { force: true });
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
