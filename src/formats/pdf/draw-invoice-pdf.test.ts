import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueProblems, type Language, languages } from '#base/language';
import { drawInvoicePdf, type InvoiceView, inspectPdf, type LineView, unknownParty } from './index.ts';
import { invoiceCatalogues } from './texts/index.ts';
import { groupIban, makeViewFormat } from './view-format.ts';

const line: LineView = {
  id: '1',
  name: 'Lampă de birou, oțel și sticlă',
  description: 'șlefuită manual',
  quantity: '2.000',
  unit: 'C62',
  unitPrice: '1234.5',
  vatRate: '19.00',
  amount: '2469.00',
};

const view: InvoiceView = {
  language: 'ro',
  source: 'ubl',
  kind: 'invoice',
  number: 'ȚȘ-0042',
  issueDate: '2026-11-12',
  dueDate: '2026-12-12',
  deliveryDate: null,
  currency: 'RON',
  seller: {
    ...unknownParty,
    name: 'Atelierul Luminii SRL',
    address: ['Strada Învățătorului 7'],
    country: 'RO',
  },
  buyer: { ...unknownParty, name: 'Hôtel Bellevue', address: ['Rue du Moulin 12'], country: 'BE' },
  references: [{ kind: 'order', value: 'PO-9' }],
  notes: ['Vă mulțumim.'],
  lines: [line],
  adjustments: [{ label: null, isCharge: false, amount: '69.00' }],
  vat: [{ rate: '19.00', category: 'S', base: '2400.00', amount: '456.00', reason: null }],
  totals: {
    net: '2400.00',
    vat: '456.00',
    gross: '2856.00',
    prepaid: '856.00',
    rounding: null,
    due: '2000.00',
  },
  payment: {
    terms: [],
    accounts: [{ iban: 'RO49AAAA1B31007593840000', bic: null, name: null }],
    reference: '+++042+++',
    instalments: [],
  },
};

async function drawnText(of: InvoiceView): Promise<{ text: string; pages: number }> {
  const found = await inspectPdf(await drawInvoicePdf(of));
  assert.ok(found.ok);
  return found;
}

test('a drawn invoice says all that matters in its language, with its letters', async () => {
  const { text, pages } = await drawnText(view);
  assert.equal(pages, 1);
  const wanted = [
    'Factură',
    'ȚȘ-0042',
    '12 decembrie 2026',
    'Lampă de birou, oțel și sticlă',
    'șlefuită manual',
    '2 buc.',
  ];
  const sums = [
    '2.469,00',
    '−69,00',
    '−856,00',
    '2.000,00 RON',
    'RO49 AAAA 1B31 0075 9384 0000',
    '+++042+++',
  ];
  for (const part of [...wanted, ...sums, 'Belgia', 'PO-9', 'Vă mulțumim.', 'Pagina 1 din 1']) {
    assert.ok(text.replaceAll('\u00a0', ' ').includes(part), `${part} in:\n${text}`);
  }
});

test('the same invoice gives the same bytes', async () => {
  assert.deepEqual(await drawInvoicePdf(view), await drawInvoicePdf(view));
});

test('a FatturaPA says on its first lines that it is a courtesy copy, in each language', async () => {
  const starts: Record<Language, string> = {
    en: 'Courtesy copy',
    fr: 'Copie de courtoisie',
    it: 'Copia di cortesia',
    ro: 'Copie informativă',
    de: 'Lesbare Kopie ohne steuerliche Geltung',
    nl: 'Kopie ter informatie',
  };
  for (const language of languages) {
    const { text } = await drawnText({ ...view, language, source: 'fatturapa' });
    assert.ok(text.indexOf(starts[language]) > 0 && text.indexOf(starts[language]) < 400, text);
  }
});

test('long tables run over pages with their head on each, and end after 2000 lines with a word', async () => {
  const many = (count: number): InvoiceView => ({
    ...view,
    lines: Array.from({ length: count }, (_, index) => ({ ...line, id: String(index + 1) })),
  });
  const long = await drawnText(many(60));
  assert.ok(long.pages >= 3, `${long.pages} pages`);
  // The first four pages are read for their text.
  assert.equal(long.text.match(/Descriere/g)?.length, Math.min(4, long.pages));
  const endless = await drawInvoicePdf(many(2300));
  const found = await inspectPdf(endless);
  assert.ok(found.ok && found.pages < 200);
  assert.match(found.text, /300 de rânduri/);
});

test('empty, huge and strange values are drawn all the same', async () => {
  const huge = 'Überaus langes Wort '.repeat(2000);
  const strange: InvoiceView = {
    ...view,
    language: 'de',
    kind: null,
    number: null,
    issueDate: null,
    dueDate: null,
    currency: null,
    seller: { ...unknownParty, name: huge },
    buyer: unknownParty,
    notes: [huge, '\u202e\u0000\u{1F600}', 'W'.repeat(5000)],
    lines: [
      { ...line, name: huge, description: huge, unit: 'X'.repeat(500), amount: '-999999999999999999.99' },
    ],
    totals: { net: null, vat: null, gross: null, prepaid: null, rounding: null, due: null },
  };
  const { pages } = await drawnText(strange);
  assert.ok(pages < 10, `${pages} pages`);
});

test('amounts keep every digit and follow the customs of the country', () => {
  assert.match(makeViewFormat('de', 'CH').amount('1234567.5'), /^1['’]234['’]567\.50$/);
  assert.equal(makeViewFormat('de', 'DE').amount('900719925474099312.25'), '900.719.925.474.099.312,25');
  assert.equal(makeViewFormat('it', 'IT').amount('0.0525'), '0,0525');
  assert.equal(makeViewFormat('en', null).amount('-3.5000'), '−3.50');
  assert.equal(groupIban('be71 0961 2345 6769').replaceAll('\u00a0', ' '), 'BE71 0961 2345 6769');
  assert.equal(groupIban('12-345'), '12-345');
});

test('the words on drawn invoices are there in all languages', () => {
  assert.deepEqual(catalogueProblems(invoiceCatalogues, languages), []);
});
