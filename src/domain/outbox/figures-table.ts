import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { AttemptOutcome, OutboxTables } from './outbox-tables.ts';

type OutboxTx = Tx<OutboxTables>;

/** How many messages have not left, by state, over all that `tx` may see; each part is read from an index of its own. */
export async function countUnsettled(tx: OutboxTx): Promise<{ delivery: string; count: number }[]> {
  const { rows } = await sql<{ delivery: string; count: number }>`
    select delivery, count(*) as count from messages where delivery in ('scheduled', 'queued', 'deferred') group by 1
    union all select 'sending', count(*) from messages where delivery = 'sending'
    union all select 'held', count(*) from messages where delivery = 'held'`.execute(tx);
  return rows;
}

/** How attempts ended since a time: the outcome, and the class of what went wrong. */
export async function countAttempts(
  tx: OutboxTx,
  since: Date,
): Promise<{ outcome: AttemptOutcome; problem: string; count: number }[]> {
  const { rows } = await sql<{ outcome: AttemptOutcome; problem: string; count: number }>`
    select outcome, coalesce(problem, '') as problem, count(*) as count from attempts
    where ended_at > ${since} and outcome is not null group by 1, 2`.execute(tx);
  return rows;
}
