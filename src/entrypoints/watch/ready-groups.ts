import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { baseName } from '#domain/intake';

/** Files of one base name: a document, perhaps its XML, perhaps a sidecar. */
export interface Group {
  readonly base: string;
  readonly names: readonly string[];
}

interface Seen {
  readonly print: string;
  readonly since: number;
}

/** What is being written, by programs that say so. */
const unfinished = /^[.~]|\.(part|tmp|crdownload|filepart|swp|partial)$/i;

/**
 * Makes the function that names the groups of a folder in which nothing has changed for `settleMs`: a file that is still being written waits, and
 * so does everything with its base name.
 */
export function makeReadyGroups(settleMs: number): (folder: string, nowMs: number) => Promise<Group[]> {
  const seen = new Map<string, Seen>();
  return async (folder, nowMs) => {
    const groups = new Map<string, string[]>();
    const entries = await readdir(folder, { withFileTypes: true });
    for (const { name } of entries.filter((one) => one.isFile() && !unfinished.test(one.name)))
      groups.set(baseName(name), [...(groups.get(baseName(name)) ?? []), name]);
    const ready: Group[] = [];
    for (const [base, names] of groups) {
      const key = join(folder, base);
      const print = await printOf(folder, names.sort());
      const before = seen.get(key);
      if (before?.print !== print) seen.set(key, { print, since: nowMs });
      else if (nowMs - before.since >= settleMs) ready.push({ base, names });
    }
    for (const key of seen.keys())
      if (key.startsWith(join(folder, '/')) && !groups.has(key.slice(join(folder, '/').length)))
        seen.delete(key);
    return ready;
  };
}

async function printOf(folder: string, names: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => null);
      return `${name}:${found?.size ?? '-'}:${found?.mtimeMs ?? '-'}`;
    }),
  );
  return parts.join('|');
}
