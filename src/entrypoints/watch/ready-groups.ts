import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { baseName } from '#domain/intake';

/** Files of one base name: a document, perhaps its XML, perhaps a sidecar. */
export interface Group {
  readonly base: string;
  readonly names: readonly string[];
}

/** What lies ready in folders that are looked at again and again. */
export interface ReadyGroups {
  /** The groups of a folder in which nothing has changed for a while. */
  find(folder: string, nowMs: number): Promise<Group[]>;
  /** Names a group no more before `untilMs`, or a change of its files: without `untilMs`, before a change only. */
  leave(folder: string, group: Group, untilMs?: number): void;
}

interface Seen {
  readonly print: string;
  /** It is ready at this time. */
  readonly readyAt: number;
}

/** What is being written, by programs that say so. */
const unfinished = /^[.~]|\.(part|tmp|crdownload|filepart|swp|partial)$/i;

/**
 * Makes what names the groups in which nothing has changed for `settleMs`: a file that is still being written waits, and so does everything with
 * its base name.
 */
export function makeReadyGroups(settleMs: number): ReadyGroups {
  const seen = new Map<string, Seen>();
  const forget = (folder: string, there: ReadonlyMap<string, unknown>): void => {
    const start = join(folder, '/');
    for (const key of seen.keys())
      if (key.startsWith(start) && !there.has(key.slice(start.length))) seen.delete(key);
  };
  return {
    find: async (folder, nowMs) => {
      const groups = await listGroups(folder);
      const ready: Group[] = [];
      for (const [base, names] of groups) {
        const key = join(folder, '/') + base;
        const print = await printOf(folder, names.sort());
        const before = seen.get(key);
        if (before?.print !== print) seen.set(key, { print, readyAt: nowMs + settleMs });
        else if (nowMs >= before.readyAt) ready.push({ base, names });
      }
      forget(folder, groups);
      return ready;
    },
    leave: (folder, { base }, untilMs = Number.POSITIVE_INFINITY) => {
      const key = join(folder, '/') + base;
      const before = seen.get(key);
      if (before) seen.set(key, { ...before, readyAt: untilMs });
    },
  };
}

async function listGroups(folder: string): Promise<Map<string, string[]>> {
  const groups = new Map<string, string[]>();
  const entries = await readdir(folder, { withFileTypes: true });
  for (const { name } of entries.filter((one) => one.isFile() && !unfinished.test(one.name)))
    groups.set(baseName(name), [...(groups.get(baseName(name)) ?? []), name]);
  return groups;
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
