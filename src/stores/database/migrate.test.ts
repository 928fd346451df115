import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { emptyDatabase, type TestServer } from '../../../test/database.ts';
import { type Database, openDatabase } from './connect.ts';
import { isMigrated, migrate, readMigrations } from './migrate.ts';

let server: TestServer;
let database: Database;
let folder: string;
before(async () => {
  server = await emptyDatabase();
  database = await openDatabase({ url: server.url });
  folder = await mkdtemp(join(tmpdir(), 'envoi-migrations-'));
});
after(async () => {
  await database.close();
  await server.release();
  await rm(folder, { recursive: true });
});

test('migrations are applied in order, once, and their state can be asked', async () => {
  await write('0001-first.sql', 'create table first (id text primary key, company_id text not null);');
  await write('0002-second.sql', 'alter table first add column note text; create index on first (note);');
  assert.equal(await isMigrated(database, folder), false);
  assert.deepEqual(await migrate(database, folder), ['0001-first.sql', '0002-second.sql']);
  assert.deepEqual(await migrate(database, folder), []);
  assert.equal(await isMigrated(database, folder), true);
});

test('processes that migrate at the same time take turns, and each migration runs once', async () => {
  await write(
    '0003-slow.sql',
    'create table slow (n int); select pg_sleep(0.3); insert into slow values (1);',
  );
  const others = await Promise.all([1, 2, 3].map(() => openDatabase({ url: server.url })));
  const applied = await Promise.all(others.map((other) => migrate(other, folder)));
  assert.deepEqual(applied.flat(), ['0003-slow.sql']);
  await Promise.all(others.map((other) => other.close()));
  const { rows } = await database.owner.query('select n from slow');
  assert.deepEqual(rows, [{ n: 1 }]);
});

test('a migration that fails leaves nothing behind and says which it was', async () => {
  await write(
    '0004-broken.sql',
    'create table half (n int); insert into half values (1); select * from nowhere;',
  );
  await assert.rejects(migrate(database, folder), /0004-broken\.sql: relation "nowhere" does not exist/);
  const { rows } = await database.owner.query("select to_regclass('half') as half");
  assert.deepEqual(rows, [{ half: null }]);
  await rm(join(folder, '0004-broken.sql'));
});

test('a migration that was changed after it was applied is refused with a sentence', async () => {
  const [first] = await readMigrations(folder);
  assert.ok(first);
  await write('0001-first.sql', `${first.text}\n-- better`);
  await assert.rejects(migrate(database, folder), /0001-first\.sql was changed after it was applied/);
  await write('0001-first.sql', first.text);
});

test('a database that a newer Envoi has migrated is refused with a sentence', async () => {
  const [, second] = await readMigrations(folder);
  assert.ok(second);
  await rm(join(folder, second.name));
  await assert.rejects(migrate(database, folder), /used by a newer Envoi/);
  await write(second.name, second.text);
});

test('names that do not fit and numbers used twice are refused', async () => {
  await write('0003-again.sql', 'select 1');
  await assert.rejects(readMigrations(folder), /same number/);
  await rm(join(folder, '0003-again.sql'));
  await write('5-Odd.sql', 'select 1');
  await assert.rejects(readMigrations(folder), /NNNN-name\.sql/);
  await rm(join(folder, '5-Odd.sql'));
});

async function write(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text);
}
