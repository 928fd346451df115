import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  type Database,
  type Embedded,
  migrate,
  migrationsFolder,
  openDatabase,
  readMigrations,
  startEmbedded,
} from '#stores/database';

export type TestServer = { readonly url: string; readonly release: () => Promise<void> };

const templateLock = 7_363_668_402;

/** Nothing of a test outlives the machine, so the test server need not wait for the disk. */
export const hastySettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
};

/**
 * A fresh database with all migrations and the real roles, for one test file; `close` removes it. Uses the server of the
 * run (`npm test`), or starts or shares one of its own.
 */
export async function testDatabase<Tables>(folder = migrationsFolder): Promise<Database<Tables>> {
  const server = await testServer();
  const template = await makeTemplate(server.url, folder);
  const name = `envoi_test_${randomBytes(6).toString('hex')}`;
  await onServer(server.url, (client) => client.query(`create database ${name} template ${template}`));
  const database = await openDatabase<Tables>({
    url: urlOf(server.url, name),
    name: 'envoi test',
    poolSize: 8,
  });
  return { ...database, close: () => closeAndRemove(database, name, server) };
}

/** An empty database on the test server: for tests of migrations. `close` removes it. */
export async function emptyDatabase(): Promise<TestServer> {
  const server = await testServer();
  const name = `envoi_test_${randomBytes(6).toString('hex')}`;
  await onServer(server.url, (client) => client.query(`create database ${name}`));
  const release = async (): Promise<void> => {
    await onServer(server.url, (client) => client.query(`drop database if exists ${name} with (force)`));
    await server.release();
  };
  return { url: urlOf(server.url, name), release };
}

/** The server named by ENVOI_TEST_DATABASE_URL, else the built-in one, shared by all tests of this user at this time. */
export async function testServer(dataFolder = sharedFolder()): Promise<TestServer> {
  const given = process.env['ENVOI_TEST_DATABASE_URL'];
  if (given) return { url: given, release: () => Promise.resolve() };
  const embedded: Embedded = await startEmbedded({ dataFolder, settings: hastySettings });
  return embedded;
}

function sharedFolder(): string {
  return join(tmpdir(), `envoi-test-${process.getuid?.() ?? 'user'}`);
}

async function closeAndRemove(database: Database, name: string, server: TestServer): Promise<void> {
  await database.close();
  await onServer(server.url, (client) => client.query(`drop database if exists ${name} with (force)`));
  await server.release();
}

/** Makes the migrated database that the others are copied from, once for each state of the migrations. */
async function makeTemplate(server: string, folder: string): Promise<string> {
  const migrations = await readMigrations(folder);
  const securing = await readFile(join(import.meta.dirname, '../src/stores/database/secure-tables.ts'));
  const state = createHash('sha256')
    .update(securing)
    .update(migrations.map(({ name, sha256 }) => name + sha256).join('\n'));
  const name = `envoi_template_${state.digest('hex').slice(0, 16)}`;
  await onServer(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await fillTemplate(client, server, name, folder);
    await client.query('select pg_advisory_unlock($1)', [templateLock]);
  });
  return name;
}

async function fillTemplate(client: pg.Client, server: string, name: string, folder: string): Promise<void> {
  await removeForgotten(client);
  const unfinished = `${name}_unfinished`;
  await client.query(`drop database if exists ${unfinished} with (force)`);
  await client.query(`create database ${unfinished}`);
  const database = await openDatabase({ url: urlOf(server, unfinished) });
  try {
    await migrate(database, folder);
  } finally {
    await database.close();
  }
  await client.query(`alter database ${unfinished} rename to ${name}`);
}

/** Removes what killed tests and earlier states of the migrations left a day ago and before. */
async function removeForgotten(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database where datname ~ '^envoi_(test|template)_[0-9a-f]+'
     and (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < now() - interval '1 day'
     and not exists (select from pg_stat_activity a where a.datid = pg_database.oid)`,
  );
  for (const { name } of rows) await client.query(`drop database if exists ${name}`);
}

/** Runs `work` on the server's database `postgres`, where no test has anything to lose. */
async function onServer(server: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(server, 'postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}
