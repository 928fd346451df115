import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RudeRule, type RudeServer, rudeCases, startRudeServer } from '../../../test/servers/index.ts';
import { connectSmtp, type Delivery, type SmtpOptions } from './index.ts';

/** Nobody should wait five minutes for these tests. */
const ms = 600;
const timeouts = {
  connect: ms,
  greeting: ms,
  hello: ms,
  mail: ms,
  rcpt: ms,
  data: ms,
  block: ms,
  dot: ms,
  reset: ms,
};

const body = Buffer.from(`Subject: Invoice\r\n\r\n${'.line\r\n'.repeat(2000)}`);

describe('whatever a server does, the outcome says what is known', { concurrency: 12 }, () => {
  for (const pipelining of [true, false])
    for (const [does, script, expected] of rudeCases)
      test(`a server that ${does}${pipelining ? '' : ' (no PIPELINING)'}: ${expected}`, () =>
        play({ script, expected, capabilities: pipelining ? ['PIPELINING', '8BITMIME'] : ['8BITMIME'] }));
});

async function play(one: {
  script: readonly RudeRule[];
  expected: string;
  capabilities: string[];
}): Promise<void> {
  const server = await startRudeServer(one.script, one);
  const { outcome, dots } = await deliverOnce(server);
  await server.close();
  const problem = 'problem' in outcome ? ` ${outcome.problem}` : '';
  assert.equal(`${outcome.kind} ${outcome.step}${problem}`, one.expected, JSON.stringify(outcome));
  assert.ok(
    outcome.step === 'body' || dots === (outcome.step === 'dot' ? 1 : 0),
    'the dot is recorded when it may leave, and only then',
  );
  if (outcome.kind === 'accepted') assert.ok(server.mails[0]?.bytes.equals(body));
  // Nothing of a message that will be sent again may ever count as a message.
  if (outcome.kind === 'temporary') assert.equal(server.mails.length, 0);
}

test('the dot stays here when it cannot be recorded, and the server gets no message', async () => {
  const server = await startRudeServer();
  const opened = await connectSmtp(optionsFor(server.port));
  assert.ok(opened.ok);
  const beforeDot = (): Promise<void> => Promise.reject(new Error('the database is gone'));
  const outcome = await opened.connection.deliver(
    { from: 'a@b.test', to: 'c@d.test', chunks: [body] },
    { beforeDot },
  );
  assert.equal(outcome.kind, 'temporary');
  assert.equal(outcome.kind === 'temporary' && outcome.problem, 'dot_not_recorded');
  assert.equal(opened.connection.isUsable, false);
  await server.close();
  assert.equal(server.mails.length, 0);
});

test('the whole message has left, and its end has not, when the dot is to be recorded', async () => {
  const server = await startRudeServer();
  const opened = await connectSmtp(optionsFor(server.port));
  assert.ok(opened.ok);
  let keptBefore = -1;
  const beforeDot = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    keptBefore = server.mails.length;
  };
  const outcome = await opened.connection.deliver(
    { from: 'a@b.test', to: 'c@d.test', chunks: [body] },
    { beforeDot },
  );
  assert.equal(outcome.kind, 'accepted');
  assert.equal(keptBefore, 0);
  await server.close();
  assert.equal(server.mails.length, 1);
});

test('a server that closes while the dot is being recorded gets no dot: temporary', async () => {
  const server = await startRudeServer([
    { at: 'body', afterBytes: body.length, waitMs: 30, hangUp: 'close' },
  ]);
  const opened = await connectSmtp(optionsFor(server.port));
  assert.ok(opened.ok);
  const beforeDot = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));
  const outcome = await opened.connection.deliver(
    { from: 'a@b.test', to: 'c@d.test', chunks: [body] },
    { beforeDot },
  );
  assert.equal(`${outcome.kind} ${outcome.step}`, 'temporary body');
  await server.close();
});

test('after a refused recipient the same connection carries the next message', async () => {
  for (const capabilities of [['PIPELINING'], []]) {
    const server = await startRudeServer([{ at: 'rcpt', when: /nobody/, reply: '550 5.1.1 no' }], {
      capabilities,
    });
    const opened = await connectSmtp(optionsFor(server.port));
    assert.ok(opened.ok);
    const hooks = { beforeDot: () => Promise.resolve() };
    const mail = { from: 'a@b.test', chunks: [body] };
    const outcomes: string[] = [];
    for (const to of ['nobody@d.test', 'c@d.test', 'nobody@d.test', 'e@d.test'])
      outcomes.push((await opened.connection.deliver({ ...mail, to }, hooks)).kind);
    assert.deepEqual(outcomes, ['permanent', 'accepted', 'permanent', 'accepted']);
    await opened.connection.quit();
    await server.close();
    assert.equal(server.lines.filter((line) => line === 'RSET').length, 2);
    assert.deepEqual(
      server.mails.map((mail) => mail.to),
      [['c@d.test'], ['e@d.test']],
    );
  }
});

function optionsFor(port: number): SmtpOptions {
  return { host: '127.0.0.1', port, security: 'none', helloName: 'client.test', timeouts };
}

async function deliverOnce(server: RudeServer): Promise<{ outcome: Delivery; dots: number }> {
  const opened = await connectSmtp(optionsFor(server.port));
  if (!opened.ok) return { outcome: opened.outcome, dots: 0 };
  let dots = 0;
  const beforeDot = async (): Promise<void> => {
    dots += 1;
    // What the server does in the middle of the message must have arrived before its end leaves.
    while (!server.isBodySeen) await nextTurn();
    for (let turns = 0; turns < 20; turns++) await nextTurn();
  };
  const outcome = await opened.connection.deliver(
    { from: 'a@b.test', to: 'c@d.test', chunks: [body] },
    { beforeDot },
  );
  await opened.connection.quit();
  return { outcome, dots };
}
