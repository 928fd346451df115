import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import nodemailer from 'nodemailer';
import { newId } from '#base/ids';
import { readTlsCertificate } from '#config';
import { type Message, makeReplyAddress, makeReturnPath } from '#domain/outbox';
import { readReturns } from '#domain/returns';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { deliveryReport, plainMail, sentMessages } from '../../../test/returned-mails.ts';
import { type SmtpIn, startSmtpIn } from './index.ts';
import { limits } from './limits.ts';

let installation: TestInstallation;
let server: SmtpIn;
let message: Message;

before(async () => {
  installation = await testInstallation();
  server = await startSmtpIn({
    ...installation,
    port: 0,
    host: '127.0.0.1',
    name: 'mail.platform.example',
    ownDomains: ['platform.example'],
    tls: await readTlsCertificate(installation.config, installation.clock()),
  });
  const [first] = await sentMessages(installation, ['els@peeters.example']);
  assert.ok(first);
  message = first;
});
after(async () => {
  await server.close();
  await installation.close();
});

/** Hands a mail over and returns the server's last reply, good or bad. */
async function handOver(to: string | readonly string[], raw: Buffer, from = ''): Promise<string> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: server.port,
    name: 'mx.example',
    requireTLS: true,
    tls: { rejectUnauthorized: false },
  });
  try {
    const done = await transport.sendMail({
      raw,
      envelope: { from, to: [...(typeof to === 'string' ? [to] : to)] },
    });
    return done.response;
  } catch (error) {
    return (error as { response?: string }).response ?? String(error);
  } finally {
    transport.close();
  }
}

const kept = () =>
  asWorker(installation.database, (tx) => tx.selectFrom('returned_mails').selectAll().execute());

const returnPath = () => makeReturnPath(installation.returnKey, message.id, 'bounce.vautrin.example');

test('a report to a return path is taken over TLS, stored for good and settles its message', async () => {
  const bytes = deliveryReport([{ address: message.address }]);
  assert.match(await handOver(returnPath().toUpperCase(), bytes), /^250/);
  const [row] = await kept();
  assert.equal(row?.message_id, message.id);
  assert.equal(row?.client_name, 'mx.example');
  assert.deepEqual(
    Buffer.from((await installation.files.get(message.companyId, row?.sha256 ?? '')) ?? ''),
    bytes,
  );
  await readReturns(installation);
  const [now] = await installation.messages(message.dispatchId);
  assert.equal(now?.delivery, 'bounced');
});

test('an answer to a reply address is taken', async () => {
  const before = (await kept()).length;
  const address = makeReplyAddress(installation.returnKey, message.id, 'bounce.vautrin.example');
  const mail = plainMail({ From: 'els@peeters.example', Subject: 'Re: Invoice' }, 'Thanks');
  assert.match(await handOver(address, mail, 'els@peeters.example'), /^250/);
  assert.equal((await kept()).length, before + 1);
});

test('what was not sent from here is refused in the conversation, and nothing is relayed', async () => {
  const before = (await kept()).length;
  const mail = plainMail({ Subject: 'x' }, 'x');
  const address = returnPath();
  const forged = address.replace(/.(?=@)/, (last) => (last === '0' ? '1' : '0'));
  assert.match(await handOver(forged, mail), /^550 5\.1\.1/);
  assert.match(await handOver(address.replace(/^b/, 'r'), mail), /^550 5\.1\.1/);
  const unsent = makeReturnPath(
    installation.returnKey,
    newId('message', new Date()),
    'bounce.vautrin.example',
  );
  assert.match(await handOver(unsent, mail), /^550 5\.1\.1/);
  for (const stranger of ['victim@elsewhere.example', 'info@platform.example', 'abuse@elsewhere.example'])
    assert.match(await handOver(stranger, mail), /^550 5\.7\.1/);
  assert.equal((await kept()).length, before);
});

test('a complaint finds its message by what it returns, and is refused when it is about nothing of ours', async () => {
  const complaint = (id: string) =>
    plainMail(
      { From: 'mailer-daemon@isp.example', Subject: 'Undelivered mail' },
      `<x@y.example>: 550 unknown\n\nOriginal message follows\n\nReceived: by x\nMessage-ID: <${id}>\nSubject: Invoice`,
    );
  assert.match(await handOver('abuse@platform.example', complaint(message.internetId)), /^250/);
  assert.match(await handOver('fbl@platform.example', complaint('other@else.example')), /^550 5\.1\.1/);
});

test('who tries addresses out is sent away', async () => {
  const tried = Array.from({ length: 18 }, (_, at) => `try${at}@platform.example`);
  const said = await converse([
    ['HELO x', 250],
    ['MAIL FROM:<>', 250],
    ...tried.map((address) => [`RCPT TO:<${address}>`, 550] as const),
    ['RSET', 250],
    ['MAIL FROM:<>', 250],
    ['RCPT TO:<a@platform.example>', 550],
    ['RCPT TO:<b@platform.example>', 550],
    ['RCPT TO:<c@platform.example>', 421],
  ]);
  assert.equal(said, 'as expected');
});

test('a mail that is too big is refused by its size, said or found', async () => {
  const path = returnPath();
  assert.equal(
    await converse([
      ['EHLO x', 250],
      [`MAIL FROM:<> SIZE=${limits.bytes + 1}`, 552],
    ]),
    'as expected',
  );
  const before = (await kept()).length;
  const big = Buffer.concat([
    Buffer.from('Subject: x\r\n\r\n'),
    Buffer.alloc(limits.bytes, 'x'.repeat(70).concat('\r\n')),
  ]);
  assert.equal(
    await converse([
      ['HELO x', 250],
      ['MAIL FROM:<>', 250],
      [`RCPT TO:<${path}>`, 250],
      ['DATA', 354],
      [`${big.toString('latin1')}\r\n.`, 552],
    ]),
    'as expected',
  );
  assert.equal((await kept()).length, before);
});

test('a mail that goes in a circle is refused', async () => {
  const mail = Buffer.concat([
    Buffer.from('Received: from a by b\r\n'.repeat(limits.hops + 1)),
    plainMail({ Subject: 'x' }, 'x'),
  ]);
  assert.match(await handOver(returnPath(), mail), /^554 5\.4\.6/);
});

/** Says lines, each after the answer to the one before, and checks the codes. */
function converse(lines: readonly (readonly [say: string, code: number])[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1');
    let at = -1;
    let text = '';
    const end = (result: string): void => {
      socket.destroy();
      resolve(result);
    };
    socket.on('error', (error) => end(String(error)));
    socket.on('close', () => end('closed'));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const last = /^(\d{3}) .*\r\n$/m.exec(text);
      if (!last) return;
      const wanted = at < 0 ? 220 : lines[at]?.[1];
      if (Number(last[1]) !== wanted) return end(`${lines[at]?.[0].slice(0, 80)} → ${text}`);
      text = '';
      at += 1;
      const next = lines[at];
      if (next) socket.write(`${next[0]}\r\n`, 'latin1');
      else end('as expected');
    });
  });
}
