import { sql } from 'kysely';
import type { Envelope } from '#domain/dispatch';
import type { Tx } from '#stores/database';
import { type DayFilter, dayFilterConditions } from './message-table.ts';
import type { OverviewTables } from './overview-tables.ts';
import { all } from './read-table.ts';

type OverviewTx = Tx<OverviewTables>;

/** How many e-mails of a day are in a state. */
export interface DayTally {
  readonly day: string;
  readonly envelope: Envelope;
  readonly count: number;
}

export async function selectDayTallies(
  tx: OverviewTx,
  companyId: string,
  filter: DayFilter,
): Promise<DayTally[]> {
  const { rows } = await sql<DayTally>`
    select day, envelope, sum(count)::int as count from message_days where ${all(dayFilterConditions(companyId, filter))}
    group by day, envelope order by day`.execute(tx);
  return rows;
}

/** Half of the newest e-mails that somebody opened were opened sooner: in seconds; null where there is none. */
export async function selectMedianOpening(
  tx: OverviewTx,
  companyId: string,
  filter: DayFilter,
  most: number,
): Promise<number | null> {
  const { rows } = await sql<{ median: number | null }>`
    select percentile_cont(0.5) within group (order by extract(epoch from first_seen_at - sent_at)) as median from (
      select first_seen_at, sent_at from message_overview
      where ${all(dayFilterConditions(companyId, filter))} and role = 'to' and first_seen_at is not null and sent_at <= first_seen_at
      order by day desc limit ${most}) as newest`.execute(tx);
  return rows[0]?.median ?? null;
}

/** The same from the first send of a document to the day on which it was paid: in days, by kind, first sender and day of payment. */
export async function selectMedianPayment(
  tx: OverviewTx,
  companyId: string,
  { kind, senderId, fromDay, toDay }: DayFilter,
  most: number,
): Promise<number | null> {
  const conditions = [
    sql`company_id = ${companyId}`,
    kind ? sql`kind = ${kind}` : null,
    senderId ? sql`first_sender_id = ${senderId}` : null,
    fromDay ? sql`paid_on >= ${fromDay}::date` : null,
    toDay ? sql`paid_on <= ${toDay}::date` : null,
  ];
  const { rows } = await sql<{ median: number | null }>`
    select percentile_cont(0.5) within group (order by greatest(0, paid_on - first_sent_at::date)) as median from (
      select paid_on, first_sent_at from document_overview
      where ${all(conditions)} and paid_on is not null and first_sent_at is not null order by paid_on desc limit ${most}) as newest`.execute(
    tx,
  );
  return rows[0]?.median ?? null;
}

/** How many e-mails each company has had in the month that begins on a day (`YYYY-MM-DD`), canceled ones left out. */
export async function selectUse(tx: OverviewTx, since: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select company_id as id, sum(count)::int as count from message_days where day >= ${since}::date and day < ${since}::date + interval '1 month' and envelope <> 'canceled' group by company_id`.execute(
    tx,
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}
