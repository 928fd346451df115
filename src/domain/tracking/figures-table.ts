import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { TrackingTables } from './tracking-tables.ts';

/** How many hits came in since a time, by signal and by who or what they were. */
export async function countHits(
  tx: Tx<TrackingTables>,
  since: Date,
): Promise<{ signal: string; actor: string; count: number }[]> {
  const { rows } = await sql<{ signal: string; actor: string; count: number }>`
    select signal, actor, sum(times) as count from hits where at > ${since} group by 1, 2`.execute(tx);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}
