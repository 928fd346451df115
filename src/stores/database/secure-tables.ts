import { createHash } from 'node:crypto';
import pg from 'pg';
import { appRole, type RoleMode, workerRole } from './roles.ts';

/** Tables that are only ever added to, and what a worker may still change there: the place in the log, which comes later. */
const appendOnly: Readonly<Record<string, { readonly workerMayUpdate: string }>> = {
  events: { workerMayUpdate: 'log_index' },
};

/** Read and written before a company is known: the application role has no business there. */
const forWorkers: ReadonlySet<string> = new Set([
  'sign_in_failures',
  'second_factors',
  'recovery_codes',
  'known_browsers',
  'passkeys',
  'passkey_challenges',
  'operators',
  'portal_asks',
  'single_sign_on_answers',
]);

const company = `current_setting('envoi.company', true)`;

/**
 * Rows that the application may look at although they are another company's: only those that the transaction names exactly, so that a
 * forgotten condition in a query shows nothing.
 */
const doors: Readonly<Record<string, string>> = {
  network_names: `name = any (${said('envoi.network_name')})`,
  network_blocks: `from_id = ${company} and company_id = any (${said('envoi.network_partners')})`,
};

/** The list that the transaction has said, one entry a line. */
function said(setting: string): string {
  return `string_to_array(nullif(current_setting('${setting}', true), ''), E'\\n')`;
}

const marker = 'envoi secured';

/**
 * Puts the second lock on every table that has a company_id: row-level security that also binds the owner, policies, and
 * rights for the two roles. Does nothing when the tables are as they were the last time. Each table is changed whole and by itself: while
 * one is waited for no other is held, so that an older process which still works cannot stand in a circle with this one.
 */
export async function secureTables(client: pg.ClientBase, mode: RoleMode): Promise<void> {
  const steps = await stepsFor(client, mode);
  const note = `${marker} ${createHash('sha256').update(steps.flat().join(';')).digest('hex')}`;
  const { rows } = await client.query<{ note: string | null }>(
    `select obj_description('applied_migrations'::regclass, 'pg_class') as note`,
  );
  if (rows[0]?.note === note) return;
  for (const step of steps) await takeStep(client, step);
  await client.query(`comment on table applied_migrations is ${pg.escapeLiteral(note)}`);
}

async function takeStep(client: pg.ClientBase, statements: readonly string[]): Promise<void> {
  await client.query('begin');
  try {
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** The column that says whose row it is: a company is its own. */
function companyColumn(table: string): string {
  return table === 'companies' ? 'id' : 'company_id';
}

type Table = { readonly name: string; readonly columns: readonly string[] };

/** What is to be said, in transactions of their own: one for each table. */
async function stepsFor(client: pg.ClientBase, mode: RoleMode): Promise<string[][]> {
  const { rows } = await client.query<Table & { schema: string; user: string }>(
    `select c.relname::text as name, current_schema()::text as schema, current_user::text as user,
      array(select attname::text from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped order by attnum) as columns
     from pg_class c where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
     order by relname`,
  );
  const steps = rows.map((table) => [
    ...(mode === 'separate' ? rights(table) : []),
    ...(table.columns.includes(companyColumn(table.name)) ? policies(table.name, mode, table.user) : []),
  ]);
  const first = rows[0];
  if (mode === 'single' || first === undefined) return steps;
  const [schema, both] = [pg.escapeIdentifier(first.schema), `${appRole}, ${workerRole}`];
  return [
    [
      `grant usage on schema ${schema} to ${both}`,
      `grant usage, select on all sequences in schema ${schema} to ${both}`,
    ],
    ...steps,
  ];
}

function rights({ name }: Table): string[] {
  const table = pg.escapeIdentifier(name);
  const all = 'select, insert, update, delete';
  const limits = appendOnly[name];
  const [app, worker] =
    name === 'applied_migrations'
      ? ['select', 'select']
      : limits === undefined
        ? [all, all]
        : [
            'select, insert',
            `select, insert, delete, update (${pg.escapeIdentifier(limits.workerMayUpdate)})`,
          ];
  return [
    `revoke all on table ${table} from ${appRole}, ${workerRole}`,
    ...(forWorkers.has(name) ? [] : [`grant ${app} on table ${table} to ${appRole}`]),
    `grant ${worker} on table ${table} to ${workerRole}`,
  ];
}

function policies(name: string, mode: RoleMode, user: string): string[] {
  const table = pg.escapeIdentifier(name);
  const own = `${companyColumn(name)} = ${company}`;
  const make = (policy: string, role: string, rule: string): string =>
    `create policy ${policy} on ${table} to ${role} using (${rule}) with check (${rule})`;
  const drop = ['envoi_company', 'envoi_all', 'envoi_single', 'envoi_door'].map(
    (policy) => `drop policy if exists ${policy} on ${table}`,
  );
  const lock = [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
  ];
  const look = (role: string): string[] =>
    doors[name] ? [`create policy envoi_door on ${table} for select to ${role} using (${doors[name]})`] : [];
  if (mode === 'single') {
    // One role does everything: without a named company it is the worker, with one it is held to it.
    const rule = `coalesce(${company}, '') = '' or ${own}`;
    const self = pg.escapeIdentifier(user);
    return [...lock, ...drop, make('envoi_single', self, rule), ...look(self)];
  }
  const both = [make('envoi_company', appRole, own), make('envoi_all', workerRole, 'true')];
  return [...lock, ...drop, ...both, ...look(appRole)];
}
