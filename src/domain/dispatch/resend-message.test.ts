import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day } from '#base/time';
import { type DeliveryState, getMessages } from '#domain/outbox';
import { findLink, revokeLinks } from '#domain/tracking';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { sendNewLink } from './answer-visitor.ts';
import { resendMessage } from './resend-message.ts';

let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

/** A message to a wrong address, brought into a state by hand: no worker runs here. */
async function sendWrongly(delivery: DeliveryState) {
  const to = [`${delivery}@peters.example`];
  const [message] = await installation.send(await installation.addInvoice(), { to, copyToSender: false });
  assert.ok(message);
  await asWorker(installation.database, (tx) =>
    tx.updateTable('messages').set({ delivery }).where('id', '=', message.id).execute(),
  );
  return message;
}

function resend(messageId: string, to?: string) {
  const { database, submit, companyId, author, clock } = installation;
  return inCompany(database, companyId, (tx) =>
    resendMessage(tx, submit, { companyId, messageId, author, to }, clock()),
  );
}

const askNewLink = (messageId: string): Promise<boolean> =>
  sendNewLink(installation.database, installation.submit, messageId, installation.clock());

const linkState = (messageId: string) =>
  asWorker(installation.database, async (tx) => {
    const found = await findLink(tx, { messageId, generation: 1 }, installation.clock());
    return found?.state;
  });

const messagesTo = (address: string) =>
  asWorker(installation.database, async (tx) => {
    const rows = await tx.selectFrom('messages').select('id').where('address', '=', address).execute();
    return rows.length;
  });

test('with the corrected address, the link of the wrong one closes and the message counts as the new one', async () => {
  const message = await sendWrongly('rejected');
  const sent = await resend(message.id, 'els@peeters.example');
  assert.ok(sent.ok);
  const [replacement] = sent.messages;
  const { database, companyId } = installation;
  const [now] = await asWorker(database, (tx) => getMessages(tx, companyId, { ids: [message.id] }));
  assert.equal(now?.replacedBy, replacement?.id);
  assert.equal(await linkState(message.id), 'revoked');
  assert.equal(await linkState(replacement?.id ?? ''), 'open');
});

test('a mail that reached somebody else opens nothing any more either, and gets no new link', async () => {
  const message = await sendWrongly('handed_off');
  assert.ok((await resend(message.id, 'els@peeters.example')).ok);
  assert.equal(await linkState(message.id), 'revoked');
  assert.equal(await askNewLink(message.id), false);
  assert.equal(await messagesTo(message.address), 1);
});

test('to the same address, however it is written, the older link stays open', async () => {
  for (const to of [undefined, 'Handed_off@PETERS.example']) {
    const message = await sendWrongly('handed_off');
    assert.ok((await resend(message.id, to)).ok);
    assert.equal(await linkState(message.id), 'open');
  }
});

test('what is refused closes nothing', async () => {
  const message = await sendWrongly('rejected');
  assert.equal((await resend(message.id, 'no address')).ok, false);
  assert.equal(await linkState(message.id), 'open');
});

test('a new link goes to the mailbox of an expired one', async () => {
  const message = await sendWrongly('accepted');
  const before = await messagesTo(message.address);
  assert.equal(await askNewLink(message.id), true);
  assert.equal(await messagesTo(message.address), before + 1);
});

test('a new link is refused for a message that another one has taken the place of', async () => {
  for (const to of ['els@peeters.example', undefined]) {
    const message = await sendWrongly('bounced');
    assert.ok((await resend(message.id, to)).ok);
    const before = await messagesTo(message.address);
    assert.equal(await askNewLink(message.id), false);
    assert.equal(await messagesTo(message.address), before);
  }
});

test('a new link is refused for one that was revoked, and for messages that nobody knows', async () => {
  const message = await sendWrongly('canceled');
  const { database, companyId, clock } = installation;
  await inCompany(database, companyId, (tx) =>
    revokeLinks(tx, [message.id], new Date(clock().getTime() - day)),
  );
  assert.equal(await askNewLink(message.id), false);
  assert.equal(await askNewLink('msg_01JD0000000000000000000009'), false);
});

test('a message that still waits is taken back when it is sent again, so that nobody gets two', async () => {
  for (const to of [undefined, 'els@peeters.example']) {
    const message = await sendWrongly('deferred');
    assert.ok((await resend(message.id, to)).ok);
    const { database, companyId } = installation;
    const [older] = await asWorker(database, (tx) => getMessages(tx, companyId, { ids: [message.id] }));
    assert.equal(older?.delivery, 'canceled');
  }
});
