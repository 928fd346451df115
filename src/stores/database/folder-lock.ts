import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '#base/time';
import { isAlive, ownIdentity } from './process-identity.ts';

const retryAfterMs = 15;
// A process stays in the moment between making a lock file and having written it for microseconds; 5 s means it died there.
const unfinishedAfterMs = 5000;

/**
 * Runs `work` while this process alone holds the lock file at `path`; waits for others up to `waitMs` milliseconds, then throws.
 * The lock of a process that died is taken over.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, waitMs = 180_000): Promise<T> {
  const until = performance.now() + waitMs;
  while (!(await tryToWrite(path))) {
    if (await isAbandoned(path)) await takeAway(path);
    else if (performance.now() > until) throw new Error(`Another process has held ${path} for ${waitMs} ms.`);
    else await pause(retryAfterMs);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** Writes this process into a folder of users under a fresh name; returns the path of the entry. */
export async function enter(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, ownIdentity(), { flag: 'wx', mode: 0o600 });
  return path;
}

/** The entries of a folder of users whose processes live; entries of dead ones are removed on the way. */
export async function livingUsers(folder: string): Promise<string[]> {
  const living: string[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (await isAbandoned(path)) await rm(path, { force: true });
    else living.push(path);
  }
  return living;
}

async function tryToWrite(path: string): Promise<boolean> {
  try {
    await writeFile(path, ownIdentity(), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const text = await readFile(path, 'utf8');
    if (text !== '') return !isAlive(text);
    return Date.now() - (await stat(path)).mtimeMs > unfinishedAfterMs;
  } catch {
    return false; // gone meanwhile, or of another user: not ours to judge
  }
}

/** Removes an abandoned lock; a second file makes sure that nobody removes the lock that a quicker process has just made. */
async function takeAway(path: string): Promise<void> {
  const guard = `${path}.removing`;
  if (!(await tryToWrite(guard))) {
    const age = await stat(guard).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > unfinishedAfterMs) await rm(guard, { force: true });
    return pause(retryAfterMs);
  }
  try {
    if (await isAbandoned(path)) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}
