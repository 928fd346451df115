import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Document } from '#domain/documents';
import { makeProposer } from './propose-matches.ts';

const document = (id: string, over: Partial<Document>): Document =>
  ({
    id,
    number: null,
    total: null,
    amountDue: null,
    paidOn: null,
    paidAmount: null,
    currency: 'EUR',
    buyerName: null,
    ...over,
  }) as Document;

const open = [
  document('a', { number: '2026-0318', total: '1284.00', buyerName: 'Bakkerij Peeters BV' }),
  document('b', { number: '2026-0319', total: '500.00', buyerName: 'Hôtel Belle-Île SARL' }),
  document('c', { number: '12026-03190', total: '500.00', buyerName: 'Keller' }),
  document('d', { number: '7', total: '1284.00', buyerName: 'Oost', currency: 'CHF' }),
];
const propose = makeProposer(open);
const entry = (amount: string, text: string, name = '') => ({ amount, currency: 'EUR', name, text });

test('number and amount together are sure, and come first', () => {
  const [best] = propose(entry('1284.00', 'fact 2026/0318', 'BAKKERIJ PEETERS'));
  assert.deepEqual(best, {
    documentIds: ['a'],
    because: ['number', 'amount', 'name'],
    certainty: 'sure',
  });
});

test('a number inside a longer row of digits is another number', () => {
  const found = propose(entry('9.00', 'ref 12026-03190'));
  assert.deepEqual(
    found.map((match) => match.documentIds),
    [['c']],
  );
});

test('several invoices paid at once are proposed together when their sum is right', () => {
  const [best] = propose(entry('1784.00', '2026-0318 2026-0319'));
  assert.deepEqual(best?.documentIds, ['a', 'b']);
  assert.equal(best?.certainty, 'sure');
});

test('a smaller amount with the number is a part', () => {
  const [best] = propose(entry('100.00', '2026-0318'));
  assert.deepEqual(best?.because, ['number', 'part']);
});

test('the amount alone is only possible, and never across currencies', () => {
  assert.deepEqual(
    propose(entry('1284.00', 'thanks')).map(({ documentIds, certainty }) => [documentIds[0], certainty]),
    [['a', 'possible']],
  );
});

test('the name alone proposes nothing', () => {
  assert.deepEqual(propose(entry('9999.00', '', 'Bakkerij Peeters')), []);
});

test('whatever the bank writes, a proposal names documents that are open, five at most', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.constantFrom('1284.00', '500', '0.01'), (text, name, amount) => {
      const found = propose(entry(amount, `${text} 2026-0318`, name));
      assert.ok(found.length <= 5);
      for (const match of found)
        for (const id of match.documentIds) assert.ok(open.some((one) => one.id === id));
    }),
  );
});
