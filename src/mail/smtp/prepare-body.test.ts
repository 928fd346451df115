import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type Sink, startSink } from '../../../test/servers/index.ts';
import { connectSmtp, type SmtpConnection } from './index.ts';
import { prepareBody } from './prepare-body.ts';

let sink: Sink;
let connection: SmtpConnection;

before(async () => {
  sink = await startSink();
  const opened = await connectSmtp({
    host: '127.0.0.1',
    port: sink.port,
    security: 'none',
    helloName: 'a.test',
  });
  assert.ok(opened.ok);
  connection = opened.connection;
});

after(async () => {
  await connection.quit();
  await sink.close();
});

/** Mostly what hurts: dots and line ends, in chunks of any size, empty ones too. */
const nasty = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.constantFrom(13, 10, 46, 13, 10, 46, 120), { maxLength: 12 }) },
    { weight: 1, arbitrary: fc.array(fc.nat(255), { maxLength: 30 }) },
  ),
  { maxLength: 12 },
);

test('any octets arrive as they were, or are refused because a lone dot follows a bare line end', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, async (parts) => {
      const chunks = parts.map((octets) => Buffer.from(octets));
      const whole = Buffer.concat(chunks);
      const count = sink.mails.length;
      const outcome = await connection.deliver({ from: 'a@b.test', to: 'c@d.test', chunks }, hooks);
      if (isSmuggling(whole)) {
        assert.equal(outcome.kind === 'permanent' && outcome.problem, 'message_malformed');
        assert.equal(sink.mails.length, count);
        return;
      }
      assert.equal(outcome.kind, 'accepted', JSON.stringify(outcome));
      const text = whole.toString('latin1');
      const expected = text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`;
      assert.equal(sink.mails.at(-1)?.bytes.toString('latin1'), expected);
      assert.equal(sink.mails.length, count + 1);
    }),
    { numRuns: 400 },
  );
});

test('chunks without leading dots are passed through, not copied', () => {
  const chunks = [Buffer.from('Subject: x\r\n\r\n'), Buffer.from('a.b\r\n')];
  const prepared = prepareBody(chunks);
  assert.ok(prepared.ok);
  assert.equal(prepared.chunks[0], chunks[0]);
  assert.equal(prepared.chunks[1], chunks[1]);
});

test('a message of many blocks arrives whole', async () => {
  const chunks = Array.from({ length: 40 }, (_, nth) => Buffer.alloc(50_000, `.${nth} line\r\n`));
  const outcome = await connection.deliver({ from: 'a@b.test', to: 'c@d.test', chunks }, hooks);
  assert.equal(outcome.kind, 'accepted');
  const whole = Buffer.concat(chunks);
  assert.ok(sink.mails.at(-1)?.bytes.subarray(0, whole.length).equals(whole));
});

const hooks = { beforeDot: () => Promise.resolve() };

/** Independent of the code under test: whole line ends set aside, a dot between bare ones or at the very end. */
function isSmuggling(bytes: Buffer): boolean {
  return /[\r\n]\.([\r\n\u2028]|$)/.test(bytes.toString('latin1').replaceAll('\r\n', '\u2028'));
}
