import { type RawBuilder, sql } from 'kysely';
import { day } from '#base/time';
import type { PaidState } from '#domain/documents';
import type { Tx } from '#stores/database';
import type { DocumentRow, OverviewTables } from './overview-tables.ts';

type OverviewTx = Tx<OverviewTables>;

/** A place in a list that is sorted by newest first. */
export interface Place {
  readonly createdAt: Date;
  readonly id: string;
}

export interface DocumentFilter {
  readonly kind?: string;
  readonly customerId?: string;
  readonly paid?: PaidState | readonly PaidState[];
  readonly envelopes?: readonly string[];
  /** Not paid, and due before this day. */
  readonly dueBefore?: string;
  readonly remindedAtLeast?: number;
  /** Words that must all occur, in part, in number, customer, address or subject. */
  readonly q?: string;
  /** First and last day of the document's date. */
  readonly from?: string;
  readonly to?: string;
}

/** A page of documents, newest first; replaced and canceled ones are left out. */
export async function selectDocumentRows(
  tx: OverviewTx,
  companyId: string,
  filter: DocumentFilter,
  page: { before: Place | null; limit: number },
): Promise<DocumentRow[]> {
  const days = daysBetween(filter.from, filter.to);
  const isFewDays = days.length > 0 && days.length * page.limit <= mostOfDays;
  const conditions = isFewDays
    ? [ofDays(companyId, filter, page, days)]
    : [...documentConditions(companyId, filter), placeCondition('document_id', page.before)];
  const { rows } = await sql<DocumentRow>`
    with found as ${foundFirst(filter.q)} (select * from document_overview where ${all(conditions)})
    select * from found order by created_at desc, document_id desc limit ${page.limit}`.execute(tx);
  return rows;
}

/**
 * A text that is searched everywhere is rare: all rows that have it are found by its index, then sorted. Left to itself, the planner takes it
 * for common as often as not, and walks the whole list from its newest end in search of fifty.
 */
export function foundFirst(text: string | undefined): RawBuilder<unknown> {
  return text?.trim() ? sql`materialized` : sql`not materialized`;
}

const mostOfDays = 40_000; // 366 days with pages of a hundred; beyond, the list is walked from its newest end

/** The newest of each day from the index of days: a month of last spring lies behind everything that came since. */
function ofDays(
  companyId: string,
  { from: _, to: __, ...rest }: DocumentFilter,
  { before, limit }: { before: Place | null; limit: number },
  days: readonly string[],
): Condition {
  const conditions = [...documentConditions(companyId, rest), placeCondition('document_id', before)];
  return sql`document_id = any (array(
    select newest.document_id from unnest(${[...days]}::date[]) as given (day), lateral (
      select document_id, created_at from document_overview where ${all(conditions)} and issue_date = given.day
      order by created_at desc, document_id desc limit ${limit}) as newest
    order by newest.created_at desc, newest.document_id desc limit ${limit}))`;
}

/** Each day from the first to the last, `YYYY-MM-DD`; none where one of them is missing or there are more than 366. */
function daysBetween(from: string | undefined, to: string | undefined): string[] {
  if (!from || !to) return [];
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const count = Math.floor((last - first) / day) + 1;
  if (!(count >= 1 && count <= 366)) return [];
  return Array.from({ length: count }, (_, n) => new Date(first + n * day).toISOString().slice(0, 10));
}

/**
 * The same with a text, looked for among the newest `among` rows that fit all else: where many rows have it, the first page is found in a
 * moment, and nothing is sorted.
 */
export async function selectDocumentRowsAmong(
  tx: OverviewTx,
  companyId: string,
  { q, ...rest }: DocumentFilter,
  page: { before: Place | null; limit: number },
  among: number,
): Promise<DocumentRow[]> {
  const { rows } = await sql<DocumentRow>`
    select * from (
      select * from document_overview where ${all([...documentConditions(companyId, rest), placeCondition('document_id', page.before)])}
      order by created_at desc, document_id desc limit ${among}) as newest
    where ${all(wordConditions(q))} order by created_at desc, document_id desc limit ${page.limit}`.execute(
    tx,
  );
  return rows;
}

/** A number of rows; `isMore`: at least so many. */
export interface Counted {
  readonly count: number;
  readonly isMore: boolean;
}

export const countLimit = 1000;

/** How many documents fit the filter, counted no further than `countLimit`. */
export async function countDocumentRows(
  tx: OverviewTx,
  companyId: string,
  filter: DocumentFilter,
): Promise<Counted> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select 1 from document_overview where ${all(documentConditions(companyId, filter))} limit ${countLimit + 1}) as found`.execute(
    tx,
  );
  return countedOf(rows[0]?.count ?? 0);
}

export function countedOf(count: number): Counted {
  return { count: Math.min(count, countLimit), isMore: count > countLimit };
}

/**
 * How many documents that have the text of `shared` fit each of the filters, in one look: among the newest `among` rows, or among all that the
 * index of texts finds. `isAll`: there are no others.
 */
export async function countFoundRows(
  tx: OverviewTx,
  companyId: string,
  { q, ...rest }: DocumentFilter,
  filters: readonly DocumentFilter[],
  among: number | null,
): Promise<{ readonly counts: readonly number[]; readonly isAll: boolean }> {
  const words = wordConditions(q);
  const columns = sql.raw(
    'company_id, is_current, kind, customer_id, paid, envelope, due_date, reminder_count, issue_date',
  );
  // `offset 0` keeps the text from being compared anew for each of the filters.
  const rows = among
    ? sql`select ${columns}, (${all(words)}) as hit from (
        select ${columns}, search from document_overview where ${all(documentConditions(companyId, rest))}
        order by created_at desc, document_id desc limit ${among}) as newest offset 0`
    : sql`select ${columns}, true as hit from document_overview where ${all([...documentConditions(companyId, rest), ...words])}`;
  const counts = filters.map(
    (filter) => sql`count(*) filter (where hit and ${all(documentConditions(companyId, filter))})::int`,
  );
  const found = await sql<{ looked: number; counts: number[] }>`
    select count(*)::int as looked, array[${sql.join(counts)}] as counts from (${rows}) as looked`.execute(
    tx,
  );
  const [row] = found.rows;
  return { counts: row?.counts ?? [], isAll: among === null || (row?.looked ?? 0) < among };
}

export type Condition = RawBuilder<unknown> | null;

function documentConditions(companyId: string, filter: DocumentFilter): Condition[] {
  return [
    sql`company_id = ${companyId}`,
    sql`is_current`,
    filter.kind ? sql`kind = ${filter.kind}` : null,
    filter.customerId ? sql`customer_id = ${filter.customerId}` : null,
    filter.paid ? isOneOf('paid', [filter.paid].flat()) : null,
    filter.envelopes ? isOneOf('envelope', filter.envelopes) : null,
    filter.dueBefore
      ? sql`due_date < ${filter.dueBefore}::date and paid <> 'paid' and kind <> 'quote'`
      : null,
    filter.remindedAtLeast ? sql`reminder_count >= ${filter.remindedAtLeast}` : null,
    filter.from ? sql`issue_date >= ${filter.from}::date` : null,
    filter.to ? sql`issue_date <= ${filter.to}::date` : null,
    ...wordConditions(filter.q),
  ];
}

/** With one value, an index on the column and the order of the list serves both; with `any` it serves one of them. */
export function isOneOf(column: string, values: readonly string[]): Condition {
  const [only] = values;
  return values.length === 1
    ? sql`${sql.ref(column)} = ${only}`
    : sql`${sql.ref(column)} = any (${[...values]}::text[])`;
}

/** Each word of a search occurs somewhere in the row's text. */
export function wordConditions(q: string | undefined): Condition[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
  return words.flatMap(hasText);
}

/**
 * The row's text has this one, in small letters. The index pays for each three characters that it is asked for, most for those that many
 * rows have ("@gmail.com", "2026-"): where a number stands in the text it is asked for the end of that alone, and what it finds is compared
 * whole. Years are no such numbers.
 */
export function hasText(text: string): Condition[] {
  const numbers = (text.match(/\d{4,}/g) ?? []).filter((digits) => !/^(19|20)\d\d$/.test(digits));
  const rare = numbers.at(-1)?.slice(-5);
  return rare && rare !== text
    ? [isLike('search', rare), sql`strpos(search, ${text}) > 0`]
    : [isLike('search', text)];
}

export function isLike(column: 'search' | 'lower(address)', text: string): Condition {
  return sql`${sql.raw(column)} like ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`;
}

/** After this place in the order newest first. */
export function placeCondition(idColumn: 'document_id' | 'message_id', before: Place | null): Condition {
  return before ? sql`(created_at, ${sql.ref(idColumn)}) < (${before.createdAt}, ${before.id})` : null;
}

export function all(conditions: readonly Condition[]): RawBuilder<unknown> {
  return sql.join(
    conditions.filter((one) => one !== null),
    sql` and `,
  );
}
