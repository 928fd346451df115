import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomToken, sha256 } from '#base/crypto';
import { type FileSeal, isWholeSize, noSeal } from './file-seal.ts';
import { checkNames, type FileStore, openedFile, throwStorageError } from './file-store.ts';

/**
 * Files in a folder of this machine: `<company>/<2 digits>/<2 digits>/<hash>`. A file is written aside, flushed, and only
 * then given its name, so that a name always means whole bytes.
 */
export function makeDiskFiles(root: string, seal: FileSeal = noSeal): FileStore {
  const pathOf = (companyId: string, hash: string): string => {
    checkNames(companyId, hash);
    return join(root, companyId, hash.slice(0, 2), hash.slice(2, 4), hash);
  };
  return {
    put: async (companyId, bytes) => {
      const hash = sha256(bytes).toString('hex');
      const path = pathOf(companyId, hash);
      if (!isWholeSize(await sizeOf(path), bytes.byteLength, seal)) {
        await writeWhole(path, seal.seal({ companyId, sha256: hash }, bytes)).catch((error) =>
          throwStorageError(error, root),
        );
      }
      return hash;
    },
    get: async (companyId, hash) => {
      const stored = await readFile(pathOf(companyId, hash)).catch(nullIfMissing);
      return stored && openedFile(stored, { companyId, sha256: hash }, seal);
    },
    has: async (companyId, hash) => (await sizeOf(pathOf(companyId, hash))) !== null,
    remove: async (companyId, hash) => {
      const path = pathOf(companyId, hash);
      if ((await sizeOf(path)) === null) return false;
      await rm(path, { force: true });
      await flushFolder(dirname(path));
      return true;
    },
    list: () => walk(root),
    usage: (companyId) => {
      checkNames(companyId);
      return sumUp(join(root, companyId));
    },
    freeBytes: async () => {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
    seal,
  };
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  const aside = join(folder, `.${randomToken(9)}`);
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await flushFolder(folder);
  // A new folder is itself an entry in its parent, up to the first one that was there before.
  for (let at = folder; made !== undefined && at.length >= made.length; at = dirname(at))
    await flushFolder(dirname(at));
}

/** Makes the names in a folder durable: new, renamed and removed ones. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there; NTFS journals names itself
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(nullIfMissing);
  return found?.size ?? null;
}

async function* walk(root: string): AsyncIterable<{ companyId: string; sha256: string }> {
  for (const companyId of (await readdir(root).catch(nullIfMissing)) ?? [])
    for (const first of (await readdir(join(root, companyId)).catch(nullIfMissing)) ?? [])
      for (const second of (await readdir(join(root, companyId, first)).catch(nullIfMissing)) ?? [])
        for (const sha256 of (await readdir(join(root, companyId, first, second)).catch(nullIfMissing)) ?? [])
          if (/^[0-9a-f]{64}$/.test(sha256)) yield { companyId, sha256 };
}

async function sumUp(folder: string): Promise<{ files: number; bytes: number }> {
  const sum = { files: 0, bytes: 0 };
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(nullIfMissing);
  for (const entry of entries ?? []) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    sum.files += 1;
    sum.bytes += (await sizeOf(join(entry.parentPath, entry.name))) ?? 0;
  }
  return sum;
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
