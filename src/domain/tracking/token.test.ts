import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#base/ids';
import { deriveLinkKey, type LinkPurpose, linkTokens, linkUrls, readToken } from './token.ts';

const key = deriveLinkKey(randomBytes(32));
const purposes: readonly LinkPurpose[] = ['page', 'pixel', 'withdraw'];
const messageId = fc
  .tuple(fc.nat({ max: 281_474_976_710_655 }), fc.nat())
  .map(([time]) => newId('message', new Date(time % 8_640_000_000_000)));
const generation = fc.integer({ min: 1, max: 65_535 });
const purpose = fc.constantFrom(...purposes);

test('a token opens what it was made for and tells the generation', () => {
  fc.assert(
    fc.property(messageId, generation, purpose, (id, n, what) => {
      assert.deepEqual(readToken(key, what, linkTokens(key, id, n)[what]), { messageId: id, generation: n });
    }),
  );
});

test('a token never passes for another purpose or under another key', () => {
  fc.assert(
    fc.property(messageId, generation, purpose, purpose, (id, n, made, asked) => {
      const token = linkTokens(key, id, n)[made];
      if (made !== asked) assert.equal(readToken(key, asked, token), null);
      assert.equal(readToken(deriveLinkKey(randomBytes(32)), made, token), null);
    }),
  );
});

test('a token with any bit changed, a cut one and a longer one never pass', () => {
  fc.assert(
    fc.property(messageId, generation, purpose, fc.nat({ max: 36 * 8 - 1 }), (id, n, what, bit) => {
      const token = linkTokens(key, id, n)[what];
      const bytes = Buffer.from(token, 'base64url');
      bytes[bit >> 3] = bytes[bit >> 3]! ^ (1 << (bit & 7));
      assert.equal(readToken(key, what, bytes.toString('base64url')), null, 'changed');
      assert.equal(readToken(key, what, token.slice(0, bit % 48)), null, 'cut');
      assert.equal(readToken(key, what, `${token}${token.slice(0, (bit % 8) + 1)}`), null, 'longer');
    }),
  );
});

test('a token for one generation is another one than for the next, and neither turns into the other', () => {
  fc.assert(
    fc.property(messageId, fc.integer({ min: 1, max: 65_534 }), purpose, (id, n, what) => {
      const old = Buffer.from(linkTokens(key, id, n)[what], 'base64url');
      old.writeUInt16BE(n + 1, 16);
      assert.equal(readToken(key, what, old.toString('base64url')), null);
    }),
  );
});

test('nothing that a stranger invents passes, and reading it never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 80 }),
        fc.uint8Array({ minLength: 36, maxLength: 36 }).map((b) => Buffer.from(b).toString('base64url')),
      ),
      purpose,
      (text, what) => {
        assert.equal(readToken(key, what, text), null);
      },
    ),
    { numRuns: 500 },
  );
});

test('the addresses hold the tokens and nothing about the recipient', () => {
  const tokens = linkTokens(key, newId('message', new Date()), 1);
  assert.deepEqual(linkUrls('https://portal.example/', tokens), {
    page: `https://portal.example/d/${tokens.page}`,
    pixel: `https://portal.example/o/${tokens.pixel}.gif`,
    withdraw: `https://portal.example/w/${tokens.withdraw}`,
  });
  assert.match(tokens.page, /^[A-Za-z0-9_-]{48}$/);
});

test('something that is no message gets no token', () => {
  assert.throws(() => linkTokens(key, newId('document', new Date()), 1));
  assert.throws(() => linkTokens(key, `msg_${'Z'.repeat(26)}`, 1));
});
