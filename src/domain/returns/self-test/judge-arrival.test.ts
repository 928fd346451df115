import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { markHeader } from '#domain/outbox';
import { isTestMail, judgeArrival } from './judge-arrival.ts';
import type { SentFacts } from './self-test.ts';

const sent: SentFacts = {
  from: 'invoices@vautrin.example',
  envelopeFrom: 't01kmark@bounce.vautrin.example',
  messageId: 'tst_01k@vautrin.example',
  mark: 't01kmark',
  code: '48271193',
  through: 'smtp.example:587',
};
const none = { result: 'none', domain: null, aligned: false } as const;

function mail(headers: Readonly<Record<string, string>>, body = 'Hello'): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${lines.join('')}\r\n${body}\r\n`);
}

const whole = {
  'Return-Path': `<${sent.envelopeFrom}>`,
  From: 'Vautrin <Invoices@Vautrin.example>',
  Subject: `Test ${sent.code}: what arrives`,
  'Message-ID': `<${sent.messageId.toUpperCase()}>`,
  [markHeader]: sent.mark,
};

const verdicts = (headers: Readonly<Record<string, string>>, envelopeFrom: string | null = null) => {
  const { signature, ...rest } = judgeArrival(sent, { bytes: mail(headers), envelopeFrom }, none);
  return Object.fromEntries(Object.entries(rest).map(([name, { verdict }]) => [name, verdict]));
};

test('a mail that arrives as it left is kept in every part, whatever the case of its letters', () => {
  assert.deepEqual(verdicts(whole), {
    envelopeFrom: 'kept',
    header: 'kept',
    messageId: 'kept',
    from: 'kept',
  });
});

test('what a relay changes, takes out or wraps is told apart', () => {
  const { [markHeader]: _mark, ...unmarked } = whole;
  assert.equal(verdicts(unmarked)['header'], 'missing');
  assert.equal(verdicts({ ...whole, 'Message-ID': '<other@relay.example>' })['messageId'], 'changed');
  assert.equal(verdicts({ ...whole, From: 'Relay <noreply@relay.example>' })['from'], 'changed');
  assert.equal(verdicts({ ...whole, 'Return-Path': '<bounces@relay.example>' })['envelopeFrom'], 'changed');
  const srs = `<SRS0=Hx7a=TT=bounce.vautrin.example=${sent.mark}@relay.example>`;
  assert.equal(verdicts({ ...whole, 'Return-Path': srs })['envelopeFrom'], 'wrapped');
  assert.equal(verdicts({ ...whole, 'Return-Path': '<>' })['envelopeFrom'], 'missing');
});

test('what the conversation said of the envelope counts before a header, and without both nothing is known', () => {
  assert.equal(
    verdicts({ ...whole, 'Return-Path': '<x@y.example>' }, sent.envelopeFrom)['envelopeFrom'],
    'kept',
  );
  const { 'Return-Path': _path, ...bare } = whole;
  assert.equal(verdicts(bare)['envelopeFrom'], 'unknown');
});

test('the test mail is known by header, Message-ID or the digits of its subject, and no other mail is taken for it', async () => {
  const only = async (headers: Readonly<Record<string, string>>) => isTestMail(sent, mail(headers));
  assert.ok(await only({ [markHeader]: sent.mark }));
  assert.ok(await only({ 'Message-ID': `<${sent.messageId}>` }));
  assert.ok(await only({ Subject: `=?utf-8?q?Fwd:_Test_${sent.code}?=` }));
  assert.equal(await only({ Subject: 'Test 11111111', 'Message-ID': '<a@b.example>' }), false);
});

test('no bytes from outside make it throw, and what is kept of them is short and plain', async () => {
  const line = fc.oneof(
    fc.string({ maxLength: 600 }),
    fc.constantFrom(...Object.entries(whole).map(([name, value]) => `${name}: ${value}`)),
    fc.string({ maxLength: 600 }).map((text) => `Message-ID: <${text}>`),
    fc.string({ maxLength: 600 }).map((text) => `From: ${text}\u0007\r\n folded`),
    fc.string({ maxLength: 600 }).map((text) => `Return-Path:${text}`),
  );
  const source = fc.oneof(
    fc.array(line, { maxLength: 30 }).map((lines) => Buffer.from(lines.join('\r\n'))),
    fc.uint8Array({ maxLength: 2000 }),
  );
  await fc.assert(
    fc.asyncProperty(source, async (bytes) => {
      await isTestMail(sent, bytes);
      const { signature, ...parts } = judgeArrival(sent, { bytes, envelopeFrom: null }, none);
      for (const { found } of Object.values(parts)) {
        assert.ok((found ?? '').length <= 320);
        assert.doesNotMatch(found ?? '', /\p{Cc}/u);
      }
    }),
  );
});
