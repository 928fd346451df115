import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Message } from '#domain/outbox';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { deliveryReport, plainMail, sentMessages } from '../../../test/returned-mails.ts';
import { type Dovecot, type PoliteServer, startDovecot, startPolite } from '../../../test/servers/index.ts';
import { skipLoudly } from '../../../test/skip.ts';
import { connectMailbox, disconnectMailbox, listMailboxes } from './index.ts';

let installation: TestInstallation;
let dovecot: Dovecot | null;
let smtp: PoliteServer;
let worker: Loop;
let senderId: string;

before(async () => {
  installation = await testInstallation();
  dovecot = await startDovecot();
  smtp = await startPolite();
  senderId = await installation.connect(smtp.port);
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
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

function connect(password: string) {
  const where = { host: '127.0.0.1', port: dovecot?.port ?? 0, security: 'none' as const, user: 'claire' };
  return inCompany(installation.database, installation.companyId, (tx) =>
    connectMailbox(tx, installation.senders, ref(), { ...where, password }, installation.clock()),
  );
}

const mailbox = async () => {
  const all = await inCompany(installation.database, installation.companyId, (tx) =>
    listMailboxes(tx, installation.companyId),
  );
  return all[0];
};

async function untilState(message: Message, state: Message['delivery']): Promise<void> {
  await until(
    `${message.address} is ${state}`,
    async () => {
      const all = await installation.messages(message.dispatchId);
      return all.some((one) => one.id === message.id && one.delivery === state);
    },
    60_000,
  );
}

async function sendTo(address: string): Promise<Message> {
  const [message] = await sentMessages(installation, [address]);
  assert.ok(message);
  return message;
}

const reportOn = (message: Message, id: string): Buffer =>
  deliveryReport([{ address: message.address }], { 'Message-ID': `<${message.internetId}>` }, id);

const kept = () =>
  asWorker(
    installation.database,
    async (tx) => (await tx.selectFrom('returned_mails').select('id').execute()).length,
  );

test('a mailbox is read as its owner allows it, through a wrong password, broken connections and new numbers', async (t) => {
  if (!dovecot) return skipLoudly(t, 'dovecot, as root');
  await dovecot.put(plainMail({ From: 'old@x.example', Subject: 'Undelivered Mail' }, 'from before'));
  await t.test('a wrong password is said', async () => {
    assert.ok((await connect('wrong')).ok);
    await until('the mailbox is broken', async () => (await mailbox())?.problem === 'wrong_password', 60_000);
  });

  await t.test('a report that comes in settles its message, and stays in the mailbox as it was', async () => {
    assert.ok((await connect(dovecot?.password ?? '')).ok);
    await until('the mailbox works', async () => (await mailbox())?.state === 'working', 60_000);
    const message = await sendTo('a@imap.example');
    await dovecot?.put(reportOn(message, 'i1@mx.example'));
    await untilState(message, 'bounced');
    const files = (await dovecot?.files()) ?? [];
    assert.equal(files.length, 2, 'nothing is deleted');
    assert.ok(
      files.every((name) => !/:2,.*[ST]/.test(name)),
      'nothing is marked as read or deleted',
    );
  });

  await t.test('what is about nothing of ours leaves no trace', async () => {
    const before = await kept();
    const private_ = plainMail(
      { From: 'friend@private.example', Subject: 'Re: dinner', 'Message-ID': '<p@x>' },
      'At 8!',
    );
    await dovecot?.put(private_);
    await dovecot?.put(deliveryReport([{ address: 'else@private.example' }], {}, 'p2@mx.example'));
    const message = await sendTo('b@imap.example');
    await dovecot?.put(reportOn(message, 'i2@mx.example'));
    await untilState(message, 'bounced');
    assert.equal(await kept(), before + 1);
  });

  await t.test('a connection that breaks is made again', async () => {
    await dovecot?.kick();
    const message = await sendTo('c@imap.example');
    await dovecot?.put(reportOn(message, 'i3@mx.example'));
    await untilState(message, 'bounced');
  });

  await t.test('new numbers lose nothing and tell nothing twice', async () => {
    const before = await kept();
    await dovecot?.renumber();
    await dovecot?.kick();
    const message = await sendTo('d@imap.example');
    await dovecot?.put(reportOn(message, 'i4@mx.example'));
    await untilState(message, 'bounced');
    assert.equal(await kept(), before + 1);
  });

  await t.test('taken away, it is read no more', async () => {
    const { database, companyId, clock } = installation;
    assert.ok(await inCompany(database, companyId, (tx) => disconnectMailbox(tx, ref(), clock())));
    assert.equal(await mailbox(), undefined);
  });
});

test('a sandbox has no mailbox', async () => {
  const { database, companyId, senders, clock } = installation;
  const refused = await inCompany(database, companyId, async (tx) => {
    const row = await tx
      .selectFrom('senders')
      .select('id')
      .where('method', '=', 'sandbox')
      .executeTakeFirstOrThrow();
    const where = { host: 'imap.example.com', port: 993, security: 'implicit' as const, user: null };
    return connectMailbox(tx, senders, { ...ref(), senderId: row.id }, where, clock());
  });
  assert.deepEqual(refused, { ok: false, reason: 'method_has_no_mailbox' });
});
