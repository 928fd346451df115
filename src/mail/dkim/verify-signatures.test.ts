import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { verifySignatures } from './index.ts';

// A hash that fits the body: where it does not, no key is asked for.
const bodyHash = createHash('sha256').update('Hello\r\n').digest('base64');
const signature = (selector: string): string =>
  `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=peeters.example; s=${selector}; h=from:subject; bh=${bodyHash}; b=AAAA\r\n`;
const mail = (signatures: string, from = 'els@peeters.example'): Buffer =>
  Buffer.from(`${signatures}From: ${from}\r\nSubject: Re: Invoice\r\n\r\nHello\r\n`);

/** How many questions a mail makes us ask, and what is made of it. */
async function asked(bytes: Buffer): Promise<{ questions: number; result: string }> {
  let questions = 0;
  const ask = async () => {
    questions += 1;
    return { kind: 'absent', server: 'ns1', isOwnServer: false, ttl: 1, via: [] } as const;
  };
  const { result } = await verifySignatures(bytes, { ask }, new Date('2026-11-27T10:00:00Z'));
  return { questions, result };
}

test('a few signatures are each looked up; of thousands none is, so that no mail makes us flood the DNS', async () => {
  const few = await asked(mail(['a', 'b', 'c'].map(signature).join('')));
  assert.equal(few.questions, 3);
  const many = await asked(mail(Array.from({ length: 3000 }, (_, at) => signature(`s${at}`)).join('')));
  assert.deepEqual(many, { questions: 0, result: 'unknown' });
});

test('a header of unreasonable length is not taken apart', async () => {
  const long = await asked(mail(signature('a'), `${'x'.repeat(100_000)} <els@peeters.example>`));
  assert.deepEqual(long, { questions: 0, result: 'unknown' });
});
