import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compareDecimals,
  documentKinds,
  type Facts,
  isDay,
  isDecimal,
  missingFacts,
  normaliseVatId,
} from './index.ts';

const nothing: Facts & { customerId: null } = {
  kind: 'invoice',
  number: null,
  issueDate: null,
  dueDate: null,
  currency: null,
  total: null,
  amountDue: null,
  sellerName: null,
  buyerName: null,
  buyerVatId: null,
  buyerCountry: null,
  buyerLanguage: null,
  buyerEmails: [],
  customerId: null,
};

test('an invoice needs number, amount, currency and buyer, a delivery note no amount, a statement no number', () => {
  assert.deepEqual(missingFacts(nothing), ['number', 'total', 'currency', 'buyer']);
  assert.deepEqual(missingFacts({ ...nothing, kind: 'delivery_note' }), ['number', 'buyer']);
  assert.deepEqual(missingFacts({ ...nothing, kind: 'statement' }), ['buyer']);
  for (const kind of documentKinds) assert.ok(missingFacts({ ...nothing, kind }).includes('buyer'));
});

test('a known customer, a name or an address is buyer enough', () => {
  const full = { ...nothing, number: '1', total: '2.00', currency: 'EUR' };
  assert.deepEqual(missingFacts({ ...full, customerId: 'cus_1' }), []);
  assert.deepEqual(missingFacts({ ...full, buyerName: 'A' }), []);
  assert.deepEqual(missingFacts({ ...full, buyerEmails: ['a@b.example'] }), []);
});

const cents = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n });

test('amounts compare by value, to the last cent of any size', () => {
  const write = (n: bigint): string => {
    const digits = String(n < 0n ? -n : n).padStart(3, '0');
    return `${n < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  };
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      assert.equal(compareDecimals(write(a), write(b)), a < b ? -1 : a > b ? 1 : 0);
      assert.equal(compareDecimals(`${write(a)}00`, write(a)), 0);
    }),
  );
  assert.equal(compareDecimals('-0', '0.00'), 0);
});

test('amounts with separators, exponents or blanks are none', () => {
  for (const text of ['1,000.00', '1e3', ' 1', '1.', '.5', '--1', '+1', '1.1234567', '٣', 'NaN', ''])
    assert.equal(isDecimal(text), false, text);
  for (const text of ['0', '-12.5', '999999999999999.999999']) assert.equal(isDecimal(text), true, text);
});

test('days are days of the calendar', () => {
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '1810-01-01', '2026-01-01T00:00:00Z'])
    assert.equal(isDay(text), false, text);
  for (const text of ['2028-02-29', '2026-12-31']) assert.equal(isDay(text), true, text);
});

test('VAT ids are one however they are written', () => {
  assert.equal(normaliseVatId('be 0417.497.106'), 'BE0417497106');
  assert.equal(normaliseVatId('CHE-123.456.789 MWST'), 'CHE123456789');
  assert.equal(normaliseVatId('?'), null);
});
