import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#base/ids';
import { asWorker, inCompany } from '#stores/database';
import { companyId, hitOn, now, testTracking } from '../../../test/tracking.ts';
import type { Signal } from './hit.ts';
import { findLink, linksOf, openLinks, renewLink, revokeLinks, silenceLinks } from './keep-links.ts';
import { engagementsOf, hitsOf } from './read-engagement.ts';

let tracking: Awaited<ReturnType<typeof testTracking>>;
before(async () => {
  tracking = await testTracking();
});
after(() => tracking.database.close());

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
      const id = await tracking.newMessage();
      await tracking.write(hits.map(({ signal, minutes, ...rest }) => hitOn(id, signal, minutes, rest)));
      assert.ok(['none', 'machine_only'].includes((await tracking.engagement(id)).level));
      assert.ok((await tracking.types(id)).every((type) => !/viewed|downloaded| person/.test(type)));
    }),
    { numRuns: 25 },
  );
});

test('HEAD changes nothing that matters: no view, no opening, the link stays as it is', async () => {
  const id = await tracking.newMessage();
  const before = await inCompany(tracking.database, companyId, (tx) => linksOf(tx, [id]));
  await tracking.write(
    (['pixel', 'page', 'file'] as const).map((signal) => hitOn(id, signal, 30, { method: 'HEAD' })),
  );
  assert.equal((await tracking.engagement(id)).level, 'machine_only');
  assert.deepEqual(await inCompany(tracking.database, companyId, (tx) => linksOf(tx, [id])), before);
});

test('staff are kept in the history and never count', async () => {
  const id = await tracking.newMessage();
  const staff = { staffOf: ['com_other', companyId], session: 's' };
  await tracking.write([
    hitOn(id, 'pixel', 5, staff),
    hitOn(id, 'page', 5, staff),
    hitOn(id, 'view', 6, staff),
  ]);
  assert.deepEqual(
    [(await tracking.engagement(id)).level, (await tracking.engagement(id)).machineCount],
    ['none', 0],
  );
  assert.deepEqual(await tracking.types(id), []);
  const rows = await tracking.hits(id);
  assert.equal(rows.length, 3);
});

test('staff of another company are customers here', async () => {
  const id = await tracking.newMessage();
  await tracking.write([hitOn(id, 'pixel', 5, { staffOf: ['com_01JD0000000000000000000002'] })]);
  assert.equal((await tracking.engagement(id)).level, 'opened');
});

test('mode none and the duplicate leave no trace, mode links none of the pixel', async () => {
  const silent = await tracking.newMessage({ mode: 'none' });
  const copy = await tracking.newMessage({ counted: false });
  const links = await tracking.newMessage({ mode: 'links' });
  for (const id of [silent, copy, links]) await tracking.write([hitOn(id, 'pixel', 5)]);
  for (const id of [silent, copy]) await tracking.write([hitOn(id, 'view', 6, { session: 's', pages: [1] })]);
  for (const id of [silent, copy, links]) {
    assert.equal((await tracking.engagement(id)).level, 'none');
    assert.deepEqual(await tracking.hits(id), []);
  }
  await tracking.write([hitOn(links, 'view', 6, { session: 's', pages: [1] })]);
  assert.equal((await tracking.engagement(links)).level, 'viewed');
});

test('withdrawn consent silences mails that were sent before', async () => {
  const id = await tracking.newMessage();
  await tracking.write([hitOn(id, 'pixel', 5)]);
  await inCompany(tracking.database, companyId, (tx) => silenceLinks(tx, [id]));
  await tracking.write([hitOn(id, 'pixel', 50), hitOn(id, 'view', 51, { session: 's', pages: [1] })]);
  assert.deepEqual(
    [(await tracking.engagement(id)).level, (await tracking.engagement(id)).openedCount],
    ['opened', 1],
  );
});

test('a hit on the way to the recipient is no opening', async () => {
  const id = await tracking.newMessage();
  await tracking.database.owner.query('update links set handed_over_at = null where message_id = $1', [id]);
  await tracking.write([hitOn(id, 'pixel', 5)]);
  assert.equal((await tracking.engagement(id)).level, 'machine_only');
});

test('a local hit that is faster than our own note of the hand-over counts', async () => {
  const id = await tracking.newMessage();
  await tracking.database.owner.query('update links set handed_over_at = null where message_id = $1', [id]);
  await tracking.write([hitOn(id, 'pixel', 0, { isLocal: true })]);
  assert.equal((await tracking.engagement(id)).level, 'opened');
});

test('a revoked link opens again under new tokens only, an expired one tells so', async () => {
  const id = await tracking.newMessage();
  await inCompany(tracking.database, companyId, async (tx) => {
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
  const id = await tracking.newMessage();
  await tracking.write([hitOn(id, 'pixel', 5)]);
  await inCompany(tracking.database, 'com_01JD0000000000000000000002', async (tx) => {
    assert.deepEqual(await linksOf(tx, [id]), []);
    assert.equal((await engagementsOf(tx, [id]))[0]?.level, 'none');
    assert.deepEqual(await hitsOf(tx, companyId, id), []);
    await silenceLinks(tx, [id]);
  });
  const [link] = await asWorker(tracking.database, (tx) => linksOf(tx, [id]));
  assert.deepEqual([link?.mode, link?.documentIds], ['full', ['doc_a', 'doc_b']]);
  await assert.rejects(
    inCompany(tracking.database, 'com_01JD0000000000000000000002', (tx) =>
      openLinks(tx, [{ ...link!, messageId: newId('message', now) }]),
    ),
  );
});
