import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressText } from '../kit/address-field.tsx';
import { looksRight, splitAddresses } from './address-text.ts';

test('a pasted list is split by comma, semicolon and line, but not inside quotes or brackets', () => {
  const typed = splitAddresses(
    '"Peeters, Els" <els@peeters.example>; shop@peeters.example\nJan <jan@x.example>,',
  );
  assert.deepEqual(
    typed.map(({ name, address }) => [name, address]),
    [
      ['Peeters, Els', 'els@peeters.example'],
      [null, 'shop@peeters.example'],
      ['Jan', 'jan@x.example'],
    ],
  );
});

test('what the server writes into the field is read back as it was', () => {
  const name = fc
    .string({ minLength: 1, maxLength: 40 })
    .map((text) => text.replace(/[\s\p{C}]+/gu, ' ').trim());
  const known = fc.record({
    name: fc.option(
      name.filter((text) => text !== '' && !/[<>]/.test(text)),
      { nil: null },
    ),
    address: fc.emailAddress().filter((text) => looksRight(text)),
    state: fc.constant('good' as const),
  });
  fc.assert(
    fc.property(fc.array(known, { maxLength: 5 }), (addresses) => {
      const read = splitAddresses(addressText(addresses)).map(({ name: n, address }) => [n, address]);
      assert.deepEqual(
        read,
        addresses.map((each) => [each.name, each.address]),
      );
    }),
  );
});

test('any text is split without loss of time or error', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 5000 }), (text) =>
      splitAddresses(text).every(({ address }) => typeof address === 'string'),
    ),
  );
});

test('an address needs a name, an @ and a domain', () => {
  for (const good of ['els@peeters.example', 'a.b+c@x.co', 'jürgen@bücher.example', 'me@localhost'])
    assert.ok(looksRight(good), good);
  for (const bad of [
    'els',
    'els@',
    '@x.example',
    'els@x',
    'a b@x.example',
    'els@x..example',
    'els@x.example>',
  ])
    assert.ok(!looksRight(bad), bad);
});
