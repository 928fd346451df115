import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeCompany } from '#domain/accounts';
import { createCustomer, getContactsByAddress } from '#domain/customers';
import { eventHash, readEvents, sequence } from '#domain/evidence';
import { followNotices, listNotices } from '#domain/notices';
import { holdHistory, linksOf, markHandedOver, writeHits } from '#domain/tracking';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { hitOn } from '../../../test/tracking.ts';
import { erasePerson, personRecord, takeRequest } from './index.ts';

let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

/** An e-mail to els@peeters.example that was opened. */
async function openedMail() {
  const { database, companyId } = installation;
  const document = await installation.addInvoice({ number: `P-${Math.random()}` });
  const [message] = await installation.send(document, { to: ['els@peeters.example'], copyToSender: false });
  await inCompany(database, companyId, (tx) =>
    markHandedOver(tx, [message!.id], new Date(Date.now() - 3_600_000)),
  );
  await writeHits(database, [hitOn(message!.id, 'pixel', 0, { at: new Date() })], new Date());
  return message!;
}

test('a person’s record holds contacts, e-mails and visits; erasing it leaves events and hashes whole', async () => {
  const { database, companyId, author } = installation;
  const message = await openedMail();
  const address = 'els@peeters.example';
  const by = { actor: 'user', id: author.id } as const;
  await inCompany(database, companyId, (tx) =>
    createCustomer(tx, { companyId, by }, { name: 'Peeters', contacts: [{ email: address }] }, new Date()),
  );
  const record = await inCompany(database, companyId, (tx) => personRecord(tx, companyId, address));
  assert.deepEqual([record.messageCount, record.messages[0]?.hits.length], [1, 1]);
  assert.ok(record.contacts.length > 0 && record.changes.some((event) => event.type === 'contact.added'));
  const events = () =>
    inCompany(database, companyId, (tx) =>
      readEvents(tx, { kind: 'dispatch', id: message.dispatchId, limit: 100 }),
    );
  const before = await events();
  const erased = await inCompany(database, companyId, (tx) =>
    erasePerson(tx, { companyId, address, by }, new Date()),
  );
  assert.deepEqual([erased.messages, erased.hits, erased.contacts, erased.held], [1, 1, 1, 0]);
  const afterwards = await events();
  assert.deepEqual(
    afterwards.map((event) => event.hash),
    before.map((event) => event.hash),
  );
  assert.ok(afterwards.every((event) => eventHash(event.raw).equals(event.hash)));
  assert.ok(!JSON.stringify(afterwards.map((event) => event.data)).includes(address));
  const left = await inCompany(database, companyId, async (tx) => ({
    contacts: await getContactsByAddress(tx, companyId, [address]),
    links: await linksOf(tx, [message.id]),
  }));
  assert.deepEqual([left.contacts, left.links.map((link) => link.mode)], [[], ['none']]);
});

test('a colleague to whom a delivery was handed loses his name, too', async () => {
  const { database, companyId, author } = installation;
  const { id } = await openedMail();
  const address = 'els@peeters.example';
  const by = { actor: 'user', id: author.id } as const;
  const names = await inCompany(database, companyId, async (tx) => {
    const delegate = { link_message_id: id, message_id: 'msg_of_another', company_id: companyId, address };
    await tx
      .insertInto('delivery_delegates')
      .values({ ...delegate, name: 'Els Peeters', created_at: new Date(), ended_at: null })
      .execute();
    await erasePerson(tx, { companyId, address, by }, new Date());
    return tx.selectFrom('delivery_delegates').select('name').where('link_message_id', '=', id).execute();
  });
  assert.deepEqual(names, [{ name: address }]);
});

test('what is on legal hold stays whole', async () => {
  const { database, companyId, author } = installation;
  const message = await openedMail();
  const hold = { companyId, dispatchId: message.dispatchId, reason: 'Lawsuit' };
  await inCompany(database, companyId, (tx) =>
    holdHistory(tx, { ...hold, placedBy: author.id, placedAt: new Date() }, 'user'),
  );
  const by = { actor: 'user', id: author.id } as const;
  const erased = await inCompany(database, companyId, (tx) =>
    erasePerson(tx, { companyId, address: 'els@peeters.example', by }, new Date()),
  );
  assert.deepEqual([erased.held, erased.hits], [1, 0]);
});

/** The kinds of open notices about a message. */
async function noticesAbout(messageId: string): Promise<string[]> {
  const { database, companyId } = installation;
  await sequence(database);
  await followNotices(database);
  const page = { before: null, limit: 100 };
  const open = await inCompany(database, companyId, (tx) => listNotices(tx, companyId, page));
  return open.filter((one) => one.subjectId === messageId).map((one) => one.kind);
}

test('who asks for his record or its erasure is heard: it is recorded, and a notice asks somebody to do it', async () => {
  const { database } = installation;
  const { id: messageId } = await openedMail();
  assert.equal(await takeRequest(database, { messageId, wants: 'export' }, new Date()), 'asked');
  assert.equal(await takeRequest(database, { messageId, wants: 'erasure' }, new Date()), 'asked');
  assert.deepEqual((await noticesAbout(messageId)).sort(), ['erasure_requested', 'export_requested']);
  assert.equal(await takeRequest(database, { messageId: 'msg_none', wants: 'export' }, new Date()), null);
});

test('where the company has chosen so, erasure is done at once; contacts stay, and no notice is needed', async () => {
  const { database, companyId, author } = installation;
  const address = 'els@peeters.example';
  const by = { actor: 'user', id: author.id } as const;
  await inCompany(database, companyId, async (tx) => {
    await changeCompany(tx, companyId, { erasureOnRequest: 'automatic' }, new Date());
    await createCustomer(tx, { companyId, by }, { name: 'Els', contacts: [{ email: address }] }, new Date());
  });
  const { id: messageId } = await openedMail();
  assert.equal(await takeRequest(database, { messageId, wants: 'erasure' }, new Date()), 'erased');
  const left = await inCompany(database, companyId, async (tx) => ({
    contacts: await getContactsByAddress(tx, companyId, [address]),
    links: await linksOf(tx, [messageId]),
  }));
  assert.equal(left.links[0]?.mode, 'none');
  assert.ok(left.contacts.length > 0);
  assert.deepEqual(await noticesAbout(messageId), []);
});
