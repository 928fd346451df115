import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { emptyDatabase, type TestServer } from '../../../test/database.ts';
import { type Database, openDatabase } from './connect.ts';
import { migrate } from './migrate.ts';
import { appRole, workerRole } from './roles.ts';

let server: TestServer;
let admin: pg.Client;
let database: Database;
let folder: string;
before(async () => {
  server = await emptyDatabase();
  // The first who opens it makes the roles; a hosted PostgreSQL gives its customer a user who is no superuser.
  await (await openDatabase({ url: server.url })).close();
  admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const url = new URL(server.url);
  const name = url.pathname.slice(1);
  const user = `envoi_hosted_${name.slice(-12)}`;
  await admin.query(`create role ${user} login password 'hosted'`);
  await admin.query(`grant ${appRole}, ${workerRole} to ${user}`);
  await admin.query(`alter database ${pg.escapeIdentifier(name)} owner to ${user}`);
  [url.username, url.password] = [user, 'hosted'];
  database = await openDatabase({ url: url.toString() });
  folder = await mkdtemp(join(tmpdir(), 'envoi-migrations-'));
});
after(async () => {
  await database.close();
  await admin.end();
  await server.release();
  await rm(folder, { recursive: true });
});

// The lock binds the owner too; as a member of the workers' role he has their policy.
test('a migration reaches the rows of all companies, also where the owner of the tables is no superuser', async () => {
  assert.equal(database.mode, 'separate');
  await writeFile(
    join(folder, '0001-first.sql'),
    'create table first (id text primary key, company_id text not null, note text);',
  );
  await migrate(database, folder);
  await admin.query(`insert into first values ('a', 'com_A'), ('b', 'com_B')`);
  await writeFile(join(folder, '0002-second.sql'), `update first set note = 'filled';`);
  await migrate(database, folder);
  const { rows } = await admin.query('select note from first');
  assert.deepEqual(rows, [{ note: 'filled' }, { note: 'filled' }]);
});
