import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Group } from './ready-groups.ts';

/**
 * Moves a group into `done` or `failed`, with a sentence beside it. A name that is there already gets the time before its ending: nothing is
 * overwritten. A file that somebody took away meanwhile is no mistake.
 */
export async function putAway(
  folder: string,
  group: Group,
  into: 'done' | 'failed',
  sentence: string,
  at: Date,
): Promise<void> {
  const target = join(folder, into);
  await mkdir(target, { recursive: true });
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, '');
  for (const name of group.names) {
    const { name: base, ext } = parse(name);
    await rename(join(folder, name), join(target, `${base}.${stamp}${ext}`)).catch(ignoreMissing);
  }
  await writeFile(join(target, `${group.base}.${stamp}.txt`), `${sentence}\n`);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
