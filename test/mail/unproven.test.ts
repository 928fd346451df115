import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { day, hour, minute } from '#base/time';
import { type Message, releaseMended } from '#domain/outbox';
import { beginSelfTest } from '#domain/returns';
import {
  addDomain,
  changeSender,
  checkSender,
  createSender,
  getSender,
  type NewSender,
  recheckDomains,
  recheckSenders,
  type Sender,
} from '#domain/senders';
import { type Loop, startWorker } from '#entrypoints/worker';
import { inCompany } from '#stores/database';
import { freePort } from '../free-port.ts';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { type Sink, startDns, startPolite, startSink, type TestDns } from '../servers/index.ts';
import { ownDomain, publish, sendsDirectly } from './laboratory.ts';

let aheadMs = 0;
let dns: TestDns;
let server: Sink;
let installation: TestInstallation;
let worker: Loop;

before(async () => {
  dns = await startDns([
    ['customer.example', 'A', '127.0.0.1'],
    ['mail.envoi.example', 'A', '127.0.0.1'],
  ]);
  server = await startSink();
  installation = await testInstallation({
    clock: () => new Date(Date.now() + aheadMs),
    env: sendsDirectly(server, dns),
  });
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await installation.close();
  await server.close();
  await dns.close();
});

async function add(input: Omit<NewSender, 'companyId'>): Promise<Sender> {
  const { database, companyId, senders, clock } = installation;
  const made = await inCompany(database, companyId, (tx) =>
    createSender(tx, senders, { companyId, ...input }, 'program', clock()),
  );
  assert.ok(made.ok, JSON.stringify(made));
  return made.sender;
}

async function read({ id }: Sender): Promise<Sender | null> {
  const { database, companyId } = installation;
  return inCompany(database, companyId, (tx) => getSender(tx, companyId, id));
}

async function standing(sender: Sender) {
  const now = await read(sender);
  return [now?.state, now?.problem];
}

async function sendFrom(sender: Sender, to: string) {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [to], senderId: sender.id, copyToSender: false });
  assert.ok(message);
  return message;
}

async function becomes(message: Message, ...states: string[]) {
  return until(states.join(' or '), async () => {
    const [now] = await installation.messages(message.dispatchId);
    return now && states.includes(now.delivery) ? now : null;
  });
}

/** What the worker does from time to time, after so much more time. */
async function later(ms: number): Promise<void> {
  aheadMs += ms;
  const { senders, database, clock } = installation;
  await recheckDomains(senders);
  await recheckSenders(senders);
  await releaseMended(database, clock());
  worker.wake();
}

const arrived = (address: string) => server.mails.filter((mail) => mail.to.includes(address));

describe('an address at a domain that nobody has proven', () => {
  test('sends nothing, not even a test, and goes out signed by itself once the records are there', async () => {
    const { database, companyId, senders, clock } = installation;
    const added = await inCompany(database, companyId, (tx) =>
      addDomain(tx, senders, { companyId, name: 'waiting.example' }, 'program', clock()),
    );
    assert.ok(added.ok);
    const sender = await add({ method: 'domain', address: 'boss@waiting.example' });
    const message = await sendFrom(sender, 'els@customer.example');
    assert.equal((await becomes(message, 'held', 'accepted')).detail, 'sender_broken');
    const order = { companyId, senderId: sender.id, way: 'pasted', to: 'els@customer.example' } as const;
    const begun = await beginSelfTest(installation, { ...order, language: 'en' });
    assert.deepEqual(begun, { ok: false, reason: 'nothing_to_test' });
    await later(day);
    assert.equal((await becomes(message, 'held')).detail, 'sender_broken');
    assert.deepEqual(arrived('els@customer.example'), []);

    publish(dns, added.domain);
    await later(day);
    await becomes(message, 'accepted');
    const [mail, ...others] = arrived('els@customer.example');
    assert.deepEqual(others, []);
    assert.match(mail?.bytes.toString('latin1') ?? '', /^DKIM-Signature: /m);
  });

  test('cannot be reached by changing another one; within a proven domain a change costs nothing', async () => {
    const { database, companyId, senders, clock } = installation;
    const { sender } = await ownDomain(installation, dns, 'proven.example');
    const change = (address: string) =>
      inCompany(database, companyId, (tx) =>
        changeSender(tx, senders, { companyId, senderId: sender.id }, { address }, 'program', clock()),
      );
    assert.deepEqual(await change('boss@stranger.example'), { ok: false, reason: 'domain_not_added' });
    const moved = await change('offers@proven.example');
    assert.deepEqual(moved.ok && moved.sender.state, 'valid');
    const message = await sendFrom(sender, 'moved@customer.example');
    await becomes(message, 'accepted');
  });
});

describe('a record that is lost and comes back', () => {
  test('lets go out by itself what had to wait, once', async () => {
    const { domain, sender } = await ownDomain(installation, dns, 'lost.example');
    dns.remove('bounce.lost.example');
    await later(day);
    await later(day);
    assert.deepEqual(await standing(sender), ['broken', 'domain_not_verified']);
    const message = await sendFrom(sender, 'back@customer.example');
    await becomes(message, 'held');
    publish(dns, domain);
    await later(hour);
    await becomes(message, 'accepted');
    assert.equal(arrived('back@customer.example').length, 1);
  });
});

describe('an address that is not authenticated', () => {
  test('sends nothing before its domain was asked, and nothing more when that begins to refuse it', async () => {
    const { database, companyId, clock } = installation;
    await database.owner.query(
      'insert into proven_addresses (company_id, address, mailed_count, tries, proven_at) values ($1, $2, 1, 0, $3)',
      [companyId, 'claire@free.example', clock()],
    );
    dns.set('_dmarc.free.example', 'TXT', 'v=DMARC1; p=none');
    const sender = await add({ method: 'open', address: 'claire@free.example' });
    const first = await sendFrom(sender, 'first@customer.example');
    await becomes(first, 'held');
    assert.deepEqual(arrived('first@customer.example'), []);
    await later(minute);
    await becomes(first, 'accepted');

    dns.set('_dmarc.free.example', 'TXT', 'v=DMARC1; p=reject');
    await later(day);
    assert.deepEqual(await standing(sender), ['broken', 'dmarc_refuses']);
    const second = await sendFrom(sender, 'second@customer.example');
    await becomes(second, 'held');
    dns.set('_dmarc.free.example', 'TXT', 'v=DMARC1; p=none');
    await later(hour);
    await becomes(second, 'accepted');
  });
});

describe('a server that was away when it was tried', () => {
  test('is tried again every hour, and a wrong password is not', async () => {
    const { companyId, senders } = installation;
    const order = (sender: Sender) => ({ companyId, senderId: sender.id, actor: 'user' as const });
    const own = await startPolite({ users: { claire: 'right' } });
    const settings = { host: '127.0.0.1', security: 'none' } as const;
    const free = await freePort();
    const away = await add({
      method: 'smtp',
      address: 'claire@vautrin.example',
      settings: { ...settings, port: free },
    });
    await checkSender(senders, order(away));
    assert.deepEqual(await standing(away), ['broken', 'connection_refused']);
    const wrong = await add({
      method: 'smtp',
      address: 'claire@vautrin.example',
      settings: { ...settings, port: own.port, user: 'claire' },
      password: 'wrong',
    });
    await checkSender(senders, order(wrong));
    assert.deepEqual(await standing(wrong), ['broken', 'wrong_password']);
    const tried = (await read(wrong))?.checkedAt;
    const message = await sendFrom(away, 'away@customer.example');
    await becomes(message, 'held');

    const back = await startSink({ port: free });
    await later(hour + minute);
    assert.deepEqual(await standing(away), ['valid', null]);
    await becomes(message, 'handed_off');
    assert.deepEqual((await read(wrong))?.checkedAt, tried);
    await own.close();
    await back.close();
  });
});
