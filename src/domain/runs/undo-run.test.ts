import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getDispatches } from '#domain/dispatch';
import type { Document } from '#domain/documents';
import { sequence } from '#domain/evidence';
import { followNotices, listNotices } from '#domain/notices';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { createRun, decideRun, getRun, listLines, type RunDeed, workRuns } from './index.ts';

let installation: TestInstallation;
let now = new Date('2026-11-20T09:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);

async function work(): Promise<void> {
  while (await workRuns(installation));
}

/** A run that was looked at and not started. */
async function ready(
  invoices: readonly Document[],
  origin: 'manual' | 'automatic' = 'manual',
): Promise<string> {
  const { companyId, author } = installation;
  const documentIds = invoices.map((one) => one.id);
  const how = { origin, purpose: 'first', grouping: 'document', options: {} } as const;
  const created = await inOwn((tx) => createRun(tx, { companyId, author, documentIds, ...how }, now));
  assert.ok(created.ok);
  await work();
  return created.run.id;
}

const decide = (runId: string, deed: RunDeed, undoSeconds?: number) => {
  const { companyId, author } = installation;
  return inOwn((tx) => decideRun(tx, { companyId, runId, author, undoSeconds }, deed, now));
};
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};
const sent = async (invoice: Document) => {
  const found = await asWorker(installation.database, (tx) =>
    getDispatches(tx, installation.companyId, { documentIds: [invoice.id] }),
  );
  return found.length;
};
const stateOf = async (runId: string) =>
  (await inOwn((tx) => getRun(tx, installation.companyId, runId)))?.state;
const linesOf = (runId: string) =>
  inOwn((tx) => listLines(tx, { companyId: installation.companyId, runId }, { after: -1, limit: 100 }));
const invoice = () => installation.addInvoice({ buyerEmail: 'a@b.example' });

test('a run that was started sends nothing before the time to undo is over, and then all', async () => {
  const document = await invoice();
  const run = await ready([document]);
  assert.ok((await decide(run, 'start', 10)).ok);
  later(9);
  await work();
  assert.equal(await sent(document), 0);
  assert.equal(await stateOf(run), 'running');
  later(1);
  await work();
  assert.equal(await sent(document), 1);
});

test('what was taken back in time is ready again, sends nothing, and can be started anew', async () => {
  const document = await invoice();
  const run = await ready([document]);
  await decide(run, 'start', 10);
  later(9);
  assert.ok((await decide(run, 'undo')).ok);
  later(60);
  await work();
  assert.equal(await stateOf(run), 'ready');
  assert.equal(await sent(document), 0);
  assert.ok((await decide(run, 'start', 10)).ok);
  later(10);
  await work();
  assert.equal(await sent(document), 1);
});

test('after the time to undo, or where there was none, it is too late', async () => {
  const run = await ready([await invoice()]);
  await decide(run, 'start', 10);
  later(10);
  assert.deepEqual(await decide(run, 'undo'), { ok: false, reason: 'too_late' });
  const program = await ready([await invoice()]);
  await decide(program, 'start');
  assert.deepEqual(await decide(program, 'undo'), { ok: false, reason: 'too_late' });
  await decide(program, 'cancel');
});

test('what it had taken is free again for another run, and what it had left to one is looked at anew', async () => {
  const [mine, shared] = [await invoice(), await invoice()];
  const first = await ready([mine, shared]);
  const second = await ready([shared]);
  await decide(second, 'start', 10);
  await decide(first, 'start', 10);
  assert.deepEqual(
    (await linesOf(first)).map((line) => line.state),
    ['ready', 'skipped'],
  );
  await decide(second, 'undo');
  await decide(first, 'undo');
  await work();
  assert.deepEqual(
    (await linesOf(first)).map((line) => line.state),
    ['ready', 'ready'],
  );
  await decide(first, 'start');
  await work();
  assert.deepEqual([await sent(mine), await sent(shared)], [1, 1]);
});

test('reminders that waited for a person wait for him again when the start is taken back', async () => {
  const run = await ready([await invoice()], 'automatic');
  const waiting = async () => {
    await sequence(installation.database);
    while ((await followNotices(installation.database, 'wait')) > 0);
    const { companyId, database } = installation;
    const open = await asWorker(database, (tx) => listNotices(tx, companyId, { before: null, limit: 100 }));
    return open.filter((one) => one.kind === 'reminders_wait').map((one) => one.subjectId);
  };
  await decide(run, 'start', 10);
  assert.deepEqual(await waiting(), []);
  await decide(run, 'undo');
  assert.deepEqual(await waiting(), [run]);
  await work();
  await decide(run, 'start', 10);
  assert.deepEqual(await waiting(), []);
});
