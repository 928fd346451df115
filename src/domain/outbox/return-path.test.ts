import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#base/ids';
import { deriveReturnKey, makeReturnPath, readReturnPath } from './index.ts';

const key = deriveReturnKey(randomBytes(32));
const aMessage = () => newId('message', new Date('2026-11-27T08:00:00Z'));

test('a return path names its message, in whatever case it comes back', () => {
  const messageId = aMessage();
  const address = makeReturnPath(key, messageId, 'bounce.vautrin.example');
  assert.match(address, /^b[a-z0-9]{36}@bounce\.vautrin\.example$/);
  for (const same of [address, address.toUpperCase()])
    assert.deepEqual(readReturnPath(key, same), { messageId, domain: 'bounce.vautrin.example' });
});

test('one changed letter, or another installation’s key, names no message', () => {
  const address = makeReturnPath(key, aMessage(), 'b.example');
  assert.equal(readReturnPath(deriveReturnKey(randomBytes(32)), address), null);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 36 }),
      fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz'),
      (at, letter) => {
        fc.pre(address[at] !== letter);
        assert.equal(readReturnPath(key, address.slice(0, at) + letter + address.slice(at + 1)), null);
      },
    ),
  );
});

test('any other text is no return path', () => {
  fc.assert(fc.property(fc.string(), (text) => readReturnPath(key, text) === null));
  fc.assert(fc.property(fc.emailAddress(), (address) => readReturnPath(key, address) === null));
  assert.throws(() => makeReturnPath(key, 'dsp_01M810Q2V0118VKDYY0P9CSWCE', 'b.example'), TypeError);
});
