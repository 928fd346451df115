import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { EvidenceTables } from './event-table.ts';

type EvidenceTx = Tx<EvidenceTables>;

/**
 * Gives up to `limit` committed events their place in the log and returns how many. Processes take turns on the head row;
 * it is locked by a statement of its own, so that the next one sees what the process before has placed.
 */
export async function appendToLog(tx: EvidenceTx, limit: number): Promise<number> {
  const head = await tx.selectFrom('log_head').select('size').forUpdate().executeTakeFirstOrThrow();
  const { numAffectedRows } = await sql`
    update events set log_index = ${head.size}::bigint + next.place
    from (select seq, row_number() over (order by seq) as place
          from (select seq from events where log_index is null order by seq limit ${limit}) as waiting) as next
    where events.seq = next.seq`.execute(tx);
  const count = Number(numAffectedRows ?? 0);
  if (count > 0)
    await tx
      .updateTable('log_head')
      .set({ size: head.size + count })
      .execute();
  return count;
}

/** The bytes of the next events after a log index, in their order. */
export async function selectRaw(tx: EvidenceTx, after: number, limit: number): Promise<Buffer[]> {
  const rows = await tx
    .selectFrom('events')
    .select('raw')
    .where('log_index', '>', after)
    .orderBy('log_index')
    .limit(limit)
    .execute();
  return rows.map((row) => row.raw);
}

export async function selectLogSize(tx: EvidenceTx): Promise<number> {
  const row = await tx.selectFrom('log_head').select('size').executeTakeFirstOrThrow();
  return row.size;
}

/** When the first event happened; null for an empty log. */
export async function selectFirstTime(tx: EvidenceTx): Promise<Date | null> {
  const row = await tx.selectFrom('events').select('at').where('log_index', '=', 1).executeTakeFirst();
  return row?.at ?? null;
}

export async function countWaiting(tx: EvidenceTx): Promise<number> {
  const row = await tx
    .selectFrom('events')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('log_index', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/**
 * Locks the follower's cursor until the transaction ends and returns it. While another process holds it: null, or, with `wait`,
 * the cursor as that process leaves it.
 */
export async function lockCursor(
  tx: EvidenceTx,
  name: string,
  busy: 'skip' | 'wait',
): Promise<number | null> {
  const lock = (): Promise<{ after: number } | undefined> =>
    tx
      .selectFrom('cursors')
      .select('after')
      .where('name', '=', name)
      .forUpdate()
      .$if(busy === 'skip', (query) => query.skipLocked())
      .executeTakeFirst();
  const row = await lock();
  if (row) return row.after;
  // Somebody else has it, or this follower has never read.
  await tx
    .insertInto('cursors')
    .values({ name, after: 0 })
    .onConflict((c) => c.column('name').doNothing())
    .execute();
  return (await lock())?.after ?? null;
}

/** How far the named follower has read; 0 before its first round. */
export async function selectCursor(tx: EvidenceTx, name: string): Promise<number> {
  const row = await tx.selectFrom('cursors').select('after').where('name', '=', name).executeTakeFirst();
  return row?.after ?? 0;
}

export async function moveCursor(tx: EvidenceTx, name: string, after: number): Promise<void> {
  await tx.updateTable('cursors').set({ after }).where('name', '=', name).execute();
}
