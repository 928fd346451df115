import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import { leftOutTables, withheldColumns } from './left-out.ts';

export interface CompanyTable {
  readonly name: string;
  readonly columns: readonly string[];
}

export type Row = Readonly<Record<string, unknown>>;

/** Every table that has rows of companies: whether it is exported or not. */
export async function listCompanyTables(tx: Tx<unknown>): Promise<CompanyTable[]> {
  const { rows } = await sql<CompanyTable>`
    select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
    group by c.relname having bool_or(a.attname = 'company_id') or c.relname = 'companies'
    order by c.relname`.execute(tx);
  return rows;
}

/** What is exported of it: null for a table that is left out. */
export function exportedColumns({ name, columns }: CompanyTable): string[] | null {
  if (name in leftOutTables) return null;
  const withheld = withheldColumns[name] ?? {};
  return columns.filter((column) => !(column in withheld));
}

const batch = 500;

/** The company's rows of a table, some at a time, whatever its size; in no order. */
export async function* readRows(
  tx: Tx<unknown>,
  companyId: string,
  table: string,
  columns: readonly string[],
): AsyncGenerator<readonly Row[]> {
  const own = table === 'companies' ? 'id' : 'company_id';
  const chosen = sql.join(columns.map((column) => sql.ref(column)));
  await sql`declare exported no scroll cursor for select ${chosen} from ${sql.table(table)}
    where ${sql.ref(own)} = ${sql.lit(companyId)}`.execute(tx);
  for (;;) {
    const { rows } = await sql<Row>`fetch forward ${sql.lit(batch)} from exported`.execute(tx);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close exported`.execute(tx);
}
