import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#base/ids';
import { type EvidenceTables, readEvents } from '#domain/evidence';
import { asWorker, type Database, inCompany } from '#stores/database';
import { testDatabase } from '../../../test/database.ts';
import type { Engagement } from './engagement.ts';
import type { Hit, Signal } from './hit.ts';
import { type HitRecord, takeHit } from './hit-journal.ts';
import {
  findLink,
  linksOf,
  markHandedOver,
  openLinks,
  renewLink,
  revokeLinks,
  silenceLinks,
} from './keep-links.ts';
import type { NewLink } from './link.ts';
import { engagementsOf, forgetHits, hitsOf } from './read-engagement.ts';
import type { TrackingTables } from './tracking-tables.ts';
import { rowsPerClass } from './weigh-hits.ts';
import { writeHits } from './write-hits.ts';

const companyId = 'com_01JD0000000000000000000001';
const handedOver = new Date('2026-11-22T08:00:00Z');
const now = new Date('2026-11-22T12:00:00Z');
const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const gmail = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';

let database: Database<TrackingTables & EvidenceTables>;
before(async () => {
  database = await testDatabase();
});
after(() => database.close());

async function newMessage(over: Partial<NewLink> = {}): Promise<string> {
  const messageId = newId('message', now);
  const link: NewLink = {
    messageId,
    companyId,
    dispatchId: newId('dispatch', now),
    documentIds: ['doc_a', 'doc_b'],
    language: 'fr',
    mode: 'full',
    counted: true,
    expiresAt: new Date('2027-11-22T00:00:00Z'),
    ...over,
  };
  await inCompany(database, link.companyId, async (tx) => {
    await openLinks(tx, [link]);
    await markHandedOver(tx, [messageId], handedOver);
  });
  return messageId;
}

/** A hit `minutes` after the hand-over, as the portal would take it. */
function hitOn(messageId: string, signal: Signal, minutes: number, over: Partial<Hit> = {}): HitRecord {
  const at = new Date(handedOver.getTime() + minutes * 60_000);
  const id = newId('hit', at);
  const plain = { id, messageId, generation: 1, signal, method: 'GET', userAgent: chrome, ip: '81.82.83.84' };
  const rest = { session: null, staffOf: [], documentId: null, pages: [], failure: null };
  return { ...plain, ...rest, ...over, at: (over.at ?? at).toISOString() };
}

const write = (records: readonly HitRecord[]) => writeHits(database, records, now);
const engagement = async (messageId: string): Promise<Engagement> =>
  (await inCompany(database, companyId, (tx) => engagementsOf(tx, [messageId])))[0]!;
const types = async (messageId: string): Promise<string[]> => {
  const range = { kind: 'message', id: messageId, limit: 1000 } as const;
  const events = await inCompany(database, companyId, (tx) => readEvents(tx, range));
  return events.map((event) => `${event.type} ${event.actor}`);
};

test('a customer who opens, looks and downloads is seen step by step', async () => {
  const id = await newMessage();
  assert.equal((await engagement(id)).level, 'none');
  await write([hitOn(id, 'pixel', 5, { userAgent: gmail, ip: '66.249.93.1' })]);
  assert.equal((await engagement(id)).level, 'opened');
  await write([hitOn(id, 'page', 6), hitOn(id, 'view', 6.1, { session: 's', pages: [1] })]);
  assert.equal((await engagement(id)).level, 'viewed');
  await write([hitOn(id, 'file', 7, { session: 's', documentId: 'doc_a' })]);
  const known = await engagement(id);
  assert.deepEqual(
    [known.level, known.openedCount, known.viewedCount, known.downloadedCount, known.machineCount],
    ['downloaded', 1, 1, 1, 0],
  );
  assert.deepEqual(known.firstOpenedAt, new Date('2026-11-22T08:05:00Z'));
  assert.deepEqual(await types(id), [
    'visit.pixel_fetched proxied',
    'visit.page_fetched person',
    'visit.page_viewed person',
    'visit.file_downloaded person',
  ]);
});

test('a page or file fetched without a view is shown and not counted', async () => {
  const id = await newMessage();
  await write([hitOn(id, 'page', 6), hitOn(id, 'file', 7, { documentId: 'doc_a', session: 'x' })]);
  assert.equal((await engagement(id)).level, 'none');
  assert.deepEqual(await types(id), ['visit.page_fetched person', 'visit.file_fetched person']);
});

test('a file fetched just before the view of the same session becomes a download', async () => {
  const id = await newMessage();
  await write([hitOn(id, 'file', 7, { documentId: 'doc_a', session: 's' })]);
  await write([hitOn(id, 'file', 7.1, { documentId: 'doc_b', session: 'another' })]);
  await write([hitOn(id, 'view', 7.2, { session: 's', pages: [1] })]);
  const known = await engagement(id);
  assert.deepEqual([known.level, known.downloadedCount], ['downloaded', 1]);
  assert.ok((await types(id)).includes('visit.file_downloaded person'));
  const rows = await inCompany(database, companyId, (tx) => hitsOf(tx, companyId, id));
  assert.deepEqual(
    rows.map((row) => row.signal),
    ['download', 'file', 'view'],
  );
});

test('nothing of the address but its network is kept', async () => {
  const id = await newMessage();
  await write([hitOn(id, 'page', 6, { ip: '2a02:a03f:6000:1:2:3:4:5' }), hitOn(id, 'pixel', 9)]);
  const [row] = await inCompany(database, companyId, (tx) => hitsOf(tx, companyId, id));
  assert.deepEqual([row?.network, row?.agent], ['2a02:a03f:6000::/48', 'Chrome 130']);
  const { rows } = await database.owner.query(`select string_agg(hits::text, ' ') as all from hits`);
  assert.ok(!String(rows[0].all).includes('81.82.83.84') && !String(rows[0].all).includes('AppleWebKit'));
});

test('views of one session are one, and its pages come together', async () => {
  const id = await newMessage();
  await write([hitOn(id, 'view', 6, { session: 's', pages: [1] })]);
  await write([
    hitOn(id, 'view', 8, { session: 's', pages: [1, 2] }),
    hitOn(id, 'view', 9, { session: 's', pages: [4] }),
  ]);
  assert.equal((await engagement(id)).viewedCount, 1);
  const [row] = await inCompany(database, companyId, (tx) => hitsOf(tx, companyId, id));
  assert.deepEqual([row?.pages, row?.times], [[1, 2, 4], 3]);
});

test('repeats within ten seconds are one, later ones count', async () => {
  const id = await newMessage();
  const pixel = (seconds: number): HitRecord => hitOn(id, 'pixel', 30 + seconds / 60);
  await write([pixel(0), pixel(3)]);
  await write([pixel(9), pixel(12)]);
  assert.equal((await engagement(id)).openedCount, 2);
});

test('a flood of one class fills no log, and every hit still counts', async () => {
  const id = await newMessage();
  const flood = Array.from({ length: 60 }, (_, n) => hitOn(id, 'pixel', 30 + n));
  await write(flood.slice(0, 35));
  await write(flood.slice(35));
  assert.equal((await engagement(id)).openedCount, 60);
  assert.equal((await types(id)).length, rowsPerClass);
  const rows = await inCompany(database, companyId, (tx) => hitsOf(tx, companyId, id));
  assert.equal(
    rows.reduce((sum, row) => sum + row.times, 0),
    60,
  );
});

test('a journal read again, whole or cut otherwise, changes nothing', async () => {
  const id = await newMessage();
  const records = [
    hitOn(id, 'pixel', 5),
    hitOn(id, 'page', 6, { session: 's' }),
    hitOn(id, 'file', 6.02, { session: 's', documentId: 'doc_a' }),
    hitOn(id, 'view', 6.1, { session: 's', pages: [1] }),
    hitOn(id, 'pixel', 5.05),
  ];
  await write(records);
  const [first, events] = [await engagement(id), await types(id)];
  await write(records);
  await write(records.slice(2));
  await write([...records, ...records]);
  await Promise.all([write(records.slice(0, 3)), write(records.slice(1))]);
  assert.deepEqual([await engagement(id), await types(id)], [first, events]);
});

test('the same batch written by two processes at once counts once', async () => {
  const id = await newMessage();
  const records = [hitOn(id, 'pixel', 5), hitOn(id, 'view', 6, { session: 's', pages: [1] })];
  const done = await Promise.all([write(records), write(records), write(records)]);
  assert.equal(
    done.reduce((sum, one) => sum + one.taken, 0),
    2,
  );
  assert.deepEqual([(await engagement(id)).openedCount, (await types(id)).length], [1, 2]);
});

test('machines never raise the engagement beyond machine_only, in any order and number', async () => {
  const machine = fc.record({
    signal: fc.constantFrom<Signal>('pixel', 'page', 'view', 'file', 'failure'),
    minutes: fc.double({ min: 1, max: 600, noNaN: true }),
    ip: fc.constantFrom('40.107.1.2', '209.222.82.9', '104.47.3.3', '2a01:111:f403::9'),
    method: fc.constantFrom('GET', 'HEAD', 'POST'),
    session: fc.constantFrom(null, 's'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(machine, { minLength: 1, maxLength: 12 }), async (hits) => {
      const id = await newMessage();
      await write(hits.map(({ signal, minutes, ...rest }) => hitOn(id, signal, minutes, rest)));
      assert.ok(['none', 'machine_only'].includes((await engagement(id)).level));
      assert.ok((await types(id)).every((type) => !/viewed|downloaded| person/.test(type)));
    }),
    { numRuns: 25 },
  );
});

test('HEAD changes nothing that matters: no view, no opening, the link stays as it is', async () => {
  const id = await newMessage();
  const before = await inCompany(database, companyId, (tx) => linksOf(tx, [id]));
  await write(
    (['pixel', 'page', 'file'] as const).map((signal) => hitOn(id, signal, 30, { method: 'HEAD' })),
  );
  assert.equal((await engagement(id)).level, 'machine_only');
  assert.deepEqual(await inCompany(database, companyId, (tx) => linksOf(tx, [id])), before);
});

test('staff are kept in the history and never count', async () => {
  const id = await newMessage();
  const staff = { staffOf: ['com_other', companyId], session: 's' };
  await write([hitOn(id, 'pixel', 5, staff), hitOn(id, 'page', 5, staff), hitOn(id, 'view', 6, staff)]);
  assert.deepEqual([(await engagement(id)).level, (await engagement(id)).machineCount], ['none', 0]);
  assert.deepEqual(await types(id), []);
  const rows = await inCompany(database, companyId, (tx) => hitsOf(tx, companyId, id));
  assert.equal(rows.length, 3);
});

test('staff of another company are customers here', async () => {
  const id = await newMessage();
  await write([hitOn(id, 'pixel', 5, { staffOf: ['com_01JD0000000000000000000002'] })]);
  assert.equal((await engagement(id)).level, 'opened');
});

test('mode none and the duplicate leave no trace, mode links none of the pixel', async () => {
  const silent = await newMessage({ mode: 'none' });
  const copy = await newMessage({ counted: false });
  const links = await newMessage({ mode: 'links' });
  for (const id of [silent, copy, links]) await write([hitOn(id, 'pixel', 5)]);
  for (const id of [silent, copy]) await write([hitOn(id, 'view', 6, { session: 's', pages: [1] })]);
  for (const id of [silent, copy, links]) {
    assert.equal((await engagement(id)).level, 'none');
    assert.deepEqual(await inCompany(database, companyId, (tx) => hitsOf(tx, companyId, id)), []);
  }
  await write([hitOn(links, 'view', 6, { session: 's', pages: [1] })]);
  assert.equal((await engagement(links)).level, 'viewed');
});

test('withdrawn consent silences mails that were sent before', async () => {
  const id = await newMessage();
  await write([hitOn(id, 'pixel', 5)]);
  await inCompany(database, companyId, (tx) => silenceLinks(tx, [id]));
  await write([hitOn(id, 'pixel', 50), hitOn(id, 'view', 51, { session: 's', pages: [1] })]);
  assert.deepEqual([(await engagement(id)).level, (await engagement(id)).openedCount], ['opened', 1]);
});

test('a hit on the way to the recipient is no opening', async () => {
  const id = await newMessage();
  await database.owner.query('update links set handed_over_at = null where message_id = $1', [id]);
  await write([hitOn(id, 'pixel', 5)]);
  assert.equal((await engagement(id)).level, 'machine_only');
});

test('a link that failed is an event with its reason and counts nothing', async () => {
  const id = await newMessage();
  await write([hitOn(id, 'failure', 500, { failure: 'expired' })]);
  assert.equal((await engagement(id)).level, 'none');
  const [event] = await inCompany(database, companyId, (tx) =>
    readEvents(tx, { kind: 'message', id, limit: 5 }),
  );
  assert.deepEqual([event?.type, event?.data['failure']], ['visit.link_failed', 'expired']);
});

test('records of unknown messages, other versions and garbage are passed over', async () => {
  const id = await newMessage();
  const garbage = [
    null,
    4,
    'x',
    {},
    { id: 'hit_1' },
    hitOn(newId('message', now), 'pixel', 1),
  ] as HitRecord[];
  assert.deepEqual(await write([...garbage, hitOn(id, 'pixel', 5)]), { taken: 1, passedOver: 6 });
});

test('takeHit cuts what anybody may send at any length', async () => {
  const taken: HitRecord[] = [];
  const journal = { append: async (record: HitRecord) => taken.push(record) };
  const record = hitOn(await newMessage(), 'pixel', 5, {
    userAgent: 'x'.repeat(100_000),
    method: 'G'.repeat(999),
  });
  await takeHit(journal, { ...record, at: now });
  assert.deepEqual([taken[0]?.userAgent.length, taken[0]?.method.length], [512, 20]);
  assert.equal((await write(taken)).taken, 1);
});

test('a revoked link opens again under new tokens only, an expired one tells so', async () => {
  const id = await newMessage();
  await inCompany(database, companyId, async (tx) => {
    const find = async (generation: number, at = now) =>
      (await findLink(tx, { messageId: id, generation }, at))?.state;
    assert.deepEqual([await find(1), await find(2)], ['open', 'revoked']);
    assert.equal(await find(1, new Date('2027-11-22T00:00:00Z')), 'expired');
    await revokeLinks(tx, [id], now);
    assert.deepEqual([await find(1), await find(2)], ['revoked', 'revoked']);
    assert.equal(await renewLink(tx, id, new Date('2028-01-01T00:00:00Z')), 3);
    assert.deepEqual([await find(1), await find(2), await find(3)], ['revoked', 'revoked', 'open']);
    assert.equal(await renewLink(tx, newId('message', now), now), null);
  });
});

test('another company sees none of it', async () => {
  const id = await newMessage();
  await write([hitOn(id, 'pixel', 5)]);
  await inCompany(database, 'com_01JD0000000000000000000002', async (tx) => {
    assert.deepEqual(await linksOf(tx, [id]), []);
    assert.equal((await engagementsOf(tx, [id]))[0]?.level, 'none');
    assert.deepEqual(await hitsOf(tx, companyId, id), []);
    await silenceLinks(tx, [id]);
    assert.equal(await forgetHits(tx, companyId, now), 0);
  });
  const [link] = await asWorker(database, (tx) => linksOf(tx, [id]));
  assert.deepEqual([link?.mode, link?.documentIds], ['full', ['doc_a', 'doc_b']]);
  await assert.rejects(
    inCompany(database, 'com_01JD0000000000000000000002', (tx) =>
      openLinks(tx, [{ ...link!, messageId: newId('message', now) }]),
    ),
  );
});

test('after retention the hits are gone and the counts stay', async () => {
  const id = await newMessage();
  await write([hitOn(id, 'pixel', 5)]);
  await inCompany(database, companyId, (tx) => forgetHits(tx, companyId, now));
  assert.deepEqual(await inCompany(database, companyId, (tx) => hitsOf(tx, companyId, id)), []);
  assert.equal((await engagement(id)).openedCount, 1);
});
