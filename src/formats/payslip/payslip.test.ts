import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  epcCode,
  groupIban,
  isBic,
  isIban,
  isPaymentLink,
  normaliseIban,
  paymentLink,
  swissBill,
} from './index.ts';

const iban = 'BE71096123456769'; // the example of ISO 13616

test('an IBAN is known by its check digits', () => {
  for (const good of [iban, 'CH5604835012345678009', 'RO49AAAA1B31007593840000', 'NO9386011117947'])
    assert.ok(isIban(good), good);
  for (const bad of ['BE71096123456760', 'BE7109612345', 'be71096123456769', '', '71096123456769BE'])
    assert.ok(!isIban(bad), bad);
  assert.equal(normaliseIban(' be71 0961-2345 6769'), iban);
  assert.equal(groupIban(iban), 'BE71 0961 2345 6769');
  assert.ok(isBic('KREDBEBB') && isBic('KREDBEBBXXX') && !isBic('KREDBEB'));
});

test('the code of a transfer has the lines of EPC069-12', () => {
  const transfer = {
    name: 'Vautrin & Sons',
    iban,
    bic: null,
    amount: '3866.4',
    remittance: 'Invoice 2026-0318',
  };
  const code = epcCode(transfer);
  assert.equal(code?.text, `BCD\n002\n1\nSCT\n\nVautrin & Sons\n${iban}\nEUR3866.40\n\n\nInvoice 2026-0318`);
  assert.match(code?.svg ?? '', /^<svg /);
  for (const amount of ['0', '0.00', '-5', '1000000000', '1.234', 'x'])
    assert.equal(epcCode({ ...transfer, amount }), null, amount);
});

test('whatever is in name and message, the code stays within its lines', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, remittance) => {
      const code = epcCode({ name, iban, bic: 'KREDBEBB', amount: '1', remittance });
      assert.ok(code === null || code.text.split('\n').length === 11);
    }),
    { numRuns: 50 },
  );
});

test('a Swiss bill needs an ordinary Swiss account, francs or euro, and an address with its town', () => {
  const payment = {
    name: 'Menuiserie Vautrin',
    address: 'Rue du Lac 4\n1003 Lausanne',
    country: 'CH',
    iban: 'CH5604835012345678009',
    amount: '120.5',
    currency: 'CHF',
    message: 'Facture 12',
    language: 'fr',
  };
  assert.match(swissBill(payment) ?? '', /^<svg[\s\S]*Section paiement/);
  assert.equal(swissBill({ ...payment, iban }), null);
  assert.equal(swissBill({ ...payment, iban: 'CH4431999123000889012' }), null, 'a QR-IBAN');
  assert.equal(swissBill({ ...payment, currency: 'USD' }), null);
  assert.equal(swissBill({ ...payment, address: 'Somewhere' }), null);
  assert.equal(swissBill({ ...payment, amount: '0' }), null);
});

test('a payment link takes the facts, encoded, and is none when one is missing', () => {
  const facts = { number: 'A/1 &', amount: '12.5', currency: 'EUR', customer: null };
  const link = 'https://pay.example/x?n={number}&a={cents}&c={currency}';
  assert.ok(isPaymentLink(link));
  assert.equal(paymentLink(link, facts), 'https://pay.example/x?n=A%2F1%20%26&a=1250&c=EUR');
  assert.equal(paymentLink('https://pay.example/{customer}', facts), null);
  for (const bad of [
    'http://pay.example/',
    'https://{number}.example/',
    'https://pay.example/{other}',
    'javascript:1',
    'https://pay.example/ x',
  ])
    assert.ok(!isPaymentLink(bad), bad);
});
