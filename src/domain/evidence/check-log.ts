import { hour, pause } from '#base/time';
import { asWorker, type Database, type Tx } from '#stores/database';
import type { EvidenceTables } from './event-table.ts';
import {
  deleteCheck,
  deleteChecksBefore,
  endCheck,
  insertCheck,
  type LogCheck,
  lockChecks,
  selectLastChecks,
  selectNewestCheck,
} from './log-check-table.ts';
import { selectFirstTime } from './log-table.ts';
import { type LogReport, verifyLog } from './verify-log.ts';

export interface CheckNeeds {
  readonly database: Database<EvidenceTables>;
  /** Public keys of the log, as they are known outside of the database. */
  readonly verifiers: readonly string[];
  readonly clock: () => Date;
}

/** In UTC: one to six o'clock where this is used most. */
const nightEndsAt = 5;
/** A night's check is not made twice; a machine that is off at night is checked by day, before a second day is over. */
const [nightly, atTheLatest] = [20 * hour, 44 * hour];
/** A million events take a minute and a half at half speed: what has not ended by then was killed. */
const lostAfter = 3 * hour;
const keptFor = 60 * 24 * hour;

/**
 * Verifies the whole log when that is due: once a night, by one process of all, at half speed so that mails come first. The result is kept. Returns
 * null when nothing was due, or when `leaving` was aborted: then it is made again.
 */
export async function checkLogWhenDue(needs: CheckNeeds, leaving: AbortSignal): Promise<LogCheck | null> {
  const { database, verifiers, clock } = needs;
  const id = await asWorker(database, async (tx) => {
    await lockChecks(tx);
    return (await isDue(tx, clock())) ? insertCheck(tx, clock()) : null;
  });
  if (id === null) return null;
  try {
    const report = await verifyLog(database, { verifiers, betweenBatches: restBetween(leaving) });
    return await keep(needs, id, report);
  } catch (error) {
    await asWorker(database, (tx) => deleteCheck(tx, id));
    if (leaving.aborted) return null;
    throw error;
  }
}

/** Since when nobody has seen that the whole log holds: the last check that found nothing wrong, or its beginning; null for an empty log. */
export async function unverifiedSince(tx: Tx<EvidenceTables>): Promise<Date | null> {
  return (await selectLastChecks(tx)).good?.at ?? selectFirstTime(tx);
}

/** Keeps what a check on demand has found, so that it counts like a night's. */
export async function noteLogCheck(needs: Omit<CheckNeeds, 'verifiers'>, report: LogReport): Promise<void> {
  const id = await asWorker(needs.database, (tx) => insertCheck(tx, needs.clock()));
  await keep(needs, id, report);
}

async function keep(
  { database, clock }: Omit<CheckNeeds, 'verifiers'>,
  id: number,
  { events, covered, broken }: LogReport,
): Promise<LogCheck> {
  const check = { at: clock(), events, covered, broken };
  await asWorker(database, async (tx) => {
    await endCheck(tx, id, check);
    await deleteChecksBefore(tx, new Date(check.at.getTime() - keptFor));
  });
  return check;
}

async function isDue(tx: Tx<EvidenceTables>, now: Date): Promise<boolean> {
  const newest = await selectNewestCheck(tx);
  const since = newest?.begunAt ?? (await selectFirstTime(tx));
  if (!since) return false;
  const age = now.getTime() - since.getTime();
  if (newest && !newest.isDone) return age > lostAfter;
  return age > atTheLatest || (age > nightly && now.getUTCHours() < nightEndsAt);
}

/** Rests as long as it worked since the last time; throws when this process is to end. */
function restBetween(leaving: AbortSignal): () => Promise<void> {
  let from = performance.now();
  return async () => {
    await pause(performance.now() - from, leaving);
    leaving.throwIfAborted();
    from = performance.now();
  };
}
