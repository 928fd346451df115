import { sql } from 'kysely';
import { after, day } from '#base/time';
import type { Envelope } from '#domain/dispatch';
import type { Tx } from '#stores/database';
import type { MessageCategory, MessageRow, OverviewTables } from './overview-tables.ts';
import {
  all,
  type Condition,
  type Counted,
  countedOf,
  countLimit,
  foundFirst,
  hasText,
  isLike,
  isOneOf,
  type Place,
  placeCondition,
  wordConditions,
} from './read-table.ts';

type OverviewTx = Tx<OverviewTables>;

export interface MessageFilter {
  readonly kind?: string;
  readonly purpose?: string;
  readonly origin?: string;
  readonly category?: MessageCategory;
  readonly delivery?: readonly string[];
  readonly engagement?: readonly string[];
  readonly envelopes?: readonly Envelope[];
  /** The whole address, in any case. */
  readonly recipient?: string;
  /** A part of it. */
  readonly recipientPart?: string;
  readonly senderId?: string;
  readonly dispatchId?: string;
  readonly role?: string;
  /** Without the senders' own duplicates. */
  readonly withoutCopies?: boolean;
  readonly q?: string;
  /** From this instant, and before that one. */
  readonly from?: Date;
  readonly before?: Date;
  /** First and last day on the company's clock. */
  readonly fromDay?: string;
  readonly toDay?: string;
}

/** A page of messages, newest first. */
export async function selectMessageRows(
  tx: OverviewTx,
  companyId: string,
  filter: MessageFilter,
  page: { before: Place | null; limit: number },
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    with found as ${foundFirst(filter.q ?? filter.recipientPart)} (
      select * from message_overview where ${all([...messageConditions(companyId, filter), placeCondition('message_id', page.before)])})
    select * from found order by created_at desc, message_id desc limit ${page.limit}`.execute(tx);
  return rows;
}

/** The same with a text, looked for among the newest `among` rows that fit all else (see `selectDocumentRowsAmong`). */
export async function selectMessageRowsAmong(
  tx: OverviewTx,
  companyId: string,
  { q, recipientPart, ...rest }: MessageFilter,
  page: { before: Place | null; limit: number },
  among: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from (
      select * from message_overview where ${all([...messageConditions(companyId, rest), placeCondition('message_id', page.before)])}
      order by created_at desc, message_id desc limit ${among}) as newest
    where ${all([...partConditions(recipientPart), ...wordConditions(q)])} order by created_at desc, message_id desc limit ${page.limit}`.execute(
    tx,
  );
  return rows;
}

/** How many messages fit the filter, counted no further than `countLimit`. */
export async function countMessageRows(
  tx: OverviewTx,
  companyId: string,
  filter: MessageFilter,
): Promise<Counted> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select 1 from message_overview where ${all(messageConditions(companyId, filter))} limit ${countLimit + 1}) as found`.execute(
    tx,
  );
  return countedOf(rows[0]?.count ?? 0);
}

/** One state of one category, and how many there are. */
export interface Tally {
  readonly category: MessageCategory;
  readonly envelope: Envelope;
  readonly count: number;
}

/** What the counts per day can answer. */
export type DayFilter = Pick<
  MessageFilter,
  'kind' | 'category' | 'senderId' | 'envelopes' | 'fromDay' | 'toDay'
>;

/** Exact counts per category and state, from those per day. */
export async function sumDays(tx: OverviewTx, companyId: string, filter: DayFilter): Promise<Tally[]> {
  const { rows } = await sql<Tally>`
    select category, envelope, sum(count)::int as count from message_days where ${all(dayFilterConditions(companyId, filter))}
    group by category, envelope`.execute(tx);
  return rows;
}

/** The senders of a company that have e-mails, in no order. */
export async function selectSendersWithMails(tx: OverviewTx, companyId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct sender_id as id from message_days where company_id = ${companyId} and count > 0`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** The same of a text, among the newest `among` rows that fit all else. */
export async function tallyRowsAmong(
  tx: OverviewTx,
  companyId: string,
  { q, recipientPart, ...rest }: MessageFilter,
  among: number,
): Promise<{ readonly tallies: readonly Tally[]; readonly isAll: boolean }> {
  const { rows } = await sql<Tally & { looked: number }>`
    select category, envelope, count(*) filter (where hit)::int as count, count(*)::int as looked from (
      select category, envelope, (${all([...partConditions(recipientPart), ...wordConditions(q)])}) as hit from (
        select category, envelope, search, address from message_overview where ${all(messageConditions(companyId, rest))}
        order by created_at desc, message_id desc limit ${among}) as newest offset 0) as looked
    group by category, envelope`.execute(tx);
  const looked = rows.reduce((sum, row) => sum + row.looked, 0);
  const tallies = rows.filter(({ count }) => count > 0).map(({ looked: _, ...tally }) => tally);
  return { tallies, isAll: looked < among };
}

/** The same by looking at the rows, no more than `most` of them. */
export async function tallyRows(
  tx: OverviewTx,
  companyId: string,
  filter: MessageFilter,
  most: number,
): Promise<Tally[]> {
  const { rows } = await sql<Tally>`
    select category, envelope, count(*)::int as count from (
      select category, envelope from message_overview where ${all(messageConditions(companyId, filter))} limit ${most}) as found
    group by category, envelope`.execute(tx);
  return rows;
}

function messageConditions(companyId: string, filter: MessageFilter): Condition[] {
  return [
    sql`company_id = ${companyId}`,
    filter.kind ? sql`kind = ${filter.kind}` : null,
    filter.purpose ? sql`purpose = ${filter.purpose}` : null,
    filter.category ? sql`category = ${filter.category}` : null,
    filter.envelopes ? isOneOf('envelope', filter.envelopes) : null,
    filter.origin ? sql`origin = ${filter.origin}` : null,
    filter.delivery ? isOneOf('delivery', filter.delivery) : null,
    filter.engagement ? isOneOf('engagement', filter.engagement) : null,
    filter.recipient ? sql`lower(address) = ${filter.recipient.toLowerCase()}` : null,
    ...partConditions(filter.recipientPart),
    filter.senderId ? sql`sender_id = ${filter.senderId}` : null,
    filter.dispatchId ? sql`dispatch_id = ${filter.dispatchId}` : null,
    filter.role ? sql`role = ${filter.role}` : null,
    filter.withoutCopies ? sql`role not in ('copy', 'notification')` : null,
    filter.from ? sql`created_at >= ${filter.from}` : null,
    filter.before ? sql`created_at < ${filter.before}` : null,
    ...dayConditions(filter),
    ...wordConditions(filter.q),
  ];
}

/** Conditions that the counts per day share with the rows. */
export function dayFilterConditions(companyId: string, filter: DayFilter): Condition[] {
  return [
    sql`company_id = ${companyId}`,
    filter.kind ? sql`kind = ${filter.kind}` : null,
    filter.category ? sql`category = ${filter.category}` : null,
    filter.senderId ? sql`sender_id = ${filter.senderId}` : null,
    filter.envelopes ? sql`envelope = any (${filter.envelopes}::text[])` : null,
    filter.fromDay ? sql`day >= ${filter.fromDay}::date` : null,
    filter.toDay ? sql`day <= ${filter.toDay}::date` : null,
  ];
}

/**
 * The day decides, and has an index. What left by a day was written before its end (a day is never more than 15 hours away from UTC), which lets
 * the other indexes help; it may have been written long before its beginning. The bound is an instant and no sum of dates: a comparison with
 * those is not leakproof, and row-level security keeps it away from the indexes.
 */
function dayConditions({ fromDay, toDay }: MessageFilter): Condition[] {
  return [
    fromDay ? sql`day >= ${fromDay}::date` : null,
    toDay ? sql`day <= ${toDay}::date and created_at < ${after(new Date(toDay), 2 * day)}` : null,
  ];
}

/** The search text holds the address too, and has the index. */
function partConditions(part: string | undefined): Condition[] {
  const text = part?.toLowerCase();
  return text ? [...hasText(text), isLike('lower(address)', text)] : [];
}
