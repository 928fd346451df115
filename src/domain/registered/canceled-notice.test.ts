import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cancelDispatch } from '#domain/dispatch';
import { readEvents } from '#domain/evidence';
import type { Message } from '#domain/outbox';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { noticeLeft } from '../../../test/notice.ts';
import { listDeliveries, runDeliveries, withdrawDelivery } from './index.ts';

let installation: TestInstallation;
const now = new Date('2026-11-27T08:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const round = async () => {
  while (await runDeliveries(installation.registered, installation.clock));
};
const stateOf = async (messageId: string) => {
  const { database, companyId } = installation;
  const all = await inCompany(database, companyId, (tx) =>
    listDeliveries(tx, companyId, { isRunning: false, limit: 1000 }),
  );
  return all.find((one) => one.messageId === messageId)?.state;
};

/** A registered sending of tomorrow. */
async function planned() {
  const sendAt = new Date(now.getTime() + 24 * 3_600_000);
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, {
    to: ['anna@planned.example'],
    service: 'registered',
    sendAt,
  });
  assert.ok(message);
  return message;
}

test('a delivery whose notice was canceled before it left is over, and nobody is told who never heard of it', async () => {
  const [message, other] = [await planned(), await planned()];
  await round();
  const { companyId, author, database } = installation;
  const which = { companyId, dispatchId: message.dispatchId, author };
  await inCompany(database, companyId, (tx) => cancelDispatch(tx, which, now));
  await round();
  assert.equal(await stateOf(message.id), 'withdrawn');
  assert.equal(await stateOf(other.id), 'waiting');
  const events = await inCompany(database, companyId, (tx) =>
    readEvents(tx, { kind: 'dispatch', id: message.dispatchId, limit: 100 }),
  );
  const ends = events.filter((one) => one.type === 'content.withdrawn');
  assert.deepEqual(
    ends.map((one) => one.data['reason']),
    ['notice_canceled'],
  );
  const mails = await installation.messages(message.dispatchId);
  assert.deepEqual(
    mails.map((one) => [one.role, one.delivery]),
    [['to', 'canceled']],
  );
});

test('a notice that was on its way when its delivery was taken back, and was put off, is tried no more', async () => {
  const { companyId, database, author } = installation;
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, {
    to: ['slow@put-off.example'],
    service: 'registered',
  });
  assert.ok(message);
  await round();
  const bring = (delivery: 'sending' | 'deferred') =>
    asWorker(database, (tx) =>
      tx.updateTable('messages').set({ delivery }).where('id', '=', message.id).execute(),
    );
  await bring('sending');
  const of = { companyId, messageId: message.id, by: author.id };
  assert.ok((await inCompany(database, companyId, (tx) => withdrawDelivery(tx, of, now))).ok);
  await round();
  assert.equal(await deliveryOf(message), 'sending');
  await bring('deferred');
  await round();
  assert.equal(await deliveryOf(message), 'canceled');
});

async function deliveryOf({ id, dispatchId }: Message) {
  return (await installation.messages(dispatchId)).find((one) => one.id === id)?.delivery;
}

test('many notices that wait for their day do not hold up the days of one that has left after them', async () => {
  await planned();
  await round();
  const { owner } = installation.database;
  const { rows } = await owner.query(`select array_to_string(array(select attname from pg_attribute
    where attrelid = 'deliveries'::regclass and attnum > 0 and not attisdropped and attname <> 'message_id'), ', ') as others`);
  await owner.query(`insert into deliveries (message_id, ${rows[0].others})
    select 'msg_' || n, ${rows[0].others} from (select * from deliveries where state = 'waiting' limit 1) as one, generate_series(1, 600) as n`);
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: ['late@left.example'], service: 'registered' });
  await noticeLeft(installation, message?.id ?? '');
  await runDeliveries(installation.registered, installation.clock);
  const deadline = await owner.query('select deadline_at from deliveries where message_id = $1', [
    message?.id,
  ]);
  assert.ok(deadline.rows[0].deadline_at);
});
