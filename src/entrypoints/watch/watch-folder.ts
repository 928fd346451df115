import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '#base/crypto';
import type { Log } from '#base/log';
import { type Clock, minute } from '#base/time';
import { getUser, listCompanyIds, ownerOf, type User } from '#domain/accounts';
import { type IntakeDeps, readWatchSettings, receiveFiles, type WatchSettings } from '#domain/intake';
import { asWorker, DatabaseUnavailable, inCompany } from '#stores/database';
import { StorageFull } from '#stores/files';
import { putAway } from './put-away.ts';
import { readDropped } from './read-dropped.ts';
import { type Group, makeReadyGroups, type ReadyGroups } from './ready-groups.ts';
import { sentenceOf } from './sentences.ts';
import { readSidecar, type Sidecar } from './sidecar.ts';

export interface WatchNeeds extends IntakeDeps {
  readonly clock: Clock;
  readonly log: Log;
}

/** A file must have been quiet for so long before it counts as whole. */
const usualSettleMs = 3000;

/** What broke in an unforeseen way is tried again after this time; the rest of the folder does not wait for it. */
const restMs = minute;

/**
 * Makes the round over the watched folder: whole files become documents and, as the company has chosen, dispatches; then they move to `done` or
 * `failed` with a sentence. What was taken in before a crash is known by its contents and not taken in again. A file that cannot be dealt with stops
 * nothing else. Returns how many groups it dealt with.
 */
export function makeWatchRound(
  needs: WatchNeeds,
  root: string,
  settleMs = usualSettleMs,
): () => Promise<number> {
  const ready = makeReadyGroups(settleMs);
  return async () => {
    let count = 0;
    for (const { companyId, folder } of await foldersOf(needs, root)) {
      const groups = await mkdir(folder, { recursive: true })
        .then(() => ready.find(folder, needs.clock().getTime()))
        .catch((error: unknown) => tellBroken(needs, companyId, error));
      for (const group of groups ?? []) {
        await take(needs, ready, companyId, folder, group);
        count += 1;
      }
    }
    return count;
  };
}

/** While there is one company the folder itself is its own; each company has one of its own below it. */
async function foldersOf(needs: WatchNeeds, root: string) {
  const ids = await asWorker(needs.database, listCompanyIds);
  const own = ids.map((companyId) => ({ companyId, folder: join(root, companyId) }));
  const [only] = ids;
  return only !== undefined && ids.length === 1 ? [{ companyId: only, folder: root }] : own;
}

async function take(
  needs: WatchNeeds,
  ready: ReadyGroups,
  companyId: string,
  folder: string,
  group: Group,
): Promise<void> {
  try {
    const outcome = await takeGroup(needs, companyId, folder, group);
    if (outcome === null) return;
    const into = outcome.ok ? 'done' : 'failed';
    const isMoved = await putAway(folder, group, into, outcome.sentence, needs.clock());
    // A name that the system cannot say back stays where it is.
    if (!isMoved) ready.leave(folder, group);
    if (!outcome.ok) needs.log.warn({ companyId, files: group.names.length }, 'a dropped file was put aside');
  } catch (error) {
    if (error instanceof DatabaseUnavailable || error instanceof StorageFull) throw error;
    tellBroken(needs, companyId, error);
    ready.leave(folder, group, needs.clock().getTime() + restMs);
  }
}

/** Errors of the file system name files, and files are named after customers: only their code is logged. */
function tellBroken({ log }: WatchNeeds, companyId: string, error: unknown): null {
  const code = (error as NodeJS.ErrnoException).code;
  log.error(code ? { companyId, code } : { companyId, err: error }, 'a dropped file could not be dealt with');
  return null;
}

/** What became of a group; null when a file of it has gone meanwhile or is still held by another program. */
async function takeGroup(needs: WatchNeeds, companyId: string, folder: string, group: Group) {
  const files: { name: string; bytes: Buffer }[] = [];
  for (const name of group.names) {
    const found = await readDropped(folder, name);
    if (found === null || 'ok' in found) return found;
    files.push(found);
  }
  const beside = files.filter((file) => /\.(json|csv)$/i.test(file.name));
  if (beside.length > 1)
    return { ok: false, sentence: 'There are two sidecars of that name. Drop it again with one of them.' };
  const read = beside[0] ? readSidecar(beside[0].name, beside[0].bytes) : null;
  if (read && !read.ok) return read;
  const who = await inCompany(needs.database, companyId, async (tx) => {
    const settings = await readWatchSettings(tx, companyId);
    const chosen = settings.userId ? await getUser(tx, settings.userId) : null;
    return { settings, user: chosen ?? (await ownerOf(tx, companyId)) };
  });
  const received = await receiveFiles(
    needs,
    {
      companyId,
      by: { actor: 'system', id: 'watched-folder' },
      key: sha256(
        JSON.stringify(['folder', ...files.map((file) => sha256(file.bytes).toString('hex')).sort()]),
      ),
      files: files.filter((file) => !beside.includes(file)),
      facts: read?.sidecar.facts ?? {},
      saidBeside: `${group.base} ${read?.sidecar.subject ?? ''} ${read?.sidecar.text ?? ''}`,
      order: orderOf(who.settings, who.user, read?.sidecar ?? null),
    },
    needs.clock(),
  );
  return { ok: received.ok, sentence: sentenceOf(received) };
}

/** How a group is sent; null: it is only taken in. */
function orderOf({ send }: WatchSettings, user: User | null, sidecar: Sidecar | null) {
  const isNamed = (sidecar?.to?.length ?? 0) > 0;
  if (!user || send === 'never' || (send === 'named' && !isNamed)) return null;
  const { facts: _facts, ...words } = sidecar ?? { facts: {} };
  return {
    ...words,
    author: { actor: 'program', id: 'watched-folder', name: 'Watched folder', user } as const,
    origin: 'api' as const,
  };
}
