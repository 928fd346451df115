import { sql } from 'kysely';
import { type Tx, upsertRows } from '#stores/database';
import type { DocumentRow, MessageRow, OverviewTables } from './overview-tables.ts';

type OverviewTx = Tx<OverviewTables>;

/** Rows per statement: their JSON stays small. */
const rowsPerStatement = 1000;

/** Writes document rows over what stood there. */
export async function upsertDocuments(tx: OverviewTx, rows: readonly DocumentRow[]): Promise<void> {
  for (const part of parts(rows))
    await upsertRows(tx, 'document_overview', part, { key: 'document_id', columns: documentColumns });
}

/** Writes message rows over what stood there, and counts them among those of their day. */
export async function upsertMessages(tx: OverviewTx, rows: readonly MessageRow[]): Promise<void> {
  for (const part of parts(rows)) {
    const ids = part.map((row) => row.message_id);
    await countIn(tx, ids, -1);
    await upsertRows(tx, 'message_overview', part, { key: 'message_id', columns: messageColumns });
    await countIn(tx, ids, 1);
  }
  await tx.deleteFrom('message_days').where('count', '<=', 0).execute();
}

/** Adds what stands there of these messages to the counts of their days, or takes it out of them. */
async function countIn(tx: OverviewTx, ids: readonly string[], by: 1 | -1): Promise<void> {
  await sql`
    insert into message_days (company_id, day, kind, category, sender_id, envelope, count)
    select company_id, day, kind, category, sender_id, envelope, ${by} * count(*)::int from message_overview
    where message_id = any (${ids}::text[]) and role not in ('copy', 'notification')
    group by company_id, day, kind, category, sender_id, envelope
    on conflict (company_id, day, kind, category, sender_id, envelope)
    do update set count = message_days.count + excluded.count`.execute(tx);
}

export async function clearOverview(tx: OverviewTx): Promise<void> {
  // Workers may delete, but only the owner of a table may truncate it.
  await tx.deleteFrom('document_overview').execute();
  await tx.deleteFrom('message_overview').execute();
  await tx.deleteFrom('message_days').execute();
}

const documentColumns = [
  'kind',
  'number',
  'customer_id',
  'customer_name',
  'issue_date',
  'due_date',
  'currency',
  'total',
  'amount_due',
  'paid',
  'paid_on',
  'is_current',
  'envelope',
  'reached',
  'dispatch_count',
  'reminder_count',
  'first_sent_at',
  'first_sender_id',
  'last_event_type',
  'last_event_at',
  'search',
] as const;

const messageColumns = [
  'address',
  'subject',
  'attachment',
  'delivery',
  'detail',
  'engagement',
  'opened_count',
  'viewed_count',
  'downloaded_count',
  'machine_count',
  'attempt_count',
  'first_opened_at',
  'first_seen_at',
  'sent_at',
  'category',
  'day',
  'envelope',
  'last_event_at',
  'due_at',
  'kind',
  'number',
  'search',
] as const;

function* parts<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    yield rows.slice(start, start + rowsPerStatement);
}
