import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mobileForm, readMobile, shownMobile, tailOfMobile } from './index.ts';

test('mobile numbers are taken as people write them, with the code of the country', () => {
  for (const [typed, kept] of [
    ['+32 475 12 34 56', '+32475123456'],
    ['0032 475/12.34.56', '+32475123456'],
    ['+33 (0)6 12 34 56 78', '+33612345678'],
    ['+39 347 123 4567', '+393471234567'],
    ['+40 721 234 567', '+40721234567'],
    ['+41 79 123 45 67', '+41791234567'],
    ['+49 1512 3456789', '+4915123456789'],
    ['+31 6 12345678', '+31612345678'],
  ] as const)
    assert.equal(readMobile(typed), kept, typed);
});

test('what is no mobile number of a known country is refused', () => {
  for (const typed of [
    '',
    '0475 12 34 56',
    '+32 2 123 45 67', // Brussels, a fixed line
    '+1',
    '+999 12345678',
    'call me: +32 475 12 34 56',
    '+32 475 12 34 56 ext. 7',
    `+32 475 12 34 56${' '.repeat(60)}x`,
    '+32 475 12 34 56\r\nX: y',
  ])
    assert.equal(readMobile(typed), null, typed);
});

test('whatever is typed, what comes out is E.164 and reads as itself', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(\+|00)[0-9 ().-]{4,20}$/)), (typed) => {
      const kept = readMobile(typed);
      if (kept === null) return;
      assert.match(kept, mobileForm);
      assert.equal(readMobile(shownMobile(kept)), kept);
    }),
  );
});

test('of a number its owner sees the end alone', () => {
  assert.equal(tailOfMobile('+32475123456'), '56');
  assert.equal(shownMobile('+32475123456'), '+32 475 12 34 56');
});
