import { type Selectable, sql } from 'kysely';
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
  const [first] = rows;
  if (!first) return;
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${toJson(rows)}::json)`.execute(
    tx,
  );
}

/** The same, over what stands there: where a row has the `key` already, its `columns` become those of the new one. */
export async function upsertRows<Tables, Table extends keyof Tables & string>(
  tx: Tx<Tables>,
  table: Table,
  rows: readonly Partial<Selectable<Tables[Table]>>[],
  over: { readonly key: string; readonly columns: readonly string[] },
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  const taken = sql.join(over.columns.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`));
  await sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${toJson(rows)}::json)
    on conflict (${sql.ref(over.key)}) do update set ${taken}`.execute(tx);
}

/** Half of a surrogate pair is no character: as a parameter it becomes U+FFFD, as JSON it would be refused. */
function toJson(rows: readonly unknown[]): string {
  const text = JSON.stringify(rows);
  if (!text.includes('\\ud')) return text;
  return text.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, '$1\ufffd');
}
