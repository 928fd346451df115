import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day } from '#base/time';
import { type Reported, settleMessage, settleReports } from '#domain/outbox';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { getDelivery, runDeliveries } from './index.ts';

let installation: TestInstallation;
const begun = Date.parse('2026-11-27T08:00:00Z');
const clock = { now: new Date(begun) };
const inDays = (days: number) => new Date(begun + days * day);

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
});
after(() => installation.close());

/** The delivery of a message after a round of today. */
async function delivery(messageId: string) {
  while (await runDeliveries(installation.registered, installation.clock));
  const found = await asWorker(installation.database, (tx) => getDelivery(tx, messageId));
  return { state: found?.state, notifiedAt: found?.notifiedAt, deadlineAt: found?.deadlineAt };
}

/** A registered sending whose notice got no answer after the dot. */
async function unconfirmed(address: string): Promise<string> {
  clock.now = inDays(0);
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service: 'registered' });
  const id = message?.id ?? '';
  const { owner } = installation.database;
  await owner.query(`update messages set delivery = 'unconfirmed', settled_at = $2 where id = $1`, [
    id,
    clock.now,
  ]);
  await owner.query('update links set handed_over_at = $2 where message_id = $1', [id, clock.now]);
  return id;
}

const nothing = { state: 'waiting', notifiedAt: null, deadlineAt: null };

const settle = (messageId: string, as: 'delivered' | 'again') => {
  const { companyId, database } = installation;
  const by = { actor: 'user' as const, id: 'usr_x' };
  return inCompany(database, companyId, (tx) =>
    settleMessage(tx, { companyId, messageId, as, by }, clock.now),
  );
};

const reported = (messageId: string, fate: Reported['fate']) => {
  const { companyId, database } = installation;
  const fact = { type: 'message.delivered' as const, actor: 'server' as const, data: {} };
  const report = { companyId, messageId, fate, failure: null, permanent: false, fact };
  return asWorker(database, (tx) => settleReports(tx, [report], clock.now, { patient: false }));
};

test('no days are counted from a notice of which nobody knows whether it left, and nothing expires', async () => {
  const id = await unconfirmed('anna@unknown.example');
  assert.deepEqual(await delivery(id), nothing);
  clock.now = inDays(60);
  assert.deepEqual(await delivery(id), nothing);
});

test('the days are counted from when a person says that the notice left', async () => {
  const id = await unconfirmed('bea@settled.example');
  assert.deepEqual(await delivery(id), nothing);
  clock.now = inDays(3);
  await settle(id, 'delivered');
  assert.deepEqual((await delivery(id)).notifiedAt, inDays(3));
});

test('a notice that is sent again is given with the second mail, and not with the first', async () => {
  const id = await unconfirmed('carl@again.example');
  clock.now = inDays(2);
  await settle(id, 'again');
  assert.deepEqual(await delivery(id), nothing);
  clock.now = inDays(4);
  await reported(id, 'arrived');
  clock.now = inDays(5);
  assert.deepEqual((await delivery(id)).notifiedAt, inDays(4));
});

test('who complains of a notice has it, and a later report does not move its time', async () => {
  const id = await unconfirmed('dora@complains.example');
  clock.now = inDays(1);
  await reported(id, 'arrived');
  clock.now = inDays(2);
  await reported(id, 'complained');
  assert.deepEqual((await delivery(id)).notifiedAt, inDays(1));
});
