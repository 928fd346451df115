import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readReturnPath } from '#domain/outbox';
import {
  checkSender,
  confirmAddress,
  createSender,
  givePlatformSender,
  listSenders,
  mailAddressCode,
  setDefaultSender,
} from '#domain/senders';
import { type Loop, startWorker } from '#entrypoints/worker';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { makeAuthority, type Sink, startDns, startSink, type TestDns } from '../servers/index.ts';
import { assertGenuine, headerOf } from './genuine.ts';
import { ownDomain, sendsDirectly } from './laboratory.ts';

let dns: TestDns;
let server: Sink;
let installation: TestInstallation;
let worker: Loop;

before(async () => {
  dns = await startDns([
    ['mx.customer.example', 'A', '127.0.0.1'],
    ['customer.example', 'MX', '10 gone.customer.example'],
    ['customer.example', 'MX', '20 mx.customer.example'],
    ['bare.example', 'A', '127.0.0.1'],
    ['free.example', 'A', '127.0.0.1'],
    ['closed.example', 'MX', '0 .'],
    ['mail.envoi.example', 'A', '127.0.0.1'],
    ['_dmarc.vautrin.example', 'TXT', 'v=DMARC1; p=reject; adkim=s'],
  ]);
  const authority = await makeAuthority();
  server = await startSink({
    tls: { ...(await authority.issue({ names: ['other.example'] })), mode: 'starttls' },
  });
  installation = await testInstallation({
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

async function sendTo(address: string, senderId?: string) {
  const [message] = await installation.send(await installation.addInvoice(), {
    to: [address],
    copyToSender: false,
    ...(senderId ? { senderId } : {}),
  });
  assert.ok(message);
  return message;
}

async function becomes(message: { id: string; dispatchId: string }, ...states: string[]) {
  return until(states.join(' or '), async () => {
    const [now] = await installation.messages(message.dispatchId);
    return now && states.includes(now.delivery) ? now : null;
  });
}

const arrived = (address: string) => server.mails.filter((mail) => mail.to.includes(address));

describe('mail from a domain of one’s own, straight to the recipient’s server', () => {
  before(() => ownDomain(installation, dns, 'vautrin.example', { ed25519: true }));

  test('is accepted by that server, signed by the domain, over TLS', async () => {
    const message = await sendTo('els@customer.example');
    const done = await becomes(message, 'accepted', 'rejected', 'held', 'deferred');
    assert.equal(done.delivery, 'accepted', done.detail ?? '');
    const [mail] = arrived('els@customer.example');
    assert.ok(mail?.secure);
    assert.equal(mail.bytes.toString('latin1').match(/^DKIM-Signature: /gm)?.length, 2, 'RSA and Ed25519');
    assert.match(headerOf(mail.bytes, 'From') ?? '', /<invoices@vautrin\.example>/);
    assert.match(headerOf(mail.bytes, 'Message-ID') ?? '', /@vautrin\.example>$/);
  });

  test('comes back to a return path that names its message', async () => {
    const message = await sendTo('back@customer.example');
    await becomes(message, 'accepted');
    const [mail] = arrived('back@customer.example');
    const named = readReturnPath(installation.outbox.returnPaths.key, mail?.from ?? '');
    assert.deepEqual(named, { messageId: message.id, domain: 'bounce.vautrin.example' });
  });

  test('reaches a domain without MX at its own address', async () => {
    assert.equal(
      (await becomes(await sendTo('a@bare.example'), 'accepted', 'rejected')).delivery,
      'accepted',
    );
  });

  test('is refused at once where the domain takes no mail or is not there, and tried again while the DNS is away', async () => {
    const closed = await becomes(await sendTo('a@closed.example'), 'accepted', 'rejected', 'deferred');
    assert.deepEqual([closed.delivery, closed.detail], ['rejected', 'no_mail_accepted']);
    const nobody = await becomes(await sendTo('a@nobody.example'), 'accepted', 'rejected', 'deferred');
    assert.deepEqual([nobody.delivery, nobody.detail], ['rejected', 'domain_unknown']);
    dns.behave('fail');
    const away = await becomes(await sendTo('a@away.example'), 'accepted', 'rejected', 'deferred');
    dns.behave('answer');
    assert.deepEqual([away.delivery, away.detail], ['deferred', 'dns_failed']);
  });

  test('waits where a good certificate is demanded and the server has none', async () => {
    const { database, companyId, senders, clock } = installation;
    const made = await inCompany(database, companyId, (tx) =>
      createSender(
        tx,
        senders,
        { companyId, method: 'domain', address: 'strict@vautrin.example', tls: 'verified' },
        'user',
        clock(),
      ),
    );
    assert.ok(made.ok);
    const message = await sendTo('strict@customer.example', made.sender.id);
    assert.equal((await becomes(message, 'accepted', 'deferred')).delivery, 'deferred');
    assert.equal(arrived('strict@customer.example').length, 0);
  });

  test('is genuine for OpenDKIM, mailauth and DMARC, each of them', (t) =>
    assertGenuine(t, server.mails, { domain: 'vautrin.example', dns }));
});

test('without a sender of one’s own mail goes out from the platform, and answers reach the user', async () => {
  const { database, companyId, senders, clock } = installation;
  const made = await inCompany(database, companyId, (tx) =>
    givePlatformSender(tx, senders.house, { companyId, name: 'Vautrin Joinery' }, clock()),
  );
  const all = await inCompany(database, companyId, (tx) => listSenders(tx, companyId));
  const platform = all.find((sender) => sender.method === 'platform');
  assert.ok(platform, `made: ${made}`);
  const message = await sendTo('reply@customer.example', platform.id);
  await becomes(message, 'accepted');
  const [mail] = arrived('reply@customer.example');
  assert.ok(mail);
  assert.equal(headerOf(mail.bytes, 'From'), 'Vautrin Joinery <no-reply@envoi.example>');
  assert.match(headerOf(mail.bytes, 'Reply-To') ?? '', /claire@vautrin\.example/);
  assert.match(mail.from, /@bounce\.envoi\.example$/);
});

describe('an address that is not authenticated', () => {
  const open = async (address: string) => {
    const { database, companyId, senders, clock } = installation;
    const made = await inCompany(database, companyId, (tx) =>
      createSender(tx, senders, { companyId, method: 'open', address }, 'user', clock()),
    );
    assert.ok(made.ok);
    return { companyId, senderId: made.sender.id };
  };
  const check = async (ref: { companyId: string; senderId: string }) => {
    const { database, companyId, senders, clock } = installation;
    const checked = await checkSender(senders, { ...ref, actor: 'user' });
    const set = await inCompany(database, companyId, (tx) => setDefaultSender(tx, ref, 'user', clock()));
    return [checked.ok && checked.check.problem, set.ok];
  };

  test('is refused where its domain asks receivers to refuse it', async () => {
    assert.deepEqual(await check(await open('claire@vautrin.example')), ['dmarc_refuses', false]);
  });

  test('is not even mailed a code where its domain would refuse it whoever proves it', async () => {
    dns.set('_dmarc.strict.example', 'TXT', 'v=DMARC1; p=quarantine');
    const ref = await open('claire@strict.example');
    const order = { ...ref, part: 'address', language: 'en', actor: 'user' } as const;
    assert.deepEqual(await mailAddressCode(installation.senders, order), {
      ok: false,
      reason: 'dmarc_refuses',
      address: 'claire@strict.example',
    });
  });

  test('is used by nobody until the code that is mailed there comes back', async () => {
    const { database, companyId, senders, clock } = installation;
    const ref = await open('claire@free.example');
    assert.deepEqual(await check(ref), ['address_not_confirmed', false]);
    const order = { ...ref, part: 'address', language: 'en', actor: 'user' } as const;
    assert.deepEqual(await mailAddressCode(senders, order), { ok: true, address: 'claire@free.example' });
    assert.deepEqual(await mailAddressCode(senders, order), { ok: false, reason: 'too_many_codes' });
    const [mail] = arrived('claire@free.example');
    assert.ok(mail);
    assert.match(headerOf(mail.bytes, 'From') ?? '', /no-reply@envoi\.example/);
    const body = mail.bytes.toString('latin1').split('\r\n\r\n').slice(1).join('');
    const text = Buffer.from(body, 'base64').toString('utf8');
    const code = /\d{4} \d{4}/.exec(text)?.[0] ?? '';
    const confirm = (typed: string) =>
      inCompany(database, companyId, (tx) =>
        confirmAddress(tx, senders.key, { ...ref, part: 'address', code: typed, actor: 'user' }, clock()),
      );
    const last = Number(code.at(-1));
    assert.deepEqual(await confirm(`${code.slice(0, -1)}${(last + 1) % 10}`), {
      ok: false,
      reason: 'code_wrong',
    });
    assert.ok((await confirm(code)).ok);
    assert.deepEqual(await confirm(code), { ok: false, reason: 'code_wrong' }, 'it is taken once');
    assert.deepEqual(await check(ref), [null, true]);
    assert.deepEqual(await check(await open('claire@free.example')), [null, true], 'and proven for all');
  });
});
