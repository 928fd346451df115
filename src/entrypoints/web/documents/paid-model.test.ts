import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from '#domain/documents';
import { canRemind, paidModel } from './paid-model.ts';

const today = '2026-11-28';
const document = (facts: Partial<Document>): Document =>
  ({
    kind: 'invoice',
    total: '100.00',
    amountDue: null,
    currency: 'EUR',
    dueDate: '2026-11-20',
    paidOn: null,
    paidAmount: null,
    disputedAt: null,
    paymentDeclaredAt: null,
    decidedAs: null,
    replacedBy: null,
    canceledAt: null,
    ...facts,
  }) as Document;

test('a quote is open until it is decided or over, never late, and reminded only while it is open', () => {
  const quote = (facts: Partial<Document>) => paidModel(document({ kind: 'quote', ...facts }), today);
  assert.deepEqual(quote({ dueDate: '2026-11-28' }), { state: 'unpaid', daysLate: 0 });
  assert.deepEqual(quote({}), { state: 'expired', on: '2026-11-20' });
  assert.deepEqual(quote({ decidedAs: 'accepted' }), { state: 'accepted' });
  assert.deepEqual(quote({ decidedAs: 'refused' }), { state: 'refused' });
  for (const facts of [{}, { decidedAs: 'accepted' }, { decidedAs: 'refused' }] as const)
    assert.equal(canRemind(document({ kind: 'quote', ...facts }), quote(facts), true), false);
});

test('an invoice that was disputed and then paid is paid', () => {
  const disputedAt = new Date('2026-11-21');
  assert.deepEqual(paidModel(document({ disputedAt }), today), { state: 'disputed' });
  assert.deepEqual(paidModel(document({ disputedAt, paidOn: '2026-11-25' }), today), {
    state: 'paid',
    on: '2026-11-25',
  });
});

test('who says that he has paid after a part was, does not make the part forgotten', () => {
  const paymentDeclaredAt = new Date('2026-11-26');
  assert.deepEqual(paidModel(document({ paymentDeclaredAt }), today), { state: 'declared' });
  assert.deepEqual(
    paidModel(document({ paymentDeclaredAt, paidOn: '2026-11-20', paidAmount: '40.00' }), today),
    {
      state: 'declared',
      before: { amount: '40.00', currency: 'EUR' },
    },
  );
});

test('what is owed is late by the days since it was due', () => {
  assert.deepEqual(paidModel(document({}), today), { state: 'unpaid', daysLate: 8 });
  assert.deepEqual(paidModel(document({ dueDate: '2026-12-01' }), today), { state: 'unpaid', daysLate: 0 });
  assert.deepEqual(paidModel(document({ kind: 'delivery_note' }), today), { state: 'none' });
});
