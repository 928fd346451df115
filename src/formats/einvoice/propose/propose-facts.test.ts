import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { proposeFacts } from './propose-facts.ts';
import { amountsIn } from './read-amount.ts';
import { daysIn } from './read-day.ts';

function proposed(text: string) {
  const { kind, number, issueDate, dueDate, currency, total, amountDue, buyerEmails, buyerLanguage } =
    proposeFacts(text);
  return [kind, number, issueDate, dueDate, currency, total, amountDue, buyerEmails.join(), buyerLanguage];
}

test('an English invoice', () => {
  const text = `Northwind Lamps Ltd\tINVOICE
info@northwind.example · www.northwind.example
Bill to:\tInvoice no.: NL-2026/118
Bellevue Hotel\tInvoice date: 12 November 2026
accounts@bellevue.example\tDue date: 12 Dec 2026
Description\tQuantity\tPrice\tAmount
Desk lamp\t2\t£1,000.00\t£2,000.00
Subtotal\t£2,000.00
VAT 20%\t£400.00
Total\t£2,400.00
Amount due\t£1,400.00
Thank you for your payment`;
  const wanted = ['invoice', 'NL-2026/118', '2026-11-12', '2026-12-12', 'GBP', '2400.00', '1400.00'];
  assert.deepEqual(proposed(text), [...wanted, 'accounts@bellevue.example', 'en']);
});

test('a French quote', () => {
  const text = `Menuiserie Dubois
DEVIS N° D2026-0031
Date : 03/11/2026
Valable jusqu'au 03/12/2026
Client\tcontact@villa-rose.example
Désignation\tQuantité\tPrix
Total HT\t1 850,00 €
TVA 20 %\t370,00 €
Total TTC\t2 220,00 €
Merci de votre confiance, le règlement est à nous adresser.`;
  const wanted = ['quote', 'D2026-0031', '2026-11-03', '2026-12-03', 'EUR', '2220.00', '2220.00'];
  assert.deepEqual(proposed(text), [...wanted, 'contact@villa-rose.example', 'fr']);
});

test('an Italian invoice with its facts in a row below their labels', () => {
  const text = `Officina Aurora S.r.l.\tFATTURA
Spett.le\tTrattoria Il Pozzo
Numero fattura\tData fattura\tScadenza
45/2026\t1 ottobre 2026\t31/10/2026
Imponibile\t€ 1.000,00
IVA 22%\t€ 220,00
Totale fattura\t€ 1.220,00
Netto a pagare\t€ 1.220,00
Modalità di pagamento: bonifico, importo della fattura`;
  const wanted = ['invoice', '45/2026', '2026-10-01', '2026-10-31', 'EUR', '1220.00', '1220.00', '', 'it'];
  assert.deepEqual(proposed(text), wanted);
});

test('a Romanian invoice with series and number', () => {
  const text = `FACTURĂ
Seria ABC nr. 1042
Data emiterii: 05.11.2026\tData scadenței: 20.11.2026
Furnizor\tCumpărător
Total fără TVA\t1.000,00 lei
TVA 19%\t190,00 lei
Total de plată\t1.190,00 lei
Valoare, cantitate și preț`;
  const wanted = ['invoice', 'ABC 1042', '2026-11-05', '2026-11-20', 'RON', '1190.00', '1190.00', '', 'ro'];
  assert.deepEqual(proposed(text), wanted);
});

test('a Swiss German credit note with apostrophes', () => {
  const text = `Lampenwerk AG
Gutschrift Nr. G-88 vom 2. März 2026
Kunde\tbuchhaltung@seeblick.example
Nettobetrag\tCHF 1'000.00
MwSt 8.1%\tCHF 81.00
Gesamtbetrag\tCHF 1'081.00
Die Menge und der Preis der Rechnung, bitte prüfen`;
  const wanted = ['credit_note', 'G-88', '2026-03-02', null, 'CHF', '1081.00', '1081.00'];
  assert.deepEqual(proposed(text), [...wanted, 'buchhaltung@seeblick.example', 'de']);
});

test('a Dutch invoice', () => {
  const text = `FACTUUR
Factuurnummer: 2026.0415
Factuurdatum: 15-11-2026
Vervaldatum: 29-11-2026
Totaal excl. btw\t€ 500,00
Btw 21%\t€ 105,00
Totaal incl. btw\t€ 605,00
Te betalen\t€ 105,00
Gelieve het bedrag te betalen; uw klant, aantal`;
  const wanted = ['invoice', '2026.0415', '2026-11-15', '2026-11-29', 'EUR', '605.00', '105.00', '', 'nl'];
  assert.deepEqual(proposed(text), wanted);
});

test('amounts are read in every custom, numbers that are none are left', () => {
  const same = ['1.234,56', '1,234.56', '1 234,56', "1'234.56", '1\u202f234,56', '1234,56'];
  for (const text of same) assert.deepEqual(amountsIn(`${text} €`), ['1234.56'], text);
  assert.deepEqual(amountsIn('-5,00 und 12,– und 1.000'), ['-5.00', '12.00', '1000.00']);
  assert.deepEqual(amountsIn('19 % am 12.03.2026 um 20%'), []);
});

test('days are read in every custom; the month comes first only where it must', () => {
  const same = [
    '2026-11-03',
    '3.11.2026',
    '03/11/26',
    '3 novembre 2026',
    '3. November 2026',
    '3 noiembrie 2026',
    'Nov 3, 2026',
    '3rd of November 2026',
  ];
  for (const text of same) assert.deepEqual(daysIn(text, false), ['2026-11-03'], text);
  assert.deepEqual(daysIn('11/03/2026', true), ['2026-11-03']);
  assert.deepEqual(daysIn('11/17/2026 and 31.02.2026', false), ['2026-11-17']);
});

test('any text is read quickly and without exceptions', () => {
  const word = fc.constantFrom(
    'Total',
    'Rechnung Nr.',
    '12.03.2026',
    '1.234,56 €',
    'a@b.example',
    '\t',
    '\n',
    ' ',
    '....',
    '1 1 1',
  );
  const text = fc.array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 400 });
  fc.assert(
    fc.property(text, (words) => typeof proposeFacts(words.join('')) === 'object'),
    { numRuns: 200 },
  );
  for (const unit of ['1 ', 'a', '1.', 'total ', 'zahlbar ', '@a.', 'x@', '\t', '1 234 ']) {
    const started = performance.now();
    proposeFacts(unit.repeat(200_000 / unit.length));
    proposeFacts(`${unit.repeat(100)}\n`.repeat(2000).slice(0, 200_000));
    assert.ok(
      performance.now() - started < 60_000,
      `${JSON.stringify(unit)} took ${performance.now() - started} ms`,
    );
  }
});
