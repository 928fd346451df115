import { rm, stat, writeFile } from 'node:fs/promises';
import { pause } from '#base/time';
import { beatHeart, isAbandoned } from './claim.ts';
import { ownIdentity } from './process-identity.ts';

const retryAfterMs = 15;
const abandonedGuardAfterMs = 5000; // a guard is held for microseconds

/**
 * Runs `work` while this process alone holds the lock file at `path`; waits for others up to `waitMs` milliseconds, then throws.
 * The lock of a process that died is taken over.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, waitMs = 180_000): Promise<T> {
  const until = performance.now() + waitMs;
  while (!(await take(path))) {
    if (performance.now() > until) throw new Error(`Another process has held ${path} for ${waitMs} ms.`);
    await pause(retryAfterMs);
  }
  return holding(path, work);
}

/** Like `withLock`, but does not wait: returns null, and runs nothing, while another process holds the lock. */
export async function tryWithLock<T>(path: string, work: () => Promise<T>): Promise<T | null> {
  return (await take(path)) ? holding(path, work) : null;
}

async function holding<T>(path: string, work: () => Promise<T>): Promise<T> {
  const stop = beatHeart(path);
  try {
    return await work();
  } finally {
    stop();
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  if (await tryToWrite(path)) return true;
  if (!(await isAbandoned(path))) return false;
  await takeAway(path);
  return tryToWrite(path);
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

/** Removes an abandoned lock; a second file makes sure that nobody removes the lock that a quicker process has just made. */
async function takeAway(path: string): Promise<void> {
  const guard = `${path}.removing`;
  if (!(await tryToWrite(guard))) {
    const found = await stat(guard).catch(() => null);
    if (found && Date.now() - found.mtimeMs > abandonedGuardAfterMs) await rm(guard, { force: true });
    return;
  }
  try {
    if (await isAbandoned(path)) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}
