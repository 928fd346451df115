import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closeCustomerLinks, resendMessage, takeBackDelivery } from '#domain/dispatch';
import { readEvents } from '#domain/evidence';
import { getMessages, type Message } from '#domain/outbox';
import { revokeLinks } from '#domain/tracking';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { noticeLeft } from '../../../test/notice.ts';
import { getDelivery, runDeliveries } from './index.ts';

let installation: TestInstallation;
const clock = { now: new Date('2026-11-27T08:00:00Z') };
const inDays = (days: number) => new Date(Date.parse('2026-11-27T08:00:00Z') + days * 86_400_000);

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
});
after(() => installation.close());

const rounds = async () => {
  while (await runDeliveries(installation.registered, installation.clock));
};
const by = { actor: 'user' as const, id: 'usr_x' };

/** A registered sending that is running, or one that leaves later. */
async function sent(address: string, leaves: 'left' | 'later' = 'left'): Promise<Message> {
  clock.now = inDays(0);
  const document = await installation.addInvoice();
  const later = { sendAt: new Date(clock.now.getTime() + 3_600_000) };
  const [message] = await installation.send(document, {
    ...{ to: [address], service: 'registered' as const },
    ...(leaves === 'later' ? later : {}),
  });
  assert.ok(message);
  if (leaves === 'left') await noticeLeft(installation, message.id);
  await rounds();
  return message;
}

async function standing({ id, dispatchId }: Message) {
  clock.now = inDays(30);
  await rounds();
  const { database, companyId } = installation;
  return inCompany(database, companyId, async (tx) => {
    const events = await readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: 100 });
    const ends = events.filter(({ type }) => type === 'decision.expired' || type === 'content.withdrawn');
    const { rows } = await installation.database.owner.query(
      `select side || ' ' || kind as what from delivery_mails where message_id = $1 and kind not in ('submitted') order by 1`,
      [id],
    );
    return {
      state: (await getDelivery(tx, id))?.state,
      ends: ends.map(({ type, data }) => `${type} ${data['reason'] ?? '-'}`),
      receipts: rows.map((row) => row.what).filter((what) => !/reminder/.test(what)),
      notice: (await getMessages(tx, companyId, { ids: [id] }))[0]?.delivery,
    };
  });
}

const toBoth = ['recipient withdrawn', 'sender withdrawn'];

test('a delivery that goes to a corrected address ends as withdrawn at the wrong one, and never as silence', async () => {
  const { submit, companyId, author, database } = installation;
  const message = await sent('wrong@peters.example');
  const again = { companyId, messageId: message.id, author, to: 'right@peeters.example' };
  await inCompany(database, companyId, (tx) => resendMessage(tx, submit, again, clock.now));
  const now = await standing(message);
  assert.deepEqual(now.ends, ['content.withdrawn address_corrected']);
  assert.deepEqual([now.state, now.receipts], ['withdrawn', toBoth]);
});

test('the links of a document close, and what waits behind a code there ends as withdrawn with a receipt to both sides', async () => {
  const [message, other] = [await sent('anna@closed.example'), await sent('bea@open.example')];
  const { companyId, database } = installation;
  const of = { companyId, documentId: message.documentId, by };
  await inCompany(database, companyId, (tx) => closeCustomerLinks(tx, of, clock.now));
  const now = await standing(message);
  assert.deepEqual(now.ends, ['content.withdrawn links_closed']);
  assert.deepEqual([now.state, now.receipts], ['withdrawn', toBoth]);
  assert.equal((await standing(other)).state, 'expired');
});

test('all links of a company close, and the notices that wait for their hour do not leave', async () => {
  const message = await sent('carl@later.example', 'later');
  const { companyId, database } = installation;
  await inCompany(database, companyId, (tx) =>
    closeCustomerLinks(tx, { companyId, documentId: null, by }, clock.now),
  );
  const now = await standing(message);
  assert.deepEqual([now.state, now.notice], ['withdrawn', 'canceled']);
  assert.deepEqual(now.receipts, ['sender withdrawn'], 'who never heard of it is told nothing');
});

test('a link that was closed in any other way lets nothing expire', async () => {
  const message = await sent('dora@elsewhere.example');
  await asWorker(installation.database, (tx) => revokeLinks(tx, [message.id], clock.now));
  assert.deepEqual((await standing(message)).ends, ['content.withdrawn links_closed']);
});

test('a notice that waits for its hour does not leave when its delivery is withdrawn', async () => {
  const message = await sent('emil@later.example', 'later');
  const { companyId, database } = installation;
  const of = { companyId, messageId: message.id, by: 'usr_x' };
  const done = await inCompany(database, companyId, (tx) => takeBackDelivery(tx, of, clock.now));
  assert.ok(done.ok);
  const now = await standing(message);
  assert.deepEqual([now.state, now.notice], ['withdrawn', 'canceled']);
  assert.deepEqual([now.ends, now.receipts], [['content.withdrawn -'], ['sender withdrawn']]);
});

test('a delivery whose notice has left is withdrawn with a receipt to both sides', async () => {
  const message = await sent('fred@left.example');
  const { companyId, database } = installation;
  const of = { companyId, messageId: message.id, by: 'usr_x' };
  await inCompany(database, companyId, (tx) => takeBackDelivery(tx, of, clock.now));
  const now = await standing(message);
  assert.deepEqual([now.state, now.receipts], ['withdrawn', toBoth]);
});
