import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { day, hour, after as later, minute } from '#base/time';
import { sequence } from '#domain/evidence';
import { followNotices } from '#domain/notices';
import { leaseMessages, makeDeliverMessage } from '#domain/outbox';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { type Dovecot, type PoliteServer, startDovecot, startPolite } from '../../../test/servers/index.ts';
import { skipLoudly } from '../../../test/skip.ts';
import { type CopyNeeds, connectMailbox, disconnectMailbox, fileNextCopy, noteCopies } from './index.ts';

let now = new Date('2026-11-19T09:00:00Z');
let installation: TestInstallation;
let dovecot: Dovecot | null;
let smtp: PoliteServer;
let senderId: string;
let needs: CopyNeeds;

before(async () => {
  installation = await testInstallation({ clock: () => now });
  dovecot = await startDovecot();
  smtp = await startPolite();
  senderId = await installation.connect(smtp.port);
  needs = { ...installation, staffPage: (document) => `https://staff.example/documents/${document}` };
});
after(async () => {
  await smtp.close();
  await dovecot?.close();
  await installation.close();
});

const ref = () => ({
  companyId: installation.companyId,
  senderId,
  actor: 'user' as const,
  by: installation.author.id,
});

function connect(keepSent: boolean, password = dovecot?.password) {
  const where = { host: '127.0.0.1', port: dovecot?.port ?? 0, security: 'none' as const, user: 'claire' };
  return inCompany(installation.database, installation.companyId, (tx) =>
    connectMailbox(tx, installation.senders, ref(), { ...where, password, keepSent }, now),
  );
}

/** Sends to these people and hands everything over, as a worker does. */
async function sendTo(...to: string[]) {
  now = later(now, minute);
  const messages = await installation.send(await installation.addInvoice(), { to, copyToSender: false });
  const deliver = makeDeliverMessage(installation.outbox);
  for (const leased of await leaseMessages(installation.outbox, 20, [])) await deliver(leased);
  return messages;
}

async function fileAll(): Promise<number> {
  await sequence(installation.database);
  await noteCopies(installation.database, 'wait');
  let filed = 0;
  while (await fileNextCopy(needs)) filed += 1;
  return filed;
}

const openNotices = async () => {
  await sequence(installation.database);
  await followNotices(installation.database, 'wait');
  return asWorker(installation.database, async (tx) => {
    const rows = await tx
      .selectFrom('notices')
      .select(['kind', 'data'])
      .where('closed_at', 'is', null)
      .execute();
    return rows.map((row) => [row.kind, row.data.problem]);
  });
};

const inSent = async () => (await dovecot?.mails('Sent'))?.map((bytes) => bytes.toString('latin1')) ?? [];

describe('a copy in the Sent folder', () => {
  test('is filed only where somebody asked for it, and only of what left afterwards', async (t) => {
    if (!dovecot) return skipLoudly(t, 'dovecot, as root');
    await dovecot.makeFolder('Sent');
    assert.ok((await connect(false)).ok);
    await sendTo('els@peeters.example');
    assert.equal(await fileAll(), 0);
    now = later(now, minute);
    assert.ok((await connect(true)).ok);
    assert.equal(await fileAll(), 0, 'nor afterwards');
    assert.deepEqual(await inSent(), []);
  });

  test('is one for all recipients, with the Message-ID of the first, and without links of theirs', async (t) => {
    if (!dovecot) return skipLoudly(t, 'dovecot, as root');
    const [first, second] = await sendTo('els@peeters.example', 'jan@peeters.example');
    assert.equal(await fileAll(), 1);
    assert.equal(await fileAll(), 0);
    const [copy, ...others] = await inSent();
    assert.deepEqual(others, []);
    const ids = [first, second].map((one) => one?.internetId ?? '');
    assert.ok(ids.some((id) => copy?.includes(`<${id}>`)));
    assert.match(copy ?? '', /To: .*els@peeters\.example.*jan@peeters\.example/s);
    assert.match(copy ?? '', /staff\.example\/documents\/doc_/, 'its links lead to the staff’s own page');
    assert.doesNotMatch(copy ?? '', /localhost:3000\/[a-z]\//, 'and none to a recipient’s');
    assert.match((await dovecot.files('Sent'))[0] ?? '', /:2,.*S/, 'it counts as read');
  });

  test('is not filed again by a process that takes over from one that died after filing it', async (t) => {
    if (!dovecot) return skipLoudly(t, 'dovecot, as root');
    const [message] = await sendTo('again@peeters.example');
    assert.equal(await fileAll(), 1);
    const before = (await inSent()).length;
    // It lies there, but nobody wrote that down.
    await asWorker(installation.database, (tx) =>
      tx
        .updateTable('sent_copies')
        .set({ done_at: null, due_at: now })
        .where('dispatch_id', '=', message?.dispatchId ?? '')
        .execute(),
    );
    assert.equal(await fileAll(), 1);
    assert.equal((await inSent()).length, before);
  });

  test('that fails is told of, tried again, and never touches what was sent', async (t) => {
    if (!dovecot) return skipLoudly(t, 'dovecot, as root');
    assert.ok((await connect(true, 'wrong')).ok);
    const [message] = await sendTo('later@peeters.example');
    assert.equal(await fileAll(), 1);
    assert.deepEqual(await openNotices(), [['sent_copy_failed', 'wrong_password']]);
    const [sent] = await installation.messages(message?.dispatchId ?? '');
    assert.equal(sent?.delivery, 'handed_off');
    assert.equal(await fileAll(), 0, 'not at once');
    const before = (await inSent()).length;
    assert.ok((await connect(true)).ok);
    now = later(now, hour);
    assert.equal(await fileAll(), 1);
    assert.equal((await inSent()).length, before + 1);
    assert.deepEqual(await openNotices(), []);
  });

  test('is given up when the mailbox is taken away meanwhile', async (t) => {
    if (!dovecot) return skipLoudly(t, 'dovecot, as root');
    await sendTo('away@peeters.example');
    await sequence(installation.database);
    await noteCopies(installation.database, 'wait');
    await inCompany(installation.database, installation.companyId, (tx) => disconnectMailbox(tx, ref(), now));
    const before = (await inSent()).length;
    assert.equal(await fileAll(), 1);
    now = later(now, day);
    assert.equal(await fileAll(), 0);
    assert.equal((await inSent()).length, before);
    assert.deepEqual(await openNotices(), []);
  });
});
