import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#base/ids';
import { hitOn, now, testTracking } from '../../../test/tracking.ts';
import { type HitRecord, takeHit } from './hit-journal.ts';
import { rowsPerClass } from './weigh-hits.ts';

const gmail = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';

let tracking: Awaited<ReturnType<typeof testTracking>>;
before(async () => {
  tracking = await testTracking();
});
after(() => tracking.database.close());

test('a customer who opens, looks and downloads is seen step by step', async () => {
  const id = await tracking.newMessage();
  assert.equal((await tracking.engagement(id)).level, 'none');
  await tracking.write([hitOn(id, 'pixel', 5, { userAgent: gmail, ip: '66.249.93.1' })]);
  assert.equal((await tracking.engagement(id)).level, 'opened');
  await tracking.write([hitOn(id, 'page', 6), hitOn(id, 'view', 6.1, { session: 's', pages: [1] })]);
  assert.equal((await tracking.engagement(id)).level, 'viewed');
  await tracking.write([hitOn(id, 'file', 7, { session: 's', documentId: 'doc_a' })]);
  const known = await tracking.engagement(id);
  assert.deepEqual(
    [known.level, known.openedCount, known.viewedCount, known.downloadedCount, known.machineCount],
    ['downloaded', 1, 1, 1, 0],
  );
  assert.deepEqual(known.firstOpenedAt, new Date('2026-11-22T08:05:00Z'));
  assert.deepEqual(await tracking.types(id), [
    'visit.pixel_fetched proxied',
    'visit.page_fetched person',
    'visit.page_viewed person',
    'visit.file_downloaded person',
  ]);
});

test('a page or file fetched without a view is shown and not counted', async () => {
  const id = await tracking.newMessage();
  await tracking.write([hitOn(id, 'page', 6), hitOn(id, 'file', 7, { documentId: 'doc_a', session: 'x' })]);
  const { level, fetchedCount } = await tracking.engagement(id);
  assert.deepEqual([level, fetchedCount], ['none', 2]);
  assert.deepEqual(await tracking.types(id), ['visit.page_fetched person', 'visit.file_fetched person']);
});

test('a file fetched just before the view of the same session becomes a download', async () => {
  const id = await tracking.newMessage();
  await tracking.write([hitOn(id, 'file', 7, { documentId: 'doc_a', session: 's' })]);
  await tracking.write([hitOn(id, 'file', 7.1, { documentId: 'doc_b', session: 'another' })]);
  await tracking.write([hitOn(id, 'view', 7.2, { session: 's', pages: [1] })]);
  const known = await tracking.engagement(id);
  assert.deepEqual([known.level, known.downloadedCount], ['downloaded', 1]);
  assert.ok((await tracking.types(id)).includes('visit.file_downloaded person'));
  const rows = await tracking.hits(id);
  assert.deepEqual(
    rows.map((row) => row.signal),
    ['download', 'file', 'view'],
  );
});

test('a download counts the same whether its view comes in the same batch or in another', async () => {
  const outcomes = [];
  for (const cut of [1, 2, 3, 4]) {
    const id = await tracking.newMessage();
    const records = [
      hitOn(id, 'page', 7, { session: 's' }),
      hitOn(id, 'file', 7.01, { documentId: 'doc_a', session: 's' }),
      hitOn(id, 'view', 7.04, { session: 's', pages: [1] }),
      hitOn(id, 'file', 7.1, { documentId: 'doc_a', session: 's' }),
    ];
    await tracking.write(records.slice(0, cut));
    await tracking.write(records.slice(cut));
    await tracking.write(records);
    const { messageId, ...known } = await tracking.engagement(id);
    const downloads = (await tracking.events(id)).filter((event) => event.type === 'visit.file_downloaded');
    assert.deepEqual(
      downloads.map((event) => event.at.toISOString()),
      [records[1]?.at],
      'once, at the time of the file',
    );
    assert.equal(messageId, id);
    outcomes.push(known);
  }
  for (const outcome of outcomes) {
    assert.deepEqual([outcome.level, outcome.viewedCount, outcome.downloadedCount], ['downloaded', 1, 1]);
    assert.deepEqual(outcome, outcomes[0]);
  }
});

test('a view vouches for the half hour of its session only', async () => {
  const id = await tracking.newMessage();
  await tracking.write([
    hitOn(id, 'file', 5, { documentId: 'doc_a', session: 's' }),
    hitOn(id, 'file', 20, { documentId: 'doc_b', session: 's' }),
    hitOn(id, 'view', 40, { session: 's', pages: [1] }),
  ]);
  assert.equal((await tracking.engagement(id)).downloadedCount, 1);
  assert.deepEqual(
    (await tracking.hits(id)).map((hit) => hit.signal),
    ['file', 'download', 'view'],
  );
});

test('nothing of the address but its network is kept', async () => {
  const id = await tracking.newMessage();
  await tracking.write([hitOn(id, 'page', 6, { ip: '2a02:a03f:6000:1:2:3:4:5' }), hitOn(id, 'pixel', 9)]);
  const [row] = await tracking.hits(id);
  assert.deepEqual([row?.network, row?.agent], ['2a02:a03f:6000::/48', 'Chrome 130']);
  const { rows } = await tracking.database.owner.query(`select string_agg(hits::text, ' ') as all from hits`);
  assert.ok(!String(rows[0].all).includes('81.82.83.84') && !String(rows[0].all).includes('AppleWebKit'));
});

test('views of one session are one, and its pages come together', async () => {
  const id = await tracking.newMessage();
  await tracking.write([hitOn(id, 'view', 6, { session: 's', pages: [1] })]);
  await tracking.write([
    hitOn(id, 'view', 8, { session: 's', pages: [1, 2] }),
    hitOn(id, 'view', 9, { session: 's', pages: [4] }),
  ]);
  assert.equal((await tracking.engagement(id)).viewedCount, 1);
  const [row] = await tracking.hits(id);
  assert.deepEqual([row?.pages, row?.times], [[1, 2, 4], 3]);
});

test('repeats within ten seconds are one, later ones count', async () => {
  const id = await tracking.newMessage();
  const pixel = (seconds: number): HitRecord => hitOn(id, 'pixel', 30 + seconds / 60);
  await tracking.write([pixel(0), pixel(3)]);
  await tracking.write([pixel(9), pixel(12)]);
  assert.equal((await tracking.engagement(id)).openedCount, 2);
});

test('a flood of one class fills no log, and every hit still counts', async () => {
  const id = await tracking.newMessage();
  const flood = Array.from({ length: 60 }, (_, n) => hitOn(id, 'pixel', 30 + n));
  await tracking.write(flood.slice(0, 35));
  await tracking.write(flood.slice(35));
  assert.equal((await tracking.engagement(id)).openedCount, 60);
  assert.equal((await tracking.types(id)).length, rowsPerClass);
  const rows = await tracking.hits(id);
  assert.equal(
    rows.reduce((sum, row) => sum + row.times, 0),
    60,
  );
});

test('a journal read again, whole or cut otherwise, changes nothing', async () => {
  const id = await tracking.newMessage();
  const records = [
    hitOn(id, 'pixel', 5),
    hitOn(id, 'page', 6, { session: 's' }),
    hitOn(id, 'file', 6.02, { session: 's', documentId: 'doc_a' }),
    hitOn(id, 'view', 6.1, { session: 's', pages: [1] }),
    hitOn(id, 'pixel', 5.05),
  ];
  await tracking.write(records);
  const [first, events] = [await tracking.engagement(id), await tracking.types(id)];
  await tracking.write(records);
  await tracking.write(records.slice(2));
  await tracking.write([...records, ...records]);
  await Promise.all([tracking.write(records.slice(0, 3)), tracking.write(records.slice(1))]);
  assert.deepEqual([await tracking.engagement(id), await tracking.types(id)], [first, events]);
});

test('the same batch written by two processes at once counts once', async () => {
  const id = await tracking.newMessage();
  const records = [hitOn(id, 'pixel', 5), hitOn(id, 'view', 6, { session: 's', pages: [1] })];
  const done = await Promise.all([tracking.write(records), tracking.write(records), tracking.write(records)]);
  assert.equal(
    done.reduce((sum, one) => sum + one.taken, 0),
    2,
  );
  assert.deepEqual([(await tracking.engagement(id)).openedCount, (await tracking.types(id)).length], [1, 2]);
});

test('a link that failed is an event with its reason and counts nothing', async () => {
  const id = await tracking.newMessage();
  await tracking.write([hitOn(id, 'failure', 500, { failure: 'expired' })]);
  assert.equal((await tracking.engagement(id)).level, 'none');
  const [event] = await tracking.events(id);
  assert.deepEqual([event?.type, event?.data['failure']], ['visit.link_failed', 'expired']);
});

test('records of unknown messages, other versions and garbage are passed over', async () => {
  const id = await tracking.newMessage();
  const garbage = [
    null,
    4,
    'x',
    {},
    { id: 'hit_1' },
    hitOn(newId('message', now), 'pixel', 1),
  ] as HitRecord[];
  assert.deepEqual(await tracking.write([...garbage, hitOn(id, 'pixel', 5)]), { taken: 1, passedOver: 6 });
});

test('a record of the version before, which knew nothing of local portals, is read as not local', async () => {
  const id = await tracking.newMessage();
  const { isLocal, ...older } = hitOn(id, 'pixel', 0.01);
  assert.equal(isLocal, false);
  assert.equal((await tracking.write([older as HitRecord])).taken, 1);
  assert.equal((await tracking.engagement(id)).level, 'machine_only');
});

test('takeHit cuts what anybody may send at any length', async () => {
  const taken: HitRecord[] = [];
  const journal = { append: async (record: HitRecord) => taken.push(record) };
  const record = hitOn(await tracking.newMessage(), 'pixel', 5, {
    userAgent: 'x'.repeat(100_000),
    method: 'G'.repeat(999),
  });
  await takeHit(journal, { ...record, at: now });
  assert.deepEqual([taken[0]?.userAgent.length, taken[0]?.method.length], [512, 20]);
  assert.equal((await tracking.write(taken)).taken, 1);
});
