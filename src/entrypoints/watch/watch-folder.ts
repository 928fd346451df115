import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '#base/crypto';
import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import { getUser, listCompanyIds, ownerOf, type User } from '#domain/accounts';
import { type IntakeDeps, readWatchSettings, receiveFiles, type WatchSettings } from '#domain/intake';
import { asWorker, inCompany } from '#stores/database';
import { putAway } from './put-away.ts';
import { type Group, makeReadyGroups } from './ready-groups.ts';
import { sentenceOf } from './sentences.ts';
import { readSidecar, type Sidecar } from './sidecar.ts';

export interface WatchNeeds extends IntakeDeps {
  readonly clock: Clock;
  readonly log: Log;
}

/** A file must have been quiet for so long before it counts as whole. */
const usualSettleMs = 3000;
/** Above it nothing is read into memory: `ENVOI_MAX_FILE_MB` allows no document to be larger. */
const largestMb = 100;

/**
 * Makes the round over the watched folder: whole files become documents and, as the company has chosen, dispatches; then they move to `done` or
 * `failed` with a sentence. What was taken in before a crash is known by its contents and not taken in again. Returns how many groups it dealt with.
 */
export function makeWatchRound(
  needs: WatchNeeds,
  root: string,
  settleMs = usualSettleMs,
): () => Promise<number> {
  const readyGroups = makeReadyGroups(settleMs);
  return async () => {
    let count = 0;
    for (const { companyId, folder } of await foldersOf(needs, root)) {
      await mkdir(folder, { recursive: true });
      for (const group of await readyGroups(folder, needs.clock().getTime())) {
        await take(needs, companyId, folder, group);
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

async function take(needs: WatchNeeds, companyId: string, folder: string, group: Group): Promise<void> {
  const outcome = await takeGroup(needs, companyId, folder, group);
  if (outcome === null) return;
  await putAway(folder, group, outcome.ok ? 'done' : 'failed', outcome.sentence, needs.clock());
  if (!outcome.ok) needs.log.warn({ companyId, files: group.names.length }, 'a dropped file was put aside');
}

/** What became of a group; null when a file of it has gone meanwhile. */
async function takeGroup(needs: WatchNeeds, companyId: string, folder: string, group: Group) {
  const files: { name: string; bytes: Buffer }[] = [];
  for (const name of group.names) {
    const size = (await stat(join(folder, name)).catch(() => null))?.size ?? null;
    if (size === null) return null;
    if (size > largestMb * 2 ** 20) return { ok: false, sentence: `${name} is larger than ${largestMb} MB.` };
    files.push({ name, bytes: await readFile(join(folder, name)) });
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
