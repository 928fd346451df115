import { randomToken } from '#base/crypto';
import { newId } from '#base/ids';
import { after, day, minute } from '#base/time';
import { type Company, getCompany, getUser, listMembers } from '#domain/accounts';
import { queueHouseMail } from '#domain/housemail';
import { asWorker, inCompany, type Tx } from '#stores/database';
import { deleteEntries, selectEntries } from './entry-table.ts';
import { type CompanyExport, keptDays } from './export.ts';
import type { ExportDeps, WorkTables } from './export-deps.ts';
import {
  type ExportTables,
  expireExport,
  extendLease,
  failExport,
  finishExport,
  type LeasedExport,
  leaseExport,
  releaseExport,
} from './export-table.ts';
import { makeExport } from './make-export.ts';

/** Between two signs of life lie a part or a hundred files at most. */
const leaseMs = 15 * minute;

/** Somebody else makes it, it must begin anew, or this process stops. */
class NotMine extends Error {}

/**
 * Makes the oldest export that waits, or ends one whose time is over; tells whether there may be more to do. When `stopping` is aborted, what is under way
 * is given back. Owners are mailed when it is ready, and when it cannot be made.
 */
export async function workExports(
  deps: ExportDeps,
  clock: () => Date,
  stopping?: AbortSignal,
): Promise<boolean> {
  const lease = { id: randomToken(), now: clock(), until: after(clock(), leaseMs) };
  const one = await asWorker(deps.database, (tx) => leaseExport(tx, lease));
  if (!one) return endOne(deps, clock());
  await forgetEntries(deps, one);
  const goOn = async (tx: Tx<ExportTables>): Promise<void> => {
    if (stopping?.aborted || !(await extendLease(tx, one, after(clock(), leaseMs)))) throw new NotMine();
  };
  try {
    const made = await makeExport(deps, one, goOn);
    await finish(deps, one, made, clock());
  } catch (error) {
    await giveBack(deps, one, error instanceof NotMine, clock());
    if (!(error instanceof NotMine)) throw error;
    return !stopping?.aborted;
  }
  return true;
}

async function finish(
  deps: ExportDeps,
  one: LeasedExport,
  made: Awaited<ReturnType<typeof makeExport>>,
  now: Date,
): Promise<void> {
  await inCompany(deps.database, one.companyId, async (tx) => {
    const times = { readyAt: now, expiresAt: after(now, keptDays * day) };
    if (!(await finishExport(tx, one, { ...made, ...times }))) throw new NotMine();
    await tellOwners(deps, tx, { ...one, ...made, ...times, state: 'ready' }, now);
  });
}

async function giveBack(deps: ExportDeps, one: LeasedExport, uncounted: boolean, now: Date): Promise<void> {
  const wasMine = await inCompany(deps.database, one.companyId, async (tx) => {
    const isOver = !uncounted && (await failExport(tx, one));
    if (isOver) await tellOwners(deps, tx, { ...one, state: 'failed' }, now);
    return isOver || (await releaseExport(tx, one, uncounted));
  });
  // What another has in hand it clears by itself.
  if (wasMine) await forgetEntries(deps, one);
}

/** Everything about a company leaves: each owner hears of it, whoever asked. */
async function tellOwners(
  deps: ExportDeps,
  tx: Tx<WorkTables>,
  one: CompanyExport,
  now: Date,
): Promise<void> {
  const company: Company | null = await getCompany(tx, one.companyId);
  if (!company) return;
  for (const { userId, role } of await listMembers(tx, one.companyId)) {
    const user = role === 'owner' ? await getUser(tx, userId) : null;
    if (!user) continue;
    await queueHouseMail(tx, {
      id: newId('houseMail', now),
      companyId: one.companyId,
      address: user.email,
      messageId: null,
      createdAt: now,
      content: { kind: 'account', ...deps.wordExport(company, user, one) },
    });
  }
}

/** Removes what was written for one export whose time is over. The row says so first: what is then left of a crash is a file that nobody names. */
async function endOne(deps: ExportDeps, now: Date): Promise<boolean> {
  const one = await asWorker(deps.database, (tx) => expireExport(tx, now));
  if (!one) return false;
  await forgetEntries(deps, one);
  return true;
}

/** Only parts were written for it; files and mails are kept for themselves. */
async function forgetEntries(deps: ExportDeps, of: Pick<CompanyExport, 'id' | 'companyId'>): Promise<void> {
  const entries = await inCompany(deps.database, of.companyId, (tx) => selectEntries(tx, of));
  for (const { source, ref } of entries) if (source === 'part') await deps.files.remove(of.companyId, ref);
  await inCompany(deps.database, of.companyId, (tx) => deleteEntries(tx, of));
}
