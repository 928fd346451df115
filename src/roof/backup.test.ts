import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { silentLog } from '#base/log';
import { loadConfig, readSecretKey } from '#config';
import { createApiKey } from '#domain/accounts';
import { getMessages } from '#domain/outbox';
import { createWebhook } from '#domain/webhooks';
import { UnusableBackup } from '#stores/backup';
import { type Database, inCompany, openDatabase } from '#stores/database';
import { emptyDatabase } from '../../test/database.ts';
import { type TestInstallation, testInstallation } from '../../test/installation.ts';
import { backUp, restore } from './backup.ts';
import { openFiles } from './installation.ts';

let source: TestInstallation;
let folder: string;
const now = new Date('2026-11-27T06:00:00.000Z');

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-backup-'));
  source = await testInstallation();
  const { companyId, database } = source;
  await source.send(await source.addInvoice({ number: 'B-1' }));
  await source.send(await source.addInvoice({ number: 'B-2' }), { to: ['Ünï <els@peeters.example>'] });
  await inCompany(database, companyId, async (tx) => {
    await createApiKey(tx, { companyId, name: 'ERP\twith\ttabs \\ and\nlines', rights: 'all' }, now);
    await createWebhook(
      tx,
      { key: randomBytes(32), hostPolicy: { privateNetworks: 'refused' } },
      { url: 'https://erp.example/x' },
      { companyId, actor: 'user', now },
    );
  });
});
after(async () => {
  await source.close();
  await rm(folder, { recursive: true, force: true });
});

const around = { log: silentLog, say: () => undefined, now };

/** An installation that nobody uses: an empty database and an empty data folder. */
async function emptyPlace(env: Record<string, string> = {}) {
  const server = await emptyDatabase();
  const data = await mkdtemp(join(folder, 'place-'));
  const loaded = loadConfig({ DATABASE_URL: server.url, ENVOI_DATA_DIR: data, ...env });
  if (!loaded.ok) throw new Error(loaded.problems.join());
  return { config: loaded.config, server, data };
}

/** What every table holds, as one hash each; read as the superuser, whom no policy binds. */
async function contents(database: Database): Promise<Map<string, string>> {
  const { rows } = await database.owner.query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  const found = new Map<string, string>();
  for (const { name } of rows.filter((row) => row.name !== 'applied_migrations')) {
    const { rows: sums } = await database.owner.query<{ count: number; sum: string }>(
      `select count(*)::int as count, md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as sum from ${name} t`,
    );
    found.set(name, `${sums[0]?.count} ${sums[0]?.sum}`);
  }
  return found;
}

/** What a restore changes on purpose: e-mails are held, which is an event, and everybody signs in again. */
const changed = new Set([
  'messages',
  'events',
  'event_heads',
  'attempts',
  'sessions',
  'engagements',
  'workers',
]);

for (const passphrase of [null, 'twelve words of a song']) {
  test(`a ${passphrase ? 'sealed' : 'plain'} backup brings every table and every file back, and holds what had not left`, async () => {
    const to = join(folder, passphrase ? 'sealed' : 'plain');
    const made = await backUp(source.config, around, { folder: to, passphrase });
    const place = await emptyPlace();
    const restored = await restore(place.config, around, { folder: to, passphrase, run: null });
    const database = await openDatabase<object>({ url: place.server.url });
    const [before, after_] = [await contents(source.database), await contents(database)];
    assert.deepEqual([...after_.keys()].sort(), [...before.keys()].sort());
    for (const [name, sum] of before) if (!changed.has(name)) assert.equal(after_.get(name), sum, name);
    for (const name of changed) assert.ok(before.has(name), `${name} is no table any more`);
    assert.equal(restored.rows, made.rows);
    const files = openFiles(place.config, await readSecretKey(place.config));
    let count = 0;
    for await (const { companyId, sha256 } of source.files.list()) {
      assert.deepEqual(await files.get(companyId, sha256), await source.files.get(companyId, sha256));
      count += 1;
    }
    assert.ok(count > 0 && count === restored.files);
    const states = await database.owner.query(`select distinct delivery, detail from messages`);
    assert.deepEqual(states.rows, [{ delivery: 'held', detail: 'needs_review' }]);
    assert.equal(restored.held, (await allMessages()).length);
    const key = (path: string) => readFile(join(path, 'secret-key'), 'utf8');
    assert.equal(await key(place.data), await key(source.config.dataFolder));
    const verifiers = (path: string) => readFile(join(path, 'keys', 'log.verifiers'), 'utf8');
    assert.equal(await verifiers(place.data), await verifiers(source.config.dataFolder));
    const next = await database.owner.query(`select nextval(pg_get_serial_sequence('events', 'seq')) as n`);
    const top = await database.owner.query(`select max(seq) as n from events`);
    assert.ok(Number(next.rows[0].n) > Number(top.rows[0].n), 'numbering goes on after the highest');
    await database.close();
    await place.server.release();
  });
}

async function allMessages() {
  const { rows } = await source.database.owner.query<{ id: string }>('select id from messages');
  const { database, companyId } = source;
  return inCompany(database, companyId, (tx) =>
    getMessages(tx, companyId, { ids: rows.map((one) => one.id) }),
  );
}

test('the next backup into the same folder copies new files only, and each run can be restored', async () => {
  const to = join(folder, 'again');
  const order = { folder: to, passphrase: null };
  const first = await backUp(source.config, around, order);
  assert.equal(first.newFiles, first.files);
  await source.addInvoice({ number: `B-${Math.random()}` });
  const later = { ...around, now: new Date(now.getTime() + 1000) };
  const second = await backUp(source.config, later, order);
  assert.equal(second.newFiles, second.files - first.files);
  const place = await emptyPlace();
  const restored = await restore(place.config, around, { ...order, run: first.run });
  assert.equal(restored.files, first.files);
  await place.server.release();
});

test('nothing personal can be read in a sealed backup', async () => {
  const to = join(folder, 'sealed');
  for (const name of await readdir(to, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = await readFile(join(name.parentPath, name.name));
    assert.doesNotMatch(bytes.toString('latin1'), /peeters|vautrin|%PDF|secretKey/i, name.name);
  }
});

test('what cannot be restored is refused with a sentence, and nothing is changed', async () => {
  const [plain, sealed] = [join(folder, 'plain'), join(folder, 'sealed')];
  const { config, server } = await emptyPlace();
  const order = { passphrase: null, run: null };
  const refused = (to: string, more: object, words: RegExp, at = config) =>
    assert.rejects(
      restore(at, around, { folder: to, ...order, ...more }),
      (error: Error) => error instanceof UnusableBackup && words.test(error.message),
    );
  await refused(join(folder, 'nothing'), {}, /There is no backup/);
  await refused(sealed, {}, /encrypted: give its passphrase/);
  await refused(sealed, { passphrase: 'quite another one' }, /cannot be decrypted/);
  await refused(plain, { run: '2020-01-01T00-00-00.000Z' }, /no finished run/);
  await refused(plain, { run: '../../etc' }, /not the name of a run/);
  await refused(plain, {}, /has a company already|newer tables/, source.config);
  await assert.rejects(
    backUp(source.config, around, { folder: plain, passphrase: 'twelve words of a song' }),
    /not encrypted/,
  );
  const run = (await readdir(join(plain, 'runs'))).at(0) ?? '';
  const table = join(plain, 'runs', run, 'tables', 'documents.gz');
  const bytes = await readFile(table);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(table, bytes);
  await assert.rejects(restore(config, around, { folder: plain, ...order }));
  const database = await openDatabase<object>({ url: server.url });
  const { rows } = await database.owner.query('select count(*)::int as n from companies');
  assert.equal(rows[0].n, 0, 'a damaged backup leaves nothing half restored');
  await database.close();
  await server.release();
});
