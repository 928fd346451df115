import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeReplyReader, replyLimits } from './read-replies.ts';
import type { Reply } from './reply.ts';

const line = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replace(/\p{Cc}/gu, ''));
const reply = fc.record(
  { code: fc.integer({ min: 200, max: 599 }), lines: fc.array(line, { minLength: 1, maxLength: 6 }) },
  { noNullPrototype: true },
);

test('replies come out as they were said, however the octets are cut', () => {
  fc.assert(
    fc.property(
      fc.array(reply, { maxLength: 5 }),
      fc.array(fc.nat(200)),
      fc.boolean(),
      (replies, cuts, bare) => {
        const text = replies.flatMap(({ code, lines }) =>
          lines.map(
            (words, at) => `${code}${at < lines.length - 1 ? '-' : ' '}${words}${bare ? '\n' : '\r\n'}`,
          ),
        );
        const heard = hear(pieces(Buffer.from(text.join('')), cuts));
        assert.equal(heard.garbage, null);
        assert.deepEqual(
          heard.replies.map(({ code, lines }) => ({ code, lines })),
          replies,
        );
        assert.equal(heard.isMidway, false);
      },
    ),
  );
});

test('whatever octets come, reading ends in bounded replies or in garbage, and never throws', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((octets) => Buffer.from(octets)),
    fc
      .constantFrom('250-', '250 ok\r\n', '550', '\r\n', '\n', '999 \r\n', '2', '-')
      .map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 40 }), (chunks) => {
      const { replies } = hear(chunks);
      for (const one of replies) {
        assert.ok(one.code >= 200 && one.code <= 599 && one.lines.length <= replyLimits.lines);
        for (const text of one.lines) assert.doesNotMatch(text, /(?!\t)\p{Cc}/u);
      }
    }),
    { numRuns: 500 },
  );
});

test('a line and a reply may only be so long', () => {
  assert.match(hear([Buffer.alloc(replyLimits.lineBytes + 2, '2')]).garbage ?? '', /line of more/);
  assert.match(
    hear([Buffer.from(`250 ${'x'.repeat(replyLimits.lineBytes)}\r\n`)]).garbage ?? '',
    /line of more/,
  );
  const many = '250-x\r\n'.repeat(replyLimits.lines);
  assert.equal(hear([Buffer.from(`${many.slice(7)}250 x\r\n`)]).replies.length, 1);
  assert.match(hear([Buffer.from(`${many}250 x\r\n`)]).garbage ?? '', /more than 100 lines/);
});

/** Line · enhanced code that is found in it. */
const enhanced: readonly [string, string | null][] = [
  ['550 5.1.1 unknown', '5.1.1'],
  ['550-5.1.1 unknown', '5.1.1'],
  ['550 #5.1.0 Address rejected', '5.1.0'],
  ['550 5.1.1', '5.1.1'],
  ['450 5.1.1 contradicts itself', null],
  ['550 5.1.1234 too long', null],
  ['550 the 5.1.1 comes late', null],
  ['250 2.0.0: ok', '2.0.0'],
  ['550', null],
];

for (const [said, expected] of enhanced)
  test(`"${said}" has the enhanced code ${expected}`, () => {
    const text = said.includes('-') ? `${said}\r\n550 end\r\n` : `${said}\r\n`;
    assert.equal(hear([Buffer.from(text)]).replies[0]?.enhanced, expected);
  });

test('text that is not UTF-8 is read as Latin-1', () => {
  const heard = hear([Buffer.from('550 Empf\xe4nger unbekannt\r\n', 'latin1')]);
  assert.deepEqual(heard.replies[0]?.lines, ['Empfänger unbekannt']);
});

function hear(chunks: readonly Buffer[]): { replies: Reply[]; garbage: string | null; isMidway: boolean } {
  const reader = makeReplyReader();
  const replies: Reply[] = [];
  for (const chunk of chunks) {
    const result = reader.push(chunk);
    replies.push(...result.replies);
    if (result.garbage !== null) return { replies, garbage: result.garbage, isMidway: true };
  }
  return { replies, garbage: null, isMidway: reader.isMidway };
}

function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set([0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, at) => bytes.subarray(places[at], end));
}
