import { type Generated, type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';

export interface LogCheckTables {
  log_checks: {
    id: Generated<number>;
    begun_at: Date;
    ended_at: Date | null;
    events: number | null;
    covered: number | null;
    fault: string | null;
    place: number | null;
    event_id: string | null;
    part: string | null;
  };
}

type CheckTx = Tx<LogCheckTables>;
type Row = Selectable<LogCheckTables['log_checks']>;

/** A check of the whole log that was made to its end. */
export interface LogCheck {
  readonly at: Date;
  readonly events: number;
  readonly covered: number;
  /** The first thing that did not fit: a `LogBreak`, in the words of the version that made the check. */
  readonly broken: {
    readonly fault: string;
    readonly logIndex: number | null;
    readonly eventId: string | null;
    readonly part: string | null;
  } | null;
}

/** Lets one process at a time look whether a check is due, until the transaction ends. */
export async function lockChecks(tx: CheckTx): Promise<void> {
  await sql`lock table log_checks in share row exclusive mode`.execute(tx);
}

/** When the newest check was begun, and whether it has ended; null before the first. */
export async function selectNewestCheck(
  tx: CheckTx,
): Promise<{ readonly begunAt: Date; readonly isDone: boolean } | null> {
  const row = await tx.selectFrom('log_checks').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row ? { begunAt: row.begun_at, isDone: row.ended_at !== null } : null;
}

export async function insertCheck(tx: CheckTx, begunAt: Date): Promise<number> {
  const row = { begun_at: begunAt, ended_at: null, events: null, covered: null };
  const { id } = await tx
    .insertInto('log_checks')
    .values({ ...row, fault: null, place: null, event_id: null, part: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function endCheck(tx: CheckTx, id: number, check: LogCheck): Promise<void> {
  const { at, events, covered, broken } = check;
  const found = {
    fault: broken?.fault ?? null,
    place: broken?.logIndex ?? null,
    event_id: broken?.eventId ?? null,
    part: broken?.part ?? null,
  };
  await tx
    .updateTable('log_checks')
    .set({ ended_at: at, events, covered, ...found })
    .where('id', '=', id)
    .execute();
}

export async function deleteCheck(tx: CheckTx, id: number): Promise<void> {
  await tx.deleteFrom('log_checks').where('id', '=', id).execute();
}

export async function deleteChecksBefore(tx: CheckTx, before: Date): Promise<void> {
  await tx.deleteFrom('log_checks').where('begun_at', '<', before).execute();
}

/** The last check that was made to its end, and the last one that found nothing wrong; null while there is none. */
export async function selectLastChecks(
  tx: CheckTx,
): Promise<{ readonly last: LogCheck | null; readonly good: LogCheck | null }> {
  const done = tx
    .selectFrom('log_checks')
    .selectAll()
    .where('ended_at', 'is not', null)
    .orderBy('id', 'desc');
  const last = await done.limit(1).executeTakeFirst();
  const good = await done.where('fault', 'is', null).limit(1).executeTakeFirst();
  return { last: last ? toCheck(last) : null, good: good ? toCheck(good) : null };
}

function toCheck({ begun_at, ended_at, events, covered, fault, place, event_id, part }: Row): LogCheck {
  const broken = fault ? { fault, logIndex: place, eventId: event_id, part } : null;
  return { at: ended_at ?? begun_at, events: events ?? 0, covered: covered ?? 0, broken };
}
