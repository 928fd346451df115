import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#base/ids';
import { deriveLinkKey, type LinkPurpose, linkTokens, linkUrls, readToken } from './token.ts';

const key = deriveLinkKey(randomBytes(32));
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
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

test('a token with any letter changed, a cut one, a longer one and one in capitals never pass', () => {
  fc.assert(
    fc.property(
      messageId,
      generation,
      purpose,
      fc.nat({ max: 57 }),
      fc.nat({ max: 30 }),
      (id, n, what, at, by) => {
        const token = linkTokens(key, id, n)[what];
        const other = alphabet[(alphabet.indexOf(token[at] ?? '') + 1 + by) % 32];
        assert.equal(
          readToken(key, what, `${token.slice(0, at)}${other}${token.slice(at + 1)}`),
          null,
          'changed',
        );
        assert.equal(readToken(key, what, token.slice(0, at)), null, 'cut');
        assert.equal(readToken(key, what, `${token}${token.slice(0, at + 1)}`), null, 'longer');
        assert.equal(readToken(key, what, token.toUpperCase()), null, 'in capitals');
      },
    ),
  );
});

test('a token for one generation is no token for the next', () => {
  fc.assert(
    fc.property(messageId, fc.integer({ min: 1, max: 65_534 }), purpose, (id, n, what) => {
      const [old, next] = [linkTokens(key, id, n)[what], linkTokens(key, id, n + 1)[what]];
      // 26 letters of the id; the generation is in the next four
      assert.equal(readToken(key, what, `${next.slice(0, 30)}${old.slice(30)}`), null);
    }),
  );
});

test('a token never looks like a Bitcoin address, for which filters take points', () => {
  fc.assert(
    fc.property(messageId, generation, purpose, (id, n, what) => {
      const { [what]: address } = linkUrls('https://portal.example', linkTokens(key, id, n));
      // The longest that is looked for by SpamAssassin's __BITCOIN_ID has 35 letters; a token is one word of 58.
      assert.match(address, /\/[a-z]\/\b[0-9a-z]{58}\b/);
      assert.doesNotMatch(address, /\b[13][a-km-zA-HJ-NP-Z1-9]{25,34}\b/);
    }),
    { numRuns: 2000 },
  );
});

test('nothing that a stranger invents passes, and reading it never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 80 }),
        fc.string({ minLength: 58, maxLength: 58, unit: fc.constantFrom(...alphabet) }),
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
  assert.match(tokens.page, /^[0-9a-z]{58}$/);
});

test('something that is no message gets no token', () => {
  assert.throws(() => linkTokens(key, newId('document', new Date()), 1));
  assert.throws(() => linkTokens(key, `msg_${'Z'.repeat(26)}`, 1));
});
