import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventHash, readEvents } from '#domain/evidence';
import { asWorker, inCompany } from '#stores/database';
import { companyId, hitOn, testTracking } from '../../../test/tracking.ts';
import { forgetDetails, holdHistory, liftHold, linksOf, retentionReport } from './index.ts';

let tracking: Awaited<ReturnType<typeof testTracking>>;
before(async () => {
  tracking = await testTracking();
});
after(() => tracking.database.close());

const company = { id: companyId, retentionDays: 90 };
const later = new Date('2027-03-01T03:00:00Z'); // 99 days after the hits

test('details older than the company keeps them go; counts, events and hashes stay', async () => {
  const id = await tracking.newMessage();
  const recent = new Date('2027-02-20T10:00:00Z');
  await tracking.write([hitOn(id, 'pixel', 5), hitOn(id, 'view', 6, { session: 's', pages: [1] })]);
  await tracking.write([hitOn(id, 'pixel', 5, { at: recent })]);
  const [known, events] = [await tracking.engagement(id), await tracking.events(id)];
  assert.equal(events[0]?.data['agent'], 'Chrome 130');
  const run = await forgetDetails(tracking.database, company, later);
  assert.deepEqual([run?.messages, run?.hits, run?.fields], [1, 2, 4]);
  assert.equal((await tracking.hits(id)).length, 1);
  assert.deepEqual(await tracking.engagement(id), known);
  const afterwards = await tracking.events(id);
  assert.deepEqual(
    afterwards.map((event) => [event.hash, event.prev]),
    events.map((event) => [event.hash, event.prev]),
  );
  assert.ok(afterwards.every((event) => eventHash(event.raw).equals(event.hash)));
  assert.deepEqual(
    afterwards.map((event) => event.data['agent']),
    [undefined, undefined, 'Chrome 130'],
  );
  const log = await asWorker(tracking.database, async (tx) =>
    tx.selectFrom('events').select(['type', 'data']).where('type', '=', 'evidence.pruned').execute(),
  );
  assert.deepEqual(
    log.map(({ data }) => (data as { hits?: number }).hits),
    [2],
  );
});

test('a second run finds nothing and says nothing', async () => {
  assert.equal(await forgetDetails(tracking.database, company, later), null);
});

test('a dispatch on legal hold keeps its history until the hold is lifted', async () => {
  const id = await tracking.newMessage();
  await tracking.write([hitOn(id, 'pixel', 5)]);
  const [link] = await asWorker(tracking.database, (tx) => linksOf(tx, [id]));
  const { dispatchId } = link!;
  const hold = { dispatchId, companyId, reason: 'Lawsuit', placedBy: 'usr_1', placedAt: later };
  await inCompany(tracking.database, companyId, async (tx) => {
    assert.deepEqual(await holdHistory(tx, { ...hold, reason: ' ' }, 'user'), {
      ok: false,
      reason: 'required',
    });
    assert.deepEqual(await holdHistory(tx, hold, 'user'), { ok: true });
    assert.deepEqual(await holdHistory(tx, hold, 'user'), { ok: false, reason: 'held_already' });
  });
  assert.equal(await forgetDetails(tracking.database, company, later), null);
  assert.equal((await tracking.hits(id)).length, 1);
  const lift = { companyId, dispatchId, by: 'usr_1' };
  await inCompany(tracking.database, companyId, async (tx) => {
    assert.equal(await liftHold(tx, lift, 'user', later), true);
    assert.equal(await liftHold(tx, lift, 'user', later), false);
  });
  assert.equal((await forgetDetails(tracking.database, company, later))?.hits, 1);
  const types = await asWorker(tracking.database, async (tx) =>
    (await readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: 20 })).map((event) => event.type),
  );
  assert.deepEqual(types.slice(-2), ['evidence.held', 'evidence.released']);
});

test('how long each page was on the screen is kept: the longest report of a session', async () => {
  const id = await tracking.newMessage();
  const view = (minutes: number, pageSeconds: Record<string, number>) =>
    hitOn(id, 'view', minutes, { session: 's', pages: Object.keys(pageSeconds).map(Number), pageSeconds });
  await tracking.write([view(6, { 1: 2 })]);
  await tracking.write([view(7, { 1: 14, 2: 3 }), view(8, { 1: 20, 2: 3 })]);
  const [row] = await tracking.hits(id);
  assert.deepEqual([row?.pages, row?.pageSeconds], [[1, 2], { 1: 20, 2: 3 }]);
});

test('the report tells by day what went, what a hold keeps, and what is due next', async () => {
  const zone = { ...company, timeZone: 'Europe/Brussels' };
  const report = (at: Date) => inCompany(tracking.database, companyId, (tx) => retentionReport(tx, zone, at));
  await forgetDetails(tracking.database, company, later);
  const [held, free] = [await tracking.newMessage(), await tracking.newMessage()];
  const young = new Date('2027-02-25T10:00:00Z');
  await tracking.write([hitOn(held, 'pixel', 5), hitOn(free, 'pixel', 5), hitOn(free, 'view', 7)]);
  const [link] = await asWorker(tracking.database, (tx) => linksOf(tx, [held]));
  const hold = {
    dispatchId: link!.dispatchId,
    companyId,
    reason: 'Lawsuit',
    placedBy: 'usr_1',
    placedAt: later,
  };
  await inCompany(tracking.database, companyId, (tx) => holdHistory(tx, hold, 'user'));
  const before = (await report(later)).days[0] ?? { messages: 0, hits: 0 };
  await forgetDetails(tracking.database, company, later);
  await tracking.write([hitOn(free, 'pixel', 9, { at: young })]);
  const { days, held: kept, next } = await report(later);
  const [newest] = days;
  assert.equal(newest?.day, '2027-03-01');
  assert.deepEqual([newest.messages - before.messages, newest.hits - before.hits], [1, 2]);
  assert.deepEqual(kept, { dispatches: 1, hits: 1 });
  assert.ok(next.at && next.at <= new Date(young.getTime() + 90 * 86_400_000));
  const much = await report(new Date('2027-05-01T00:00:00Z'));
  assert.ok(much.next.hits >= 1);
});
