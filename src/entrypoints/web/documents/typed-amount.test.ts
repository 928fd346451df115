import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedAmount } from './typed-amount.ts';

const typed: readonly (readonly [string, string])[] = [
  ['1284', '1284'],
  ['1284.00', '1284.00'],
  ['1284,5', '1284.5'],
  ['1,284.00', '1284.00'],
  ['1.284,00', '1284.00'],
  ['1 284,00 €', '1284.00'],
  ['1\u202F284,00', '1284.00'],
  ["12'284.50", '12284.50'],
  ['1.234.567,89', '1234567.89'],
  ['1,234,567', '1234567'],
  ['1.284', '1284'],
  ['1234.567', '1234.567'],
  ['EUR 12.50', '12.50'],
  ['-240,00', '-240.00'],
  ['−240,00', '-240.00'],
  ['007.50', '7.50'],
];

test('amounts are read as people of all our languages type them', () => {
  for (const [text, amount] of typed) assert.equal(typedAmount(text), amount, text);
});

test('what is no amount stays as it was', () => {
  for (const text of ['', 'twelve', '1,2,3', '1.2,3.4', '12-3']) assert.equal(typedAmount(text), text);
});
