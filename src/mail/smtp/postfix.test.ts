import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  makeAuthority,
  type Postfix,
  startPostfix,
  type TestAuthority,
} from '../../../test/servers/index.ts';
import { skipLoudly } from '../../../test/skip.ts';
import { type AuthMethod, connectSmtp, makePool, type SmtpOptions } from './index.ts';

let authority: TestAuthority;
let postfix: Postfix | null = null;

before(async () => {
  authority = await makeAuthority();
  const tls = await authority.issue({ names: ['postfix.test'] });
  postfix = await startPostfix({ tls, users: { shop: 'pass word ünï' }, maxSize: 2_000_000 });
});

after(() => postfix?.close());

function options(method: AuthMethod, secret = 'pass word ünï'): SmtpOptions {
  return {
    host: '127.0.0.1',
    port: postfix?.port ?? 0,
    security: 'starttls',
    helloName: 'client.test',
    serverName: 'postfix.test',
    ca: authority.ca,
    auth: { user: 'shop', secret, methods: [method] },
  };
}

const hooks = { beforeDot: () => Promise.resolve() };

test('100 messages reach a real Postfix over TLS, signed in, byte for byte', async (t) => {
  if (!postfix) return skipLoudly(t, 'postfix, as root');
  const pool = makePool({ connect: () => connectSmtp(options('PLAIN')), maxConnections: 3 });
  const sent = Array.from({ length: 100 }, (_, nth) => makeMessage(nth));
  const outcomes = await Promise.all(
    sent.map((bytes, nth) =>
      pool.deliver(
        { from: `b${nth}@bounce.test`, to: `r${nth}@customer.test`, chunks: inPieces(bytes) },
        hooks,
      ),
    ),
  );
  await pool.close();
  assert.deepEqual(new Set(outcomes.map((outcome) => outcome.kind)), new Set(['accepted']));
  const stored = await postfix.mails(100);
  assert.equal(stored.length, 100);
  for (const mail of stored) {
    const nth = Number(/^r(\d+)@/.exec(mail.to)?.[1]);
    assert.equal(mail.from, `b${nth}@bounce.test`);
    assert.ok(mail.bytes.equals(sent[nth] as Buffer), `message ${nth} arrived as it was sent`);
    assert.match(mail.added, /with ESMTPSA id/); // over TLS, signed in (RFC 3848)
  }
});

for (const method of ['PLAIN', 'LOGIN', 'CRAM-MD5'] as const)
  test(`a real Postfix lets ${method} in with the right password only`, async (t) => {
    if (!postfix) return skipLoudly(t, 'postfix, as root');
    const right = await connectSmtp(options(method));
    assert.ok(right.ok, JSON.stringify(right));
    await right.connection.quit();
    const wrong = await connectSmtp(options(method, 'wrong'));
    assert.ok(!wrong.ok);
    assert.equal(wrong.outcome.problem, 'wrong_password');
    assert.equal(wrong.outcome.kind, 'permanent');
    assert.equal(wrong.outcome.step, 'auth');
  });

test('a message larger than Postfix announces is not sent', async (t) => {
  if (!postfix) return skipLoudly(t, 'postfix, as root');
  const opened = await connectSmtp(options('PLAIN'));
  assert.ok(opened.ok);
  const mail = { from: 'a@b.test', to: 'c@d.test', chunks: [Buffer.alloc(2_000_001, 'x\r\n')] };
  const outcome = await opened.connection.deliver(mail, hooks);
  assert.equal(outcome.kind === 'permanent' && outcome.problem, 'too_big');
  const next = await opened.connection.deliver({ ...mail, chunks: [makeMessage(0)] }, hooks);
  assert.equal(next.kind, 'accepted');
  await opened.connection.quit();
});

/** Dots where they hurt, long and empty lines, 8-bit text, with and without an empty last line. */
function makeMessage(nth: number): Buffer {
  const head = `From: a@b.test\r\nTo: r${nth}@customer.test\r\nSubject: Invoice ${nth}\r\nMIME-Version: 1.0\r\n\r\n`;
  const lines = ['.', '..', '.leading', '', 'Grüße', 'x'.repeat(900), '.', `number ${nth}`];
  const body = Array.from({ length: 1 + nth * 10 }, (_, line) => lines[(line * 7 + nth) % lines.length]);
  return Buffer.from(`${head}${body.join('\r\n')}\r\n`);
}

function inPieces(bytes: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 777) pieces.push(bytes.subarray(at, at + 777));
  return pieces;
}
