import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Life, lifeOf, ownIdentity } from './process-identity.ts';

/** How often a holder touches its file, and when one of another machine or container counts as gone. */
const heartbeatMs = 4000;
const silentAfterMs = 15_000;

/** A file that says: this process uses the folder it lies in. */
export type Claim = { readonly path: string; readonly release: () => Promise<void> };

/** Writes this process into a folder of users, under a name that no other has. */
export async function claim(folder: string, name: string): Promise<Claim> {
  const path = join(folder, name);
  await writeFile(path, ownIdentity(), { flag: 'wx', mode: 0o600 });
  const stop = beatHeart(path);
  return {
    path,
    release: async () => {
      stop();
      await rm(path, { force: true });
    },
  };
}

/** The living users of a folder, each with what is known of it; entries of dead ones are removed on the way. */
export async function livingUsers(folder: string): Promise<Exclude<Life, 'dead'>[]> {
  const living: Exclude<Life, 'dead'>[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (await isAbandoned(path)) await rm(path, { force: true });
    else
      living.push(
        lifeOf(await readFile(path, 'utf8').catch(() => '')) === 'elsewhere' ? 'elsewhere' : 'alive',
      );
  }
  return living;
}

/** Tells whether the process that wrote its identity into the file is gone. One that cannot be asked is gone when it falls silent. */
export async function isAbandoned(path: string): Promise<boolean> {
  try {
    const text = await readFile(path, 'utf8');
    const life = text === '' ? 'elsewhere' : lifeOf(text.split('\n')[0] ?? '');
    if (life !== 'elsewhere') return life === 'dead';
    return Date.now() - (await stat(path)).mtimeMs > silentAfterMs;
  } catch {
    return false; // gone meanwhile, or of another user: not ours to judge
  }
}

/** Touches the file from time to time until the returned function is called; does not keep the process running. */
export function beatHeart(path: string): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, heartbeatMs);
  timer.unref();
  return () => clearInterval(timer);
}
