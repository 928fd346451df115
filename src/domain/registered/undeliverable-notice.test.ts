import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readEvents } from '#domain/evidence';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { noticeLeft } from '../../../test/notice.ts';
import { listDeliveries, runDeliveries } from './index.ts';
import { takeDueMail } from './mail-queue-table.ts';

let installation: TestInstallation;
const clock = { now: new Date('2026-11-27T08:00:00Z') };
const inDays = (days: number) => new Date(Date.parse('2026-11-27T08:00:00Z') + days * 86_400_000);

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
});
after(() => installation.close());

/** A registered sending, its notice handed over unless it `neverLeft`. */
async function sent(address: string, neverLeft = false) {
  clock.now = inDays(0);
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service: 'registered' });
  assert.ok(message);
  if (!neverLeft) await noticeLeft(installation, message.id);
  await runDeliveries(installation.registered, installation.clock);
  return message;
}

async function noticeIs(messageId: string, delivery: string): Promise<void> {
  await installation.database.owner.query('update messages set delivery = $2 where id = $1', [
    messageId,
    delivery,
  ]);
  await rounds();
}

const rounds = async () => {
  while (await runDeliveries(installation.registered, installation.clock));
};

async function standing({ id, dispatchId }: { readonly id: string; readonly dispatchId: string }) {
  const { database, companyId } = installation;
  return inCompany(database, companyId, async (tx) => {
    const all = await listDeliveries(tx, companyId, { isRunning: false, limit: 1000 });
    const events = await readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: 100 });
    const ends = events.filter(({ type }) => type === 'decision.expired' || type === 'notification.failed');
    return { state: all.find((one) => one.messageId === id)?.state, ends: ends.map((one) => one.type) };
  });
}

async function receiptsOf(messageId: string): Promise<string[]> {
  const { rows } = await installation.database.owner.query(
    `select side || ' ' || kind as what from delivery_mails where message_id = $1 order by 1`,
    [messageId],
  );
  return rows.map((row) => row.what);
}

for (const [delivery, neverLeft] of [
  ['rejected', true],
  ['expired', true],
  ['bounced', false],
] as const)
  test(`a delivery whose notice was ${delivery} ends as undeliverable, once; its sender has a receipt, and it never expires`, async () => {
    const message = await sent(`anna@${delivery}.example`, neverLeft);
    assert.equal((await standing(message)).state, 'waiting');
    await noticeIs(message.id, delivery);
    const over = { state: 'undeliverable', ends: ['notification.failed'] };
    assert.deepEqual(await standing(message), over);
    const receipts = (await receiptsOf(message.id)).filter((one) => !one.endsWith('submitted'));
    assert.deepEqual(receipts, ['sender undeliverable']);
    clock.now = inDays(30);
    await rounds();
    assert.deepEqual(await standing(message), over);
    assert.deepEqual(
      (await receiptsOf(message.id)).filter((one) => /reminder|expired/.test(one)),
      [],
    );
  });

test('the receipt of an undeliverable notice is a sealed PDF that goes to the sender as every other one does', async () => {
  const message = await sent('anna@receipt.example');
  await noticeIs(message.id, 'bounced');
  assert.equal(
    await asWorker(installation.database, (tx) => takeDueMail(tx, clock.now, clock.now)),
    null,
    'nothing is left to be written',
  );
  const mails = await installation.messages(message.dispatchId);
  const { rows } = await installation.database.owner.query(
    `select letters.subject, letters.attachments from letters join messages on messages.letter_id = letters.id
      where messages.dispatch_id = $1 and letters.subject like '%Non-delivery%'`,
    [message.dispatchId],
  );
  assert.equal(rows.length, 1);
  assert.equal(rows[0].attachments[0].fileName, 'receipt-undeliverable.pdf');
  assert.ok(mails.some((one) => one.role === 'notification'));
});

test('once somebody has shown the code, a notice that comes back changes nothing', async () => {
  const message = await sent('anna@reads.example');
  await installation.database.owner.query(
    `insert into delivery_sessions (message_id, company_id, session_hash, until) values ($1, $2, 'x', $3)`,
    [message.id, installation.companyId, inDays(0)],
  );
  await noticeIs(message.id, 'bounced');
  assert.deepEqual(await standing(message), { state: 'waiting', ends: [] });
});
