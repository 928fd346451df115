import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hour } from '#base/time';
import { asWorker, type Database, inCompany } from '#stores/database';
import { type KeyRing, openKeyRing } from '#stores/keys';
import { testDatabase } from '../../../test/database.ts';
import type { EvidenceTables } from './event-table.ts';
import { checkLogWhenDue, lastLogChecks, makeCheckpoint, noteLogCheck, record, verifyLog } from './index.ts';

const company = 'com_TEST';
let now = new Date('2026-11-27T08:00:00.000Z');
let database: Database<EvidenceTables>;
let keys: KeyRing;
let folder: string;

before(async () => {
  database = await testDatabase<EvidenceTables>();
  folder = await mkdtemp(join(tmpdir(), 'envoi-checks-'));
  keys = await openKeyRing(folder, 'envoi.example', now);
  const fact = { type: 'message.queued' as const, companyId: company, at: now, actor: 'system' as const };
  await inCompany(database, company, (tx) => record(tx, [fact, fact, fact]));
  await makeCheckpoint(database, keys.log, now);
});
after(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const check = (leaving = new AbortController().signal) =>
  checkLogWhenDue({ database, verifiers: keys.logVerifiers, clock: () => now }, leaving);
const last = () => asWorker(database, lastLogChecks);

test('a young log is not checked, and an older one at night, by one process of all', async () => {
  assert.equal(await check(), null);
  now = new Date('2026-11-28T01:00:00.000Z');
  assert.equal(await check(), null, 'younger than a day');
  now = new Date('2026-11-28T04:30:00.000Z');
  const made = await Promise.all([check(), check(), check()]);
  assert.deepEqual(
    made.filter((one) => one !== null).map(({ events, covered, broken }) => ({ events, covered, broken })),
    [{ events: 3, covered: 3, broken: null }],
  );
  assert.equal(await check(), null, 'once a night');
  assert.deepEqual((await last()).good?.at, now);
});

test('a check that was cut short because the process ends is made again', async () => {
  now = new Date('2026-11-29T02:00:00.000Z');
  const leaving = new AbortController();
  leaving.abort();
  assert.equal(await check(leaving.signal), null);
  assert.deepEqual((await last()).last?.at, new Date('2026-11-28T04:30:00.000Z'));
  assert.equal((await check())?.broken, null);
});

test('a check whose process was killed is not waited for', async () => {
  now = new Date('2026-11-30T01:00:00.000Z');
  await database.owner.query('insert into log_checks (begun_at) values ($1)', [now]);
  now = new Date('2026-11-30T02:00:00.000Z');
  assert.equal(await check(), null);
  now = new Date('2026-11-30T04:01:00.000Z');
  assert.equal((await check())?.broken, null);
});

test('a machine that is off at night is checked by day', async () => {
  now = new Date('2026-12-01T12:00:00.000Z');
  assert.equal(await check(), null);
  now = new Date('2026-12-02T12:00:00.000Z');
  assert.equal((await check())?.broken, null);
});

test('what did not fit is kept until a check finds nothing, be it one on demand', async () => {
  const good = now;
  now = new Date('2026-12-03T12:00:00.000Z');
  now = new Date(now.getTime() + 24 * hour);
  await database.owner.query("update events set at = at - interval '1 day' where log_index = 2");
  assert.equal((await check())?.broken?.fault, 'row_differs');
  const found = await last();
  assert.deepEqual([found.last?.broken?.logIndex, found.good?.at], [2, good]);
  await database.owner.query("update events set at = at + interval '1 day' where log_index = 2");
  const report = await verifyLog(database, { verifiers: keys.logVerifiers });
  await noteLogCheck({ database, clock: () => now }, report);
  assert.equal((await last()).last?.broken, null);
  assert.deepEqual((await last()).good?.at, now);
});
