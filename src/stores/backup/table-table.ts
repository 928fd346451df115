import type pg from 'pg';

/** A table that is saved: its name and the columns that hold data of their own. */
export interface SourceTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** All tables of the installation except the list of migrations, what others refer to first. */
export async function listTables(client: pg.ClientBase): Promise<SourceTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(
    `select c.relname::text as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            and a.attgenerated = '' order by a.attnum) as columns,
      array(select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
            where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
     from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
       and c.relname <> 'applied_migrations' order by c.relname`,
  );
  const sorted: SourceTable[] = [];
  const place = (name: string): void => {
    const table = rows.find((row) => row.name === name);
    if (!table || sorted.some((one) => one.name === name)) return;
    for (const other of table.needs) place(other);
    sorted.push({ name, columns: table.columns });
  };
  for (const { name } of rows) place(name);
  return sorted;
}

export async function readMigrationsApplied(
  client: pg.ClientBase,
): Promise<{ name: string; sha256: string }[]> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from applied_migrations order by name',
  );
  return rows;
}

/** Tells whether somebody uses the installation already. */
export async function isInUse(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>(
    `select exists (select from pg_class where relnamespace = current_schema()::regnamespace and relname = 'companies') as known`,
  );
  if (!rows[0]?.known) return false;
  const found = await client.query<{ used: boolean }>('select exists (select from companies) as used');
  return found.rows[0]?.used ?? false;
}

/** Lets the owner write where row-level security binds him too, until the transaction ends; secureTables locks it again. */
export async function unlock(client: pg.ClientBase, tables: readonly SourceTable[]): Promise<void> {
  for (const { name } of tables)
    await client.query(`alter table ${quoted(name)} no force row level security`);
  // The mark says that everything is secured as it was; without it the next migration secures it anew.
  await client.query('comment on table applied_migrations is null');
}

export async function emptyTables(client: pg.ClientBase, tables: readonly SourceTable[]): Promise<void> {
  await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`);
}

/** Continues numbering after the highest number that was loaded. */
export async function moveSequences(client: pg.ClientBase, tables: readonly SourceTable[]): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `select c.relname::text as table, a.attname::text as column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relname = any ($1) and c.relnamespace = current_schema()::regnamespace and a.attidentity <> ''`,
    [tables.map((one) => one.name)],
  );
  for (const { table, column, sequence } of rows)
    await client.query(
      `select setval($1::regclass, coalesce((select max(${quoted(column)}) from ${quoted(table)}), 0) + 1, false)`,
      [sequence],
    );
}

export function copyOut({ name, columns }: SourceTable): string {
  // Of a query, because a table with row-level security cannot be copied itself.
  return `copy (select ${columns.map(quoted).join(', ')} from ${quoted(name)}) to stdout`;
}

export function copyIn({ name, columns }: SourceTable): string {
  return `copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`;
}

/** Reads all companies, in a snapshot that does not change any more. */
export async function beginSnapshot(client: pg.ClientBase, role: string | null): Promise<void> {
  await client.query('begin transaction isolation level repeatable read read only');
  // The owner is bound by row-level security too; the worker's role sees everything.
  if (role !== null) await client.query(`set local role ${quoted(role)}`);
  await client.query('set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
