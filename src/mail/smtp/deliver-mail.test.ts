import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeAuthority, startPolite, startRudeServer, startSink } from '../../../test/servers/index.ts';
import { connectSmtp, type Mail, type SmtpConnection, testConnection } from './index.ts';

const mail: Mail = { from: 'a@b.test', to: 'c@d.test', chunks: [Buffer.from('Subject: x\r\n\r\n.y\r\n')] };
const hooks = { beforeDot: () => Promise.resolve() };

test("somebody else's server gets the mail over TLS, signed in, and says so", async () => {
  const authority = await makeAuthority();
  const tls = { ...(await authority.issue({ names: ['127.0.0.1'] })), mode: 'starttls' } as const;
  const server = await startPolite({ tls, users: { shop: 'secret' }, maxSize: 1000 });
  const opened = await connectSmtp({
    ...optionsFor(server.port),
    security: 'starttls',
    ca: authority.ca,
    auth: { user: 'shop', secret: 'secret' },
  });
  assert.ok(opened.ok, JSON.stringify(opened));
  const outcome = await opened.connection.deliver(mail, hooks);
  assert.equal(outcome.kind, 'accepted');
  assert.equal(outcome.tls?.authorized, true);
  assert.ok(outcome.durations.connectMs !== null && outcome.durations.answerMs !== null);
  const tooBig = await opened.connection.deliver({ ...mail, chunks: [Buffer.alloc(2000, 'x')] }, hooks);
  assert.equal(tooBig.kind === 'permanent' && tooBig.problem, 'too_big');
  await opened.connection.quit();
  assert.equal(server.mails.length, 1);
  assert.equal(server.mails[0]?.user, 'shop');
  assert.equal(server.mails[0]?.bytes.toString(), 'Subject: x\r\n\r\n.y\r\n');
  await server.close();
});

/** Change to the mail · what the server offers · what comes of it, before a word is said. */
const obstacles: readonly [Partial<Mail>, readonly string[], string][] = [
  [{ size: 101 }, ['SIZE 100'], 'mail too_big'],
  [{ to: 'jörg@d.test' }, [], 'mail smtputf8_not_offered'],
  [{ needsSmtpUtf8: true }, [], 'mail smtputf8_not_offered'],
  [{ needs8bit: true }, [], 'mail eightbit_not_offered'],
  [{ from: 'a@b.test>\r\nRCPT TO:<evil@d.test' }, [], 'mail address_malformed'],
  [{ to: 'c@d.test>\r\nDATA' }, [], 'rcpt address_malformed'],
  [{ to: '' }, [], 'rcpt address_malformed'],
  [
    { chunks: [Buffer.from('a\n'), Buffer.from('.\r\nMAIL FROM:<x@y.test>\r\n')] },
    [],
    'body message_malformed',
  ],
];

for (const [change, capabilities, expected] of obstacles)
  test(`${JSON.stringify(change)} cannot be sent to a server with [${capabilities}]: ${expected}`, async () => {
    const server = await startRudeServer([], { capabilities });
    const connection = await connectionTo(server.port);
    const outcome = await connection.deliver({ ...mail, ...change }, hooks);
    assert.equal(outcome.kind, 'permanent');
    assert.equal('problem' in outcome && `${outcome.step} ${outcome.problem}`, expected);
    assert.deepEqual(server.lines, ['EHLO client.test']);
    assert.equal(
      (await connection.deliver(mail, hooks)).kind,
      'accepted',
      'the connection is as good as before',
    );
    await connection.quit();
    await server.close();
  });

test('MAIL carries what the server offers and the message needs', async () => {
  const server = await startRudeServer([], { capabilities: ['SIZE', '8BITMIME', 'SMTPUTF8'] });
  const connection = await connectionTo(server.port);
  await connection.deliver({ ...mail, from: '', needs8bit: true }, hooks);
  await connection.deliver({ ...mail, to: 'jörg@d.test' }, hooks);
  await connection.quit();
  await server.close();
  const mails = server.lines.filter((line) => line.startsWith('MAIL') || line.startsWith('RCPT'));
  const size = mail.chunks[0]?.length;
  assert.deepEqual(mails, [
    `MAIL FROM:<> SIZE=${size} BODY=8BITMIME`,
    'RCPT TO:<c@d.test>',
    `MAIL FROM:<a@b.test> SIZE=${size} BODY=8BITMIME SMTPUTF8`,
    'RCPT TO:<jörg@d.test>',
  ]);
});

test('whatever stands in an address, it never becomes a command of its own', async () => {
  const server = await startRudeServer();
  const connection = await connectionTo(server.port);
  const hostile = fc.array(
    fc.constantFrom('a', '@', 'b.test', '>', '<', '\r\n', '\n', '\r', ' ', 'DATA', '"', '\\', '\u0085'),
  );
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (from, to) => {
      await connection.deliver({ ...mail, from: from.join(''), to: to.join('') }, hooks);
      assert.ok(
        server.lines.every((line) => /^(EHLO|RSET|DATA)|^(MAIL FROM|RCPT TO):<[^<>]*>/.test(line)),
        `${server.lines}`,
      );
      assert.ok(server.mails.every(({ bytes }) => bytes.equals(mail.chunks[0] as Buffer)));
    }),
  );
  connection.close();
  await server.close();
});

test('RSET keeps the connection, or closes it when the server does not agree', async () => {
  const server = await startRudeServer([{ at: 'rset', from: 2, reply: '502 what?' }]);
  const connection = await connectionTo(server.port);
  assert.equal(await connection.reset(), true);
  assert.equal(await connection.reset(), false);
  assert.equal(connection.isUsable, false);
  await server.close();
});

test('two messages at once on one connection are a bug', async () => {
  const sink = await startSink();
  const connection = await connectionTo(sink.port);
  const first = connection.deliver(mail, hooks);
  await assert.rejects(connection.deliver(mail, hooks), /one message at a time/);
  assert.equal((await first).kind, 'accepted');
  await connection.quit();
  await sink.close();
});

test('a connection test tells every step, sends nothing, and shows no secret', async () => {
  const sink = await startSink({ users: { shop: 'hunter2hunter2' } });
  const auth = { user: 'shop', secret: 'hunter2hunter2' };
  const good = await testConnection({ ...optionsFor(sink.port), auth }, { from: 'a@b.test', to: 'c@d.test' });
  assert.equal(good.ok, true);
  const names = good.steps.map(({ step }) => step);
  assert.deepEqual(names, ['connect', 'greeting', 'hello', 'auth', 'mail', 'rcpt']);
  assert.ok(good.transcript.some(({ text }) => text.startsWith('235')));
  assert.ok(!JSON.stringify(good).includes('hunter2'));
  assert.equal(sink.count, 0);
  const wrong = await testConnection(
    { ...optionsFor(sink.port), auth: { ...auth, secret: 'no' } },
    { from: 'a@b.test' },
  );
  assert.equal(wrong.ok, false);
  assert.deepEqual(wrong.steps.at(-1)?.problem, 'wrong_password');
  assert.equal(wrong.steps.at(-1)?.reply?.code, 535);
  await sink.close();
  const gone = await testConnection(optionsFor(sink.port), { from: 'a@b.test' });
  assert.deepEqual(
    gone.steps.map(({ step, problem }) => [step, problem]),
    [['connect', 'connection_refused']],
  );
});

function optionsFor(port: number) {
  return { host: '127.0.0.1', port, security: 'none', helloName: 'client.test' } as const;
}

async function connectionTo(port: number): Promise<SmtpConnection> {
  const opened = await connectSmtp(optionsFor(port));
  assert.ok(opened.ok);
  return opened.connection;
}
