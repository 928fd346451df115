import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeDocument } from '#domain/documents';
import { markHandedOver, writeHits } from '#domain/tracking';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { hitOn } from '../../../test/tracking.ts';
import { catchUp, listMessages, readFigures, rebuildOverview, totalMessages } from './index.ts';

let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

const tables = ['document_overview', 'message_overview', 'message_days'] as const;

async function everything() {
  const { owner } = installation.database;
  const rows: Record<string, unknown[]> = {};
  for (const table of tables) {
    const found = await owner.query(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`);
    rows[table] = found.rows.map(({ row }) => row);
  }
  return rows;
}

test('totals count what the list shows, in every state, and follow what happens', async () => {
  const { database, companyId } = installation;
  const [first] = await installation.send(await installation.addInvoice(), {
    to: ['a@b.example', 'c@d.example'],
    copyToSender: true,
  });
  await catchUp(database);
  const totals = async () => {
    const { tallies } = await totalMessages(database, companyId, { withoutCopies: true });
    return Object.fromEntries(tallies.map((one) => [one.envelope, one.count]));
  };
  assert.deepEqual(await totals(), { waiting: 2 });
  await database.owner.query(`update messages set delivery = 'accepted', settled_at = now() where id = $1`, [
    first!.id,
  ]);
  await asWorker(database, (tx) => markHandedOver(tx, [first!.id], new Date(0)));
  await writeHits(database, [hitOn(first!.id, 'pixel', 0, { at: new Date() })], new Date());
  await catchUp(database);
  assert.deepEqual(await totals(), { waiting: 1, opened: 1 });
  const listed = await listMessages(
    database,
    companyId,
    { withoutCopies: true, envelopes: ['opened'] },
    { before: null, limit: 10 },
  );
  assert.deepEqual(
    listed.map((row) => row.message_id),
    [first!.id],
  );
  const byText = await totalMessages(database, companyId, {
    withoutCopies: true,
    recipientPart: 'B.example',
  });
  assert.deepEqual(
    byText.tallies.map(({ count }) => count),
    [1],
  );
});

test('rebuilding gives the same rows that following had given', async () => {
  const { database, companyId } = installation;
  const document = await installation.addInvoice();
  await installation.send(document, { to: ['e@f.example'], cc: ['g@h.example'] });
  await installation.send(document, { to: ['e@f.example'], purpose: 'reminder' });
  await inCompany(database, companyId, (tx) =>
    changeDocument(
      tx,
      { companyId, documentId: document.id, by: { actor: 'user', id: null } },
      { paid: { on: '2026-11-27', amount: null } } as never,
      new Date(),
    ),
  );
  await catchUp(database);
  const before = await everything();
  assert.ok(tables.every((table) => (before[table]?.length ?? 0) > 0));
  await rebuildOverview(database, [companyId]);
  assert.deepEqual(await everything(), before);
});

const today = '2026-11-22';

test('a day without mail counts zero, up to the day that it is', async () => {
  const { database, companyId } = installation;
  const all = await readFigures(database, companyId, {}, today);
  const last = all.buckets.at(-1)?.name ?? '';
  const later = new Date(Date.parse(last) + 3 * 86_400_000).toISOString().slice(0, 10);
  const earlier = new Date(Date.parse(all.buckets[0]?.name ?? '') - 2 * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const filled = await readFigures(database, companyId, { fromDay: earlier, toDay: '2999-12-31' }, later);
  assert.equal(filled.buckets.length, all.buckets.length + 5);
  assert.deepEqual(
    [filled.buckets[0], filled.buckets.at(-1)],
    [earlier, later].map((name) => ({ name, sent: 0, reached: 0, opened: 0, failed: 0 })),
  );
  assert.deepEqual(filled.total, all.total);
});

test('days to payment are those of the sender that is asked for', async () => {
  const { database, companyId } = installation;
  const [row] = await listMessages(database, companyId, {}, { before: null, limit: 1 });
  const of = async (senderId: string) =>
    (await readFigures(database, companyId, { senderId }, today)).daysToPayment;
  assert.equal(typeof (await of(row!.sender_id)), 'number');
  assert.equal(await of('snd_nobody'), null);
});

test('figures count per day what left, arrived, was opened, and how long that took', async () => {
  const { database, companyId } = installation;
  const figures = await readFigures(database, companyId, {}, today);
  assert.equal(figures.by, 'day');
  assert.deepEqual([figures.total.sent, figures.total.reached, figures.total.opened], [1, 1, 1]);
  assert.ok((figures.secondsToOpening ?? -1) >= 0);
  const none = await readFigures(database, companyId, { kind: 'quote' }, today);
  assert.deepEqual([none.buckets, none.secondsToOpening], [[], null]);
});
