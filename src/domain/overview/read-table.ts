import { type RawBuilder, sql } from 'kysely';
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
  const { rows } = await sql<DocumentRow>`
    select * from document_overview where ${all([...documentConditions(companyId, filter), placeCondition('document_id', page.before)])}
    order by created_at desc, document_id desc limit ${page.limit}`.execute(tx);
  return rows;
}

export const countLimit = 1000;

/** How many documents fit the filter, counted no further than `countLimit`. */
export async function countDocumentRows(
  tx: OverviewTx,
  companyId: string,
  filter: DocumentFilter,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select 1 from document_overview where ${all(documentConditions(companyId, filter))} limit ${countLimit}) as found`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

export type Condition = RawBuilder<unknown> | null;

function documentConditions(companyId: string, filter: DocumentFilter): Condition[] {
  return [
    sql`company_id = ${companyId}`,
    sql`is_current`,
    filter.kind ? sql`kind = ${filter.kind}` : null,
    filter.customerId ? sql`customer_id = ${filter.customerId}` : null,
    filter.paid ? sql`paid = any (${[filter.paid].flat()}::text[])` : null,
    filter.envelopes ? sql`envelope = any (${filter.envelopes}::text[])` : null,
    filter.dueBefore ? sql`due_date < ${filter.dueBefore}::date and paid <> 'paid'` : null,
    filter.remindedAtLeast ? sql`reminder_count >= ${filter.remindedAtLeast}` : null,
    filter.from ? sql`issue_date >= ${filter.from}::date` : null,
    filter.to ? sql`issue_date <= ${filter.to}::date` : null,
    ...wordConditions(filter.q),
  ];
}

/** Each word of a search occurs somewhere in the row's text. */
export function wordConditions(q: string | undefined): Condition[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
  return words.map((word) => sql`search like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`);
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
