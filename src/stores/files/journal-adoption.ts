import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbandoned, tryWithLock } from '#stores/locks';
import { waitingIn } from './journal-lines.ts';

/** Stands in the name of a file that its living process has closed for good. */
export const leftMark = '.left-';

/**
 * Hands over what dead processes have left in the journal of that name, file by file, and removes each file whose records were
 * all taken. Returns how many; 0 also while another process is at it.
 */
export async function takeOver<R>(
  folder: string,
  name: string,
  take: (records: readonly R[]) => Promise<void>,
): Promise<number> {
  const count = await tryWithLock(join(folder, `${name}.taking-over`), async () => {
    let taken = 0;
    for (const file of await readdir(folder)) {
      if (!file.startsWith(`${name}.`) || !file.endsWith('.journal')) continue;
      const path = join(folder, file);
      if (!file.includes(leftMark) && !(await isAbandoned(path))) continue;
      const records = waitingIn(await readFile(path, 'utf8')).map((json) => JSON.parse(json) as R);
      if (records.length > 0) await take(records);
      await rm(path, { force: true });
      taken += records.length;
    }
    return taken;
  });
  return count ?? 0;
}
