import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { DocumentRow, MessageRow, OverviewTables } from './overview-tables.ts';

type OverviewTx = Tx<OverviewTables>;

/** Rows per statement: 27 columns each stay well under PostgreSQL's 65,535 parameters. */
const rowsPerStatement = 1000;

/** Writes document rows over what stood there. */
export async function upsertDocuments(tx: OverviewTx, rows: readonly DocumentRow[]): Promise<void> {
  for (const part of parts(rows)) {
    await tx
      .insertInto('document_overview')
      .values(part.map((row) => ({ ...row, reached: JSON.stringify(row.reached) as never })))
      .onConflict((conflict) => conflict.column('document_id').doUpdateSet(taken(documentColumns)))
      .execute();
  }
}

/** Writes message rows over what stood there. */
export async function upsertMessages(tx: OverviewTx, rows: readonly MessageRow[]): Promise<void> {
  for (const part of parts(rows)) {
    await tx
      .insertInto('message_overview')
      .values([...part])
      .onConflict((conflict) => conflict.column('message_id').doUpdateSet(taken(messageColumns)))
      .execute();
  }
}

export async function clearOverview(tx: OverviewTx): Promise<void> {
  // Workers may delete, but only the owner of a table may truncate it.
  await tx.deleteFrom('document_overview').execute();
  await tx.deleteFrom('message_overview').execute();
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
  'is_current',
  'envelope',
  'reached',
  'dispatch_count',
  'reminder_count',
  'first_sent_at',
  'last_event_type',
  'last_event_at',
  'search',
] as const;

const messageColumns = [
  'address',
  'delivery',
  'detail',
  'engagement',
  'opened_count',
  'viewed_count',
  'downloaded_count',
  'attempt_count',
  'first_opened_at',
  'last_event_at',
  'due_at',
  'kind',
  'number',
  'search',
] as const;

/** `set column = excluded.column` for each of them. */
function taken(columns: readonly string[]): Record<string, RawBuilder<never>> {
  return Object.fromEntries(columns.map((column) => [column, sql<never>`excluded.${sql.ref(column)}`]));
}

function* parts<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    yield rows.slice(start, start + rowsPerStatement);
}
