import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { silentLog } from '#base/log';
import { loadConfig } from '#config';
import { createApiKey } from '#domain/accounts';
import { type Database, DatabaseUnavailable, inCompany, openDatabase, startEmbedded } from '#stores/database';
import { freePort } from '../../test/free-port.ts';
import { testInstallation } from '../../test/installation.ts';
import { startSystemPostgres, systemPostgres } from '../../test/servers/system-postgres.ts';
import { skipLoudly } from '../../test/skip.ts';
import { backUp, restore } from './backup.ts';

let folder: string;
const now = new Date('2026-11-27T06:00:00.000Z');
const around = { log: silentLog, say: () => undefined, now };
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-major-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const majorOf = async (database: Database): Promise<number> => {
  const { rows } = await database.owner.query<{ n: number }>(
    `select current_setting('server_version_num')::int / 10000 as n`,
  );
  return rows[0]?.n ?? 0;
};

/** What a table holds, in an order and form that do not depend on the version. */
async function rowsOf(database: Database, table: string): Promise<string[]> {
  const { rows } = await database.owner.query<{ row: string }>(
    `select to_jsonb(t)::text as row from ${table} t order by 1`,
  );
  return rows.map(({ row }) => row);
}

async function tablesOf(database: Database): Promise<string[]> {
  const { rows } = await database.owner.query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** What a restore changes on purpose: e-mails are held, which is an event, and everybody signs in again. */
const changed = new Set(['applied_migrations', 'messages', 'events', 'event_heads', 'sessions', 'workers']);

test('an installation goes over to the built-in database of a newer major version whole, by backup and restore', async (t) => {
  const bin = systemPostgres();
  if (bin === null) return skipLoudly(t, 'PostgreSQL from the system packages (apt-get install postgresql)');
  const server = await startSystemPostgres(bin, await freePort());
  t.after(() => server.stop());
  const source = await testInstallation({ ownServer: true, env: { DATABASE_URL: server.url } });
  t.after(() => source.close());
  await source.send(await source.addInvoice({ number: 'M-1' }), { to: ['Ünï <els@peeters.example>'] });
  await inCompany(source.database, source.companyId, (tx) =>
    createApiKey(tx, { companyId: source.companyId, name: 'tabs\tand\\lines\n', rights: 'all' }, now),
  );
  const made = await backUp(source.config, around, { folder: join(folder, 'saved'), passphrase: null });
  const data = join(folder, 'data');
  const loaded = loadConfig({ ENVOI_DATA_DIR: data });
  assert.ok(loaded.ok);
  const order = { folder: join(folder, 'saved'), passphrase: null, run: null };
  const restored = await restore(loaded.config, around, order);
  assert.deepEqual([restored.rows, restored.files], [made.rows, made.files]);
  const embedded = await startEmbedded({ dataFolder: data });
  t.after(() => embedded.release());
  const database = await openDatabase<object>({ url: embedded.url });
  t.after(() => database.close());
  const [from, to] = [await majorOf(source.database), await majorOf(database)];
  assert.ok(from < to, `from ${from} to ${to} is no way over a major version`);
  const tables = await tablesOf(source.database);
  assert.deepEqual(await tablesOf(database), tables);
  for (const table of tables.filter((one) => !changed.has(one)))
    assert.deepEqual(await rowsOf(database, table), await rowsOf(source.database, table), table);
  assert.equal(
    (await rowsOf(database, 'messages')).length,
    (await rowsOf(source.database, 'messages')).length,
  );
});

test('a folder that another major version made is refused in a sentence with the way over, and left as it is', async () => {
  const data = join(folder, 'old');
  const cluster = join(data, 'postgres', 'cluster');
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await writeFile(join(cluster, 'PG_VERSION'), '17\n');
  await assert.rejects(startEmbedded({ dataFolder: data }), (error: Error) => {
    assert.ok(error instanceof DatabaseUnavailable);
    assert.match(error.message, /made by PostgreSQL 17, and this version of Envoi brings PostgreSQL \d+/);
    assert.match(error.message, /"envoi backup DIR".*"envoi restore DIR"/);
    return true;
  });
  assert.equal(await readFile(join(cluster, 'PG_VERSION'), 'utf8'), '17\n');
});
