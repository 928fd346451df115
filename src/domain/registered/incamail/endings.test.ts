import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cancelDispatch, prepareDispatch } from '#domain/dispatch';
import { type Message, settleReports } from '#domain/outbox';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { connectIncamail, sendByIncamail, tell } from '../../../../test/incamail-account.ts';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { type FakeIncamail, startIncamail } from '../../../../test/servers/index.ts';
import { listReceipts, runDeliveries } from '../index.ts';
import { incamail } from './incamail.ts';

let installation: TestInstallation;
let fake: FakeIncamail;
let worker: Loop;

before(async () => {
  installation = await testInstallation();
  fake = await startIncamail();
  await connectIncamail(installation, fake);
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await fake.close();
  await installation.close();
});

/** How it stands after a round, and who says so. */
async function standing({ id: messageId }: Message): Promise<string> {
  await runDeliveries(installation.registered, installation.clock);
  const { companyId, database } = installation;
  const status = await asWorker(database, (tx) => incamail.statusOf(tx, { companyId, messageId }));
  return `${status?.standing} by ${status?.by}`;
}

const sendTo = async (address: string): Promise<Message> => {
  const [message] = await sendByIncamail(installation, [address]);
  assert.ok(message);
  return message;
};

const planned = async (address: string): Promise<Message> => {
  const sendAt = new Date(installation.clock().getTime() + 3_600_000);
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, {
    ...{ to: [address], service: 'incamail_registered', sendAt },
  });
  assert.ok(message);
  return message;
};

const comesBack = ({ id: messageId, companyId }: Message) =>
  asWorker(installation.database, (tx) => {
    const fact = { type: 'message.bounced', actor: 'server', data: {} } as const;
    const report = { companyId, messageId, fate: 'failed', failure: 'no_mailbox', permanent: false, fact };
    return settleReports(tx, [report as never], installation.clock(), { patient: false });
  });

test('a delivery whose mail was canceled before it left ends with it, and waits for no receipt', async () => {
  const message = await planned('anna@canceled.example');
  assert.equal(await standing(message), 'waiting by nobody');
  const { companyId, author, database } = installation;
  const which = { companyId, dispatchId: message.dispatchId, author };
  await inCompany(database, companyId, (tx) => cancelDispatch(tx, which, installation.clock()));
  assert.equal(await standing(message), 'withdrawn by own_record');
});

test('a delivery whose mail the server of the provider refuses for good ends as undeliverable', async () => {
  const message = await planned('bea@refused.example');
  await installation.database.owner.query(
    `update messages set delivery = 'rejected', detail = 'no_mailbox' where id = $1`,
    [message.id],
  );
  assert.equal(await standing(message), 'undeliverable by own_record');
});

test('a delivery whose mail comes back ends as undeliverable, also when its submission was confirmed', async () => {
  const [message, confirmed] = [await sendTo('carl@back.example'), await sendTo('cora@back.example')];
  await tell(installation, fake, { address: confirmed.address, ending: 'submitted' });
  assert.equal(await standing(confirmed), 'submitted by receipt');
  for (const one of [message, confirmed]) await comesBack(one);
  for (const one of [message, confirmed]) assert.equal(await standing(one), 'undeliverable by own_record');
});

test('what nobody has signed ends no delivery for good: a signed receipt goes before it, and then nothing does', async () => {
  const message = await sendTo('dora@forged.example');
  const { address } = message;
  await tell(installation, fake, { address, ending: 'undeliverable', twist: { unsigned: true } });
  assert.equal(await standing(message), 'undeliverable by receipt');
  await tell(installation, fake, { address, ending: 'accepted', twist: { refers: false } });
  assert.equal(await standing(message), 'accepted by receipt');
  await tell(installation, fake, { address, ending: 'blocked', twist: { unsigned: true } });
  await tell(installation, fake, { address, ending: 'refused' });
  assert.equal(await standing(message), 'accepted by receipt');
});

test('a PDF that a stranger has signed is kept and counts for nothing, with roots and without', async () => {
  const twist = { byStranger: true };
  for (const roots of [fake.root, '']) {
    await connectIncamail(installation, fake, { roots });
    const message = await sendTo(`emil${roots.length}@stranger.example`);
    await tell(installation, fake, { address: message.address, ending: 'accepted', twist });
    const { companyId, database } = installation;
    const [receipt] = await asWorker(database, (tx) =>
      listReceipts(tx, companyId, { messageIds: [message.id] }),
    );
    assert.deepEqual([receipt?.verdict.result, receipt?.counted], ['unknown_root', false]);
    assert.equal(await standing(message), 'waiting by nobody');
  }
  await connectIncamail(installation, fake);
});

test('without a marking only what goes confidential is offered, for nothing tells the provider of more', async () => {
  await connectIncamail(installation, fake, { marking: 'none' });
  const document = await installation.addInvoice();
  const { companyId, author, database } = installation;
  const draft = await inCompany(database, companyId, (tx) =>
    prepareDispatch(tx, { companyId, author, origin: 'manual', documentIds: [document.id] }, new Date()),
  );
  assert.deepEqual(
    draft?.offered.filter((one) => one.startsWith('incamail')),
    ['incamail_confidential'],
  );
  for (const service of ['incamail_registered', 'incamail_personal'] as const)
    await assert.rejects(
      installation.send(document, { to: ['gina@none.example'], service }),
      /service_not_offered/,
    );
  await connectIncamail(installation, fake);
});
