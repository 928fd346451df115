import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { newId } from '#base/ids';
import { silentLog } from '#base/log';
import { pause, systemClock } from '#base/time';
import { loadConfig } from '#config';
import { linkTokens, markHandedOver, openLinks } from '#domain/tracking';
import { inCompany } from '#stores/database';
import type { Installation } from '../../src/roof/installation.ts';
import { serve } from '../../src/roof/serve.ts';
import { testDatabase } from '../database.ts';
import { until } from '../installation.ts';

const outageMs = 30_000;
const everyMs = 40;

test('thirty seconds without the database, under load, lose no hit', async (t) => {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'envoi-away-'));
  const loaded = loadConfig({
    DATABASE_URL: database.url,
    ENVOI_DATA_DIR: folder,
    ENVOI_ROLES: 'web',
    PORT: '0',
  });
  assert.ok(loaded.ok);
  const running = await serve(loaded.config, { clock: systemClock, log: silentLog, say: () => undefined });
  const door = await doorOf(database.url);
  t.after(async () => {
    await door.open();
    await running.stop();
    await door.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  const pixels = await addMessages(running.installation, 20);
  let sent = 0;
  const load = async (ms: number): Promise<void> => {
    for (const end = performance.now() + ms; performance.now() < end; await pause(everyMs)) {
      const answer = await fetch(`${running.url}${pixels[sent % pixels.length]}`, {
        headers: { 'user-agent': agent },
      });
      assert.equal(answer.status, 200, 'the image is there whatever the database does');
      await answer.arrayBuffer();
      sent += 1;
    }
  };
  await load(500);
  await door.shut();
  await load(outageMs);
  await door.open();
  await load(500);
  const taken = async (): Promise<number> =>
    Number((await database.owner.query('select coalesce(sum(times), 0) as taken from hits')).rows[0].taken);
  await until('all hits are written', async () => ((await taken()) === sent ? true : undefined), 90_000);
  assert.ok(sent > 100);
});

const agent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

/** Paths of the pixels of new messages that were handed over an hour ago. */
async function addMessages({ database, linkKey }: Installation, count: number): Promise<string[]> {
  const now = new Date();
  const companyId = newId('company', now);
  const ids = Array.from({ length: count }, () => newId('message', now));
  await inCompany(database, companyId, async (tx) => {
    await openLinks(
      tx,
      ids.map((messageId) => ({
        messageId,
        companyId,
        dispatchId: newId('dispatch', now),
        documentIds: ['doc_a'],
        language: 'en',
        mode: 'full' as const,
        counted: true,
        expiresAt: new Date(now.getTime() + 86_400_000),
      })),
    );
    await markHandedOver(tx, ids, new Date(now.getTime() - 3_600_000));
  });
  return ids.map((id) => `/o/${linkTokens(linkKey, id, 1).pixel}.gif`);
}

/** Shuts a database to everybody, those inside included, and opens it again; the server itself serves other tests. */
async function doorOf(url: string) {
  const elsewhere = new URL(url);
  const name = elsewhere.pathname.slice(1);
  elsewhere.pathname = '/postgres';
  const client = new pg.Client({ connectionString: elsewhere.href });
  await client.connect();
  return {
    shut: async () => {
      await client.query(`alter database ${name} with allow_connections false`);
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    },
    open: () => client.query(`alter database ${name} with allow_connections true`),
    close: () => client.end(),
  };
}
