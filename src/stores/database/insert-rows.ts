import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Tx } from './connect.ts';

/**
 * Inserts rows in one statement whose text does not grow with them: they travel as one JSON value, and the table says what their columns
 * are. All rows have the same columns. Not for `bytea`, which JSON cannot hold.
 */
export async function insertRows<Tables, Table extends keyof Tables & string>(
  tx: Tx<Tables>,
  table: Table,
  rows: readonly Partial<Selectable<Tables[Table]>>[],
): Promise<void> {
  if (rows.length > 0) await inserting(table, rows).execute(tx);
}

/** The same, over what stands there: where a row has the `key` already, its `columns` become those of the new one. */
export async function upsertRows<Tables, Table extends keyof Tables & string>(
  tx: Tx<Tables>,
  table: Table,
  rows: readonly Partial<Selectable<Tables[Table]>>[],
  over: { readonly key: string; readonly columns: readonly string[] },
): Promise<void> {
  if (rows.length === 0) return;
  const taken = sql.join(over.columns.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`));
  await sql`${inserting(table, rows)} on conflict (${sql.ref(over.key)}) do update set ${taken}`.execute(tx);
}

function inserting(table: string, rows: readonly object[]): RawBuilder<unknown> {
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.ref(column)));
  return sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${toJson(rows)}::json)`;
}

/** Half of a surrogate pair is no character: as a parameter it becomes U+FFFD, as JSON it would be refused. */
function toJson(rows: readonly unknown[]): string {
  const text = JSON.stringify(rows);
  if (!text.includes('\\ud')) return text;
  return text.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, '$1\ufffd');
}
