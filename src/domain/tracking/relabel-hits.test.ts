import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hitOn, now, rulesWithNewcomer, testTracking } from '../../../test/tracking.ts';
import { asJudgedNow, readRuleset, relabelHits, shippedRuleset, writeHits } from './index.ts';
import { readShippedRules } from './ruleset.ts';

let tracking: Awaited<ReturnType<typeof testTracking>>;
before(async () => {
  tracking = await testTracking();
});
after(() => tracking.database.close());

test('a network that turns out to be a scanner’s takes back what it had counted for', async () => {
  const id = await tracking.newMessage();
  const from = { ip: '198.51.100.7', session: 's' };
  await tracking.write([
    hitOn(id, 'pixel', 30, { ip: '198.51.100.7' }),
    hitOn(id, 'view', 31, { ...from, pages: [1] }),
    hitOn(id, 'file', 32, { ...from, documentId: 'doc_a' }),
    hitOn(id, 'pixel', 90),
  ]);
  assert.equal((await tracking.engagement(id)).level, 'downloaded');
  const rules = rulesWithNewcomer('newer-1');
  const done = await relabelHits(tracking.database, rules, now);
  assert.equal(done.hits, 3);
  const known = await tracking.engagement(id);
  assert.deepEqual(
    [known.level, known.openedCount, known.viewedCount, known.downloadedCount, known.machineCount],
    ['opened', 1, 0, 0, 3],
  );
  assert.deepEqual(known.firstOpenedAt, new Date('2026-11-22T09:30:00Z'));
  assert.ok((await tracking.types(id)).includes('visit.relabeled system'));
  assert.ok((await tracking.hits(id)).every((hit) => hit.ruleset === 'newer-1'));
  assert.deepEqual(await relabelHits(tracking.database, rules, now), { messages: 0, hits: 0 });
});

test('a network that is no scanner’s any more gives back, but what the agent said stays', async () => {
  const id = await tracking.newMessage();
  const rules = rulesWithNewcomer('newer-2');
  await writeHits(
    tracking.database,
    [
      hitOn(id, 'pixel', 30, { ip: '198.51.100.7' }),
      hitOn(id, 'pixel', 31, { userAgent: 'Mozilla/5.0' }),
      hitOn(id, 'page', 33, { ip: '40.107.1.2' }),
    ],
    now,
    rules,
  );
  assert.equal((await tracking.engagement(id)).level, 'machine_only');
  await relabelHits(tracking.database, shippedRuleset, now);
  assert.deepEqual(
    (await tracking.hits(id)).map((hit) => hit.actor),
    ['person', 'privacy_proxy', 'scanner'],
  );
  assert.equal((await tracking.engagement(id)).openedCount, 1);
});

test('a view that was taken for a machine’s counts as a view again, and its session’s file as a download', async () => {
  const id = await tracking.newMessage();
  const from = { ip: '198.51.100.7', session: 's' };
  const hits = [
    hitOn(id, 'page', 30, from),
    hitOn(id, 'view', 31, { ...from, pages: [1, 2], pageSeconds: { 1: 5, 2: 7 } }),
    hitOn(id, 'file', 32, { ...from, documentId: 'doc_a' }),
  ];
  await writeHits(tracking.database, hits, now, rulesWithNewcomer('newer-5'));
  assert.equal((await tracking.engagement(id)).level, 'machine_only');
  await relabelHits(tracking.database, shippedRuleset, now);
  const known = await tracking.engagement(id);
  assert.deepEqual(
    [known.level, known.viewedCount, known.downloadedCount, known.machineCount],
    ['downloaded', 1, 1, 0],
  );
  assert.deepEqual(
    (await tracking.hits(id)).map((hit) => hit.signal),
    ['page', 'view', 'download'],
  );
});

test('events are told as they are judged now, and the log keeps what was said first', async () => {
  const id = await tracking.newMessage();
  const from = { ip: '198.51.100.7', session: 's' };
  await tracking.write([
    hitOn(id, 'view', 30, { ...from, pages: [1] }),
    hitOn(id, 'file', 31, { ...from, documentId: 'doc_a' }),
  ]);
  await relabelHits(tracking.database, rulesWithNewcomer('newer-6'), now);
  const events = await tracking.events(id);
  assert.deepEqual(
    events.map(({ type, actor }) => `${type} ${actor}`),
    ['visit.page_viewed person', 'visit.file_downloaded person', 'visit.relabeled system'],
  );
  const [view, file] = asJudgedNow(events);
  assert.deepEqual([view?.type, view?.actor, view?.certainty], ['visit.page_fetched', 'scanner', 'certain']);
  assert.deepEqual([file?.type, file?.actor], ['visit.file_fetched', 'scanner']);
  assert.deepEqual(view?.data['reasons'], ['newcomer_network']);
  assert.equal(view?.data['judgedAnew'], now.toISOString());
});

test('a flood moves as a whole', async () => {
  const id = await tracking.newMessage();
  await tracking.write(
    Array.from({ length: 60 }, (_, n) => hitOn(id, 'pixel', 30 + n, { ip: '198.51.100.7' })),
  );
  assert.equal((await tracking.engagement(id)).openedCount, 60);
  await relabelHits(tracking.database, rulesWithNewcomer('newer-3'), now);
  const known = await tracking.engagement(id);
  assert.deepEqual([known.level, known.openedCount, known.machineCount], ['machine_only', 0, 60]);
});

test('where only a part of the kept network is a scanner’s, the label stays', async () => {
  const id = await tracking.newMessage();
  await tracking.write([hitOn(id, 'page', 30, { ip: '18.133.136.200' })]);
  await tracking.write([hitOn(id, 'page', 60, { ip: '18.133.136.100' })]);
  const labels = async () => (await tracking.hits(id)).map((hit) => hit.actor);
  assert.deepEqual(await labels(), ['person', 'scanner']);
  const rules = readRuleset(readShippedRules().replace(/"version": "[^"]+"/, '"version": "newer-4"'));
  await relabelHits(tracking.database, rules, now);
  assert.deepEqual(await labels(), ['person', 'scanner']);
});
