import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Group } from './ready-groups.ts';

/**
 * Moves a group into `done` or `failed`, with a sentence beside it, and tells whether anything was moved. A name that is there already gets the time
 * before its ending: nothing is overwritten. A file that somebody took away meanwhile is no mistake.
 */
export async function putAway(
  folder: string,
  group: Group,
  into: 'done' | 'failed',
  sentence: string,
  at: Date,
): Promise<boolean> {
  const target = join(folder, into);
  await mkdir(target, { recursive: true });
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, '');
  let moved = 0;
  for (const name of group.names) {
    const { name: base, ext } = parse(name);
    if (await move(join(folder, name), join(target, fitting(base, `.${stamp}${ext}`)))) moved += 1;
  }
  await writeFile(join(target, fitting(group.base, `.${stamp}.txt`)), `${sentence}\n`);
  return moved > 0;
}

/** False when it is no longer there. */
function move(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** So many bytes a name may have on the usual file systems. */
const longestName = 255;

/** A name with this ending, its base cut where the whole would be too long. */
function fitting(base: string, ending: string): string {
  const letters = [...base];
  while (Buffer.byteLength(letters.join('') + ending) > longestName && letters.length > 0) letters.pop();
  return letters.join('') + ending;
}
