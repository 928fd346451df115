import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { hour, minute } from '#base/time';
import { giveBackLostLeases, releaseForSender, settleMessage } from '#domain/outbox';
import { checkSender } from '#domain/senders';
import { engagementsOf, writeHits } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../installation.ts';
import { greylisting, type RudeRule, type RudeServer, startRudeServer } from '../servers/index.ts';
import { hitOn } from '../tracking.ts';

let aheadMs = 0;
let installation: TestInstallation;
let worker: Loop;
const script: RudeRule[] = [];
let server: RudeServer;
let senderId: string;

before(async () => {
  installation = await testInstallation({ clock: () => new Date(Date.now() + aheadMs), leaseMs: 2 * hour });
  server = await startRudeServer(script);
  senderId = await installation.connect(server.port);
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await server.close();
  await installation.close();
});
beforeEach(() => {
  script.length = 0;
});

async function sendOne(address = 'els@peeters.example') {
  const [message] = await installation.send(await installation.addInvoice(), {
    to: [address],
    copyToSender: false,
  });
  assert.ok(message);
  return message;
}

async function becomes(message: { id: string; dispatchId: string }, ...states: string[]) {
  return until(`${states.join(' or ')}`, async () => {
    const [now] = await installation.messages(message.dispatchId);
    return now && states.includes(now.delivery) ? now : null;
  });
}

/** How far the message has come once a person has looked at it, an hour after what is known of it. */
async function levelAfterOpening(messageId: string, aheadMs = 0) {
  const { database, clock } = installation;
  const at = new Date(clock().getTime() + aheadMs + hour);
  await writeHits(database, [hitOn(messageId, 'pixel', 0, { at })], at);
  const [known] = await asWorker(database, (tx) => engagementsOf(tx, [messageId]));
  return known?.level;
}

const arrivals = (address: string): number => server.mails.filter((mail) => mail.to.includes(address)).length;

const temporary: readonly (readonly [string, RudeRule])[] = [
  ['the greeting is 421', { at: 'greeting', reply: '421 4.3.2 try later', hangUp: 'close' }],
  ['MAIL is refused for now', { at: 'mail', reply: '451 4.3.0 not now' }],
  ['RCPT is refused for now', { at: 'rcpt', reply: '450 4.2.0 busy' }],
  ['DATA is refused for now', { at: 'data', reply: '451 4.3.0 not now' }],
  ['the message is refused for now', { at: 'dot', reply: '451 4.3.0 not now' }],
  ['the connection closes after RCPT', { at: 'rcpt', hangUp: 'close' }],
  ['the connection closes in the middle of the body', { at: 'body', afterBytes: 100, hangUp: 'close' }],
];

describe('a server that cannot take a mail now', () => {
  for (const [index, [what, rule]] of temporary.entries()) {
    test(`when ${what}, the mail waits and goes out once, later`, async () => {
      const address = `waits${index}@peeters.example`;
      script.push({ ...rule, times: 1 });
      const message = await sendOne(address);
      const waiting = await becomes(message, 'deferred');
      assert.ok(waiting.dueAt.getTime() > installation.clock().getTime() + 4 * minute);
      script.length = 0;
      aheadMs += 6 * minute;
      worker.wake();
      await becomes(message, 'handed_off');
      assert.equal(arrivals(address), 1);
    });
  }

  test('a kept connection that turns out to be dead is replaced, unseen', async () => {
    await becomes(await sendOne('warm@peeters.example'), 'handed_off');
    script.push({ at: 'mail', hangUp: 'close', times: 1 });
    const message = await sendOne('redial@peeters.example');
    assert.equal((await becomes(message, 'handed_off')).attemptCount, 1);
    assert.equal(arrivals('redial@peeters.example'), 1);
  });

  test('a greylisting server gets the same mail again, with the same return path', async () => {
    script.push(...greylisting);
    const message = await sendOne('grey@peeters.example');
    await becomes(message, 'deferred');
    aheadMs += 6 * minute;
    worker.wake();
    await becomes(message, 'handed_off');
    assert.equal(arrivals('grey@peeters.example'), 1);
  });

  test('after 72 hours of trying it expires', async () => {
    script.push({ at: 'rcpt', reply: '450 4.2.0 busy' });
    const message = await sendOne('never@peeters.example');
    for (let tries = 0; tries < 20; tries += 1) {
      const now = await becomes(message, 'deferred', 'expired');
      if (now.delivery === 'expired') return;
      aheadMs += 9 * hour;
      worker.wake();
      await until(
        'the next attempt',
        async () => (await installation.messages(message.dispatchId))[0]!.attemptCount > now.attemptCount,
      );
    }
    assert.fail('it never expired');
  });
});

describe('a server that refuses a mail', () => {
  test('for good: it is rejected, and not tried again', async () => {
    script.push({ at: 'rcpt', when: /nobody/, reply: '550 5.1.1 no such user' });
    const [bad, good] = await Promise.all([
      sendOne('nobody@peeters.example'),
      sendOne('somebody@peeters.example'),
    ]);
    assert.equal((await becomes(bad, 'rejected')).detail, 'mailbox_unknown');
    await becomes(good, 'handed_off');
  });

  test('because our password is wrong: everything is held, and goes out once the sender is repaired', async () => {
    script.push({ at: 'mail', reply: '530 5.7.0 Authentication required' });
    const message = await sendOne('held@peeters.example');
    assert.equal((await becomes(message, 'held')).detail, 'sender_broken');
    const second = await sendOne('held2@peeters.example');
    await becomes(second, 'held');
    script.length = 0;
    const { companyId, database, senders, clock } = installation;
    const checked = await checkSender(senders, { companyId, senderId, actor: 'user' });
    assert.ok(checked.ok && checked.check.works);
    assert.equal(
      await inCompany(database, companyId, (tx) => releaseForSender(tx, companyId, senderId, clock())),
      2,
    );
    await becomes(message, 'handed_off');
    await becomes(second, 'handed_off');
    assert.equal(arrivals('held@peeters.example') + arrivals('held2@peeters.example'), 2);
  });
});

describe('a server that is silent after the dot', () => {
  test('leaves the mail unconfirmed: it is not sent again until a person says so', async () => {
    script.push({ at: 'dot', hangUp: 'close', store: true, times: 1 });
    const message = await sendOne('maybe@peeters.example');
    await becomes(message, 'unconfirmed');
    aheadMs += 80 * hour;
    worker.wake();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await becomes(message, 'unconfirmed');
    assert.equal(arrivals('maybe@peeters.example'), 1);
    const { companyId, database, clock } = installation;
    await inCompany(database, companyId, (tx) =>
      settleMessage(
        tx,
        { companyId, messageId: message.id, as: 'again', by: { actor: 'user', id: 'usr_X' } },
        clock(),
      ),
    );
    await becomes(message, 'handed_off');
    assert.equal(arrivals('maybe@peeters.example'), 2);
  });

  test('may have delivered all the same: an opening of the unconfirmed mail counts', async () => {
    script.push({ at: 'dot', hangUp: 'close', store: true, times: 1 });
    const message = await sendOne('opens@peeters.example');
    await becomes(message, 'unconfirmed');
    assert.equal(await levelAfterOpening(message.id), 'opened');
  });

  test('and whose worker is lost too: an opening of that mail counts', async () => {
    script.push({ at: 'dot', waitMs: 2500, reply: '250 2.0.0 queued', store: true });
    const message = await sendOne('lost@peeters.example');
    await until('the dot', async () => arrivals('lost@peeters.example') === 1);
    const later = (): Date => new Date(installation.clock().getTime() + 3 * hour);
    assert.equal(await giveBackLostLeases({ ...installation.outbox, clock: later }), 1);
    await becomes(message, 'unconfirmed');
    assert.equal(await levelAfterOpening(message.id, 3 * hour), 'opened');
    await becomes(message, 'handed_off');
  });

  test('but answers in the end: the mail counts as handed off', async () => {
    script.push({ at: 'dot', waitMs: 1500, reply: '250 2.0.0 queued', store: true });
    const message = await sendOne('slow@peeters.example');
    await becomes(message, 'handed_off');
    assert.equal(arrivals('slow@peeters.example'), 1);
  });
});
