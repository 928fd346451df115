import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { emptyDatabase, type TestServer, testDatabase } from '../../../test/database.ts';
import { type Database, openDatabase, type Tx } from './connect.ts';
import { migrate } from './migrate.ts';
import { asWorker, inCompany } from './transactions.ts';

const [ours, theirs] = ['com_A', 'com_B'];
let database: Database;
let single: Database;
let server: TestServer;

before(async () => {
  database = await testDatabase();
  server = await emptyDatabase();
  single = await openAsPlainUser(server.url);
  await migrate(single);
  for (const each of [database.owner, single.owner]) await fillAllTables(each);
});
after(async () => {
  await database.close();
  await single.close();
  await server.release();
});

test('every table that has a company_id is under row-level security that also binds its owner', async () => {
  for (const { owner } of [database, single]) {
    const { rows } = await owner.query(
      `select relname from pg_class c join pg_attribute a on attrelid = c.oid and attname = 'company_id'
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not (relrowsecurity and relforcerowsecurity and exists (select from pg_policy where polrelid = c.oid))`,
    );
    assert.deepEqual(rows, []);
    assert.ok((await companyTables(owner)).length > 10);
  }
});

test('the roles are not superusers and cannot pass row-level security by', async () => {
  for (const run of [inOurs, asWorker]) {
    const rows = await run(database, (tx) =>
      select(tx, `select rolsuper or rolbypassrls as may from pg_roles where rolname = current_user`),
    );
    assert.deepEqual(rows, [{ may: false }]);
  }
});

for (const [name, chosen] of [
  ['separate roles', () => database],
  ['a single role', () => single],
] as const) {
  test(`with ${name}, a company reads, changes and deletes nothing of another one, in any table`, async () => {
    for (const table of await companyTables(chosen().owner)) {
      const seen = await inOurs(chosen(), (tx) => select(tx, `select distinct company_id from ${table}`));
      assert.deepEqual(seen, [{ company_id: ours }], `${table} shows only our rows`);
      for (const change of [`update ${table} set company_id = company_id`, `delete from ${table}`]) {
        const reached = await reachOfChange(chosen(), `${change} where company_id = '${theirs}' returning 1`);
        assert.equal(reached, 0, `${change} reaches nothing of theirs`);
      }
    }
  });

  test(`with ${name}, a company cannot write a row for another one, in any table`, async () => {
    for (const table of await companyTables(chosen().owner)) {
      const insert = insertOf(table, await columnsOf(chosen().owner, table), theirs);
      await assert.rejects(
        inOurs(chosen(), (tx) => select(tx, insert)),
        /row-level security/,
        table,
      );
    }
  });

  test(`with ${name}, workers see all companies, and a transaction's company does not outlive it`, async () => {
    for (const table of await companyTables(chosen().owner)) {
      await inOurs(chosen(), (tx) => select(tx, 'select 1'));
      const seen = await asWorker(chosen(), (tx) =>
        select(tx, `select distinct company_id from ${table} order by 1`),
      );
      assert.deepEqual(seen, [{ company_id: ours }, { company_id: theirs }], table);
    }
  });
}

test('without a named company, requests see nothing', async () => {
  const { rows } = await sql.raw<{ n: number }>('select count(*) as n from events').execute(database.app);
  assert.deepEqual(rows, [{ n: 0 }]);
});

test('tables are secured beside a process that holds one of them and then wants another', async () => {
  const spare = await emptyDatabase();
  const roles = await openDatabase({ url: spare.url });
  const older = new pg.Client(spare.url);
  try {
    await older.connect();
    await migrate(roles);
    await roles.owner.query('comment on table applied_migrations is null'); // as after a change of what secures them
    await older.query(`begin; set local deadlock_timeout = '10ms'; lock table webhooks in access share mode`);
    const securing = migrate(roles);
    await waitsForLock(roles);
    await older.query('lock table companies in access share mode; commit');
    assert.deepEqual(await securing, []);
  } finally {
    await older.end();
    await roles.close();
    await spare.release();
  }
});

async function waitsForLock({ owner }: Database): Promise<void> {
  for (;;) {
    const { rows } = await owner.query(
      'select 1 from pg_locks join pg_database d on d.oid = database where not granted and datname = current_database()',
    );
    if (rows.length > 0) return;
  }
}

test('events are only added to: nobody changes what they say', async () => {
  const denied = /permission denied/;
  await assert.rejects(
    inOurs(database, (tx) => select(tx, 'update events set log_index = 1')),
    denied,
  );
  await assert.rejects(
    inOurs(database, (tx) => select(tx, 'delete from events')),
    denied,
  );
  await assert.rejects(
    asWorker(database, (tx) => select(tx, `update events set hash = ''`)),
    denied,
  );
  await asWorker(database, (tx) => select(tx, `update events set log_index = null where false`));
});

test('a database user that may not make roles gets a sentence about what is weaker', () => {
  assert.equal(database.weaker, null);
  assert.match(single.weaker ?? '', /may not create roles/);
});

function inOurs<R>(on: Database, work: (tx: Tx<unknown>) => Promise<R>): Promise<R> {
  return inCompany(on, ours, work);
}

async function select(tx: Tx<unknown>, text: string): Promise<Record<string, unknown>[]> {
  return (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows;
}

async function reachOfChange(on: Database, text: string): Promise<number> {
  try {
    return (await inOurs(on, (tx) => select(tx, text))).length;
  } catch (error) {
    if (/permission denied/.test((error as Error).message)) return 0;
    throw error;
  }
}

async function companyTables(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select relname::text as name from pg_class c join pg_attribute a on attrelid = c.oid and attname = 'company_id'
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
  );
  return rows.map(({ name }) => pg.escapeIdentifier(name));
}

/** Puts a row of each company into every table, whatever its columns, with keys and checks out of the way. */
async function fillAllTables(owner: pg.Pool): Promise<void> {
  const client = await owner.connect();
  try {
    for (const table of await companyTables(owner)) await fillTable(client, table);
  } finally {
    client.release();
  }
}

async function fillTable(client: pg.PoolClient, table: string): Promise<void> {
  const columns = await columnsOf(client, table);
  const constraints = await client.query<{ name: string }>(
    `select conname::text as name from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f')`,
    [table],
  );
  for (const { name } of constraints.rows) {
    await client.query(`alter table ${table} drop constraint ${pg.escapeIdentifier(name)} cascade`);
  }
  for (const company of [ours, theirs]) await client.query(insertOf(table, columns, company));
}

type Column = { readonly name: string; readonly type: string };

async function columnsOf(on: pg.Pool | pg.PoolClient, table: string): Promise<Column[]> {
  const { rows } = await on.query<Column>(
    `select attname::text as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return rows;
}

function insertOf(table: string, columns: readonly Column[], company: string): string {
  const names = columns.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
  const values = columns.map(({ name, type }) =>
    name === 'company_id' ? `'${company}'` : sample(type, company),
  );
  return `insert into ${table} (${names}) overriding system value values (${values.join(', ')})`;
}

function sample(type: string, company: string): string {
  const n = company === ours ? 1 : 2;
  if (type.endsWith('[]')) return `'{}'`;
  if (/^(text|character|citext)/.test(type)) return `'${company}'`;
  if (/^json/.test(type)) return `'{}'`;
  if (/^(int|bigint|small|numeric|real|double)/.test(type)) return String(n);
  if (type.startsWith('time') || type === 'date') return `'2026-01-0${n}'`;
  if (type === 'boolean') return 'true';
  if (type === 'bytea') return `'\\x0${n}'`;
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'inet') return `'127.0.0.${n}'`;
  return 'null';
}

async function openAsPlainUser(url: string): Promise<Database> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const name = `envoi_plain_${new URL(url).pathname.slice(-12)}`;
  await admin.query(`create role ${name} login password 'plain'`);
  await admin.query(`alter database ${pg.escapeIdentifier(new URL(url).pathname.slice(1))} owner to ${name}`);
  await admin.end();
  const plain = new URL(url);
  [plain.username, plain.password] = [name, 'plain'];
  return openDatabase({ url: plain.toString(), poolSize: 4 });
}
