import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { emptyDatabase, type TestServer } from '../../../test/database.ts';
import { type Database, openDatabase, type Tx } from './connect.ts';
import { listen } from './listen.ts';
import { asWorker, inCompany, notify } from './transactions.ts';

let server: TestServer;
let database: Database;
before(async () => {
  server = await emptyDatabase();
  database = await openDatabase({ url: server.url, poolSize: 4 });
});
after(async () => {
  await database.close();
  await server.release();
});

test('values come as numbers, exact decimals, plain days and instants', async () => {
  const row = await value(
    `select 9007199254740991::int8 as n, 12.30::numeric as money, '2026-02-28'::date as day, '2026-02-28T23:30:00Z'::timestamptz as at,
      '{"a": 1}'::jsonb as json, array[1, 2]::int8[] as ns, array['2026-02-28', null]::date[] as days, '{}'::int8[] as none, null::int8 as nothing`,
  );
  assert.deepEqual(row, {
    n: Number.MAX_SAFE_INTEGER,
    money: '12.30',
    day: '2026-02-28',
    at: new Date('2026-02-28T23:30:00Z'),
    json: { a: 1 },
    ns: [1, 2],
    days: ['2026-02-28', null],
    none: [],
    nothing: null,
  });
});

test('a bigint that a number cannot hold is an error, not another number', async () => {
  await assert.rejects(value('select 9007199254740993::int8 as n'), RangeError);
});

test('errors keep code and constraint, and say nothing of what rows and parameters hold', async () => {
  await database.owner.query(
    'create table people (email text constraint one_each unique check (length(email) > 3))',
  );
  await database.owner.query('grant all on people to envoi_worker');
  const secret = 'rosa@example.com';
  const insert = (tx: Tx<unknown>) => sql`insert into people values (${secret})`.execute(tx);
  await asWorker(database, insert);
  for (const failing of [
    () => asWorker(database, insert),
    () => asWorker(database, (tx) => sql`insert into people values (${secret.slice(0, 2)})`.execute(tx)),
    () => asWorker(database, (tx) => sql`select ${secret}::int`.execute(tx)),
    () => asWorker(database, (tx) => sql.raw(`select '${secret}'::jsonb`).execute(tx)),
    () => asWorker(database, (tx) => sql`select to_date(${secret}, 'YYYY')`.execute(tx)),
  ]) {
    const error = await failing().catch((thrown: unknown) => thrown);
    assert.ok(error instanceof pg.DatabaseError);
    assert.match(error.code ?? '', /^2/);
    const everything = JSON.stringify([error, error.message, error.stack, Object.values(error)]);
    assert.ok(!everything.includes('rosa') && !everything.includes('"ro"'), everything);
  }
});

test('a transaction that throws leaves nothing', async () => {
  await database.owner.query('create table kept (n int); grant all on kept to envoi_app');
  const broken = inCompany(database, 'com_A', async (tx) => {
    await sql`insert into kept values (1)`.execute(tx);
    throw new Error('changed our mind');
  });
  await assert.rejects(broken, /changed our mind/);
  assert.deepEqual((await database.owner.query('select * from kept')).rows, []);
});

test('the company of a transaction is gone when its connection is used again', async () => {
  const ask = sql<{
    company: string;
  }>`select coalesce(current_setting('envoi.company', true), '') as company`;
  for (let n = 0; n < 20; n += 1) {
    await inCompany(database, 'com_A', async (tx) => {
      assert.equal((await ask.execute(tx)).rows[0]?.company, 'com_A');
    });
    assert.equal((await ask.execute(database.app)).rows[0]?.company, '');
  }
});

test('a use case for fewer tables takes a transaction for more, and not the other way round', async () => {
  type Invoices = { invoices: { id: string } };
  type Notes = { notes: { text: string } };
  const needsOne = (tx: Tx<Invoices>) => Promise.resolve(tx);
  const needsBoth = (tx: Tx<Invoices & Notes>) => needsOne(tx);
  await asWorker(database, async (tx) => {
    // @ts-expect-error a transaction for invoices only may not be handed to what also touches notes
    const refused = (one: Tx<Invoices>) => needsBoth(one);
    await refused(tx as unknown as Tx<Invoices>);
  });
});

test('a listener hears what is committed, and looks for itself after its connection was cut', async () => {
  const heard: (string | null)[] = [];
  const listening = await listen(database, 'envoi_test', (payload) => heard.push(payload));
  assert.equal(heard.length, 1);
  assert.equal(heard[0], null);
  await asWorker(database, (tx) => notify(tx, 'envoi_test', 'one'));
  await until(() => heard.includes('one'));
  await asWorker(database, async (tx) => {
    await notify(tx, 'envoi_test', 'never');
    throw new Error('undone');
  }).catch(() => undefined);
  await database.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'envoi listens' and datname = current_database()`,
  );
  await until(() => heard.filter((payload) => payload === null).length === 2);
  await asWorker(database, (tx) => notify(tx, 'envoi_test', 'two'));
  await until(() => heard.includes('two'));
  assert.ok(!heard.includes('never'));
  await listening.close();
});

test('connections that the server cut are replaced', async () => {
  await database.owner.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await new Promise((done) => setTimeout(done, 50));
  assert.deepEqual(await value('select 1 as one'), { one: 1 });
});

test('a connection that is cut between two statements fails its transaction and nothing else', async () => {
  const cut = asWorker(database, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await database.owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await new Promise((done) => setTimeout(done, 100));
    await sql`select 1`.execute(tx);
  });
  await assert.rejects(cut);
  assert.deepEqual(await value('select 1 as one'), { one: 1 });
});

test('what is no PostgreSQL address, and a server that is not there, are refused with a sentence that holds no password', async () => {
  await assert.rejects(openDatabase({ url: 'mysql://root:hunter2@db/x' }), /DATABASE_URL is not the address/);
  await assert.rejects(openDatabase({ url: 'postgres://u:hunter2@127.0.0.1:1/x' }), (error: Error) => {
    assert.match(error.message, /does not let us in .*ECONNREFUSED.*DATABASE_URL/);
    assert.ok(!error.message.includes('hunter2'));
    return error.name === 'DatabaseUnavailable';
  });
});

async function value(text: string): Promise<unknown> {
  return asWorker(database, async (tx) => (await sql.raw(text).execute(tx)).rows[0]);
}

async function until(isTrue: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error('It did not happen within 10 s.');
    await new Promise((done) => setTimeout(done, 5));
  }
}
