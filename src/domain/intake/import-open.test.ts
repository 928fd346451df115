import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { type Document, getDocuments, openAmount, paidState } from '#domain/documents';
import { parseTable, readTable } from '#formats/csv';
import { inspectPdf } from '#formats/pdf';
import { writeWorkbook } from '#formats/sheet';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { importOpenDocuments } from './import-open.ts';

let installation: TestInstallation;
const now = new Date('2026-11-22T10:00:00Z');
before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

type Rows = readonly (readonly string[])[];

async function bring(rows: Rows, dryRun = false) {
  const which = {
    companyId: installation.companyId,
    by: { actor: 'user', id: installation.author.id },
  } as const;
  const done = await importOpenDocuments(installation, which, rows, { now, dryRun });
  assert.ok(done.ok, JSON.stringify(done));
  return done.lines;
}

function rowsOf(csv: string): Rows {
  const parsed = parseTable(Buffer.from(csv), 100);
  assert.ok(parsed.ok);
  return parsed.rows;
}

async function documents(): Promise<Document[]> {
  const { companyId, database } = installation;
  return inCompany(database, companyId, async (tx) => {
    const all = await tx.selectFrom('documents').select('id').execute();
    return getDocuments(
      tx,
      companyId,
      all.map(({ id }) => id),
    );
  });
}

const german = `Nummer;Art;Datum;Fällig;Betrag;Bezahlt;Währung;Kunde;E-Mail
R-1;Rechnung;05.10.2026;04.11.2026;1.500,40;500,40;EUR;Lumen AG;a@lumen.example
R-2;Gutschrift;06.10.2026;;200,00;;EUR;Lumen AG;a@lumen.example
`;

test('looking keeps nothing; taking makes each line a document with its part paid, its customer and a page of its facts', async () => {
  const looked = await bring(rowsOf(german), true);
  assert.deepEqual(
    looked.map(({ outcome }) => outcome),
    ['new', 'new'],
  );
  assert.deepEqual(await documents(), []);
  await bring(rowsOf(german));
  const all = (await documents()).sort((a, b) => (a.number ?? '').localeCompare(b.number ?? ''));
  const [invoice, note] = all;
  assert.ok(invoice && note && all.length === 2);
  assert.deepEqual(
    [invoice.kind, invoice.issueDate, invoice.dueDate, invoice.total, invoice.currency, invoice.buyerName],
    ['invoice', '2026-10-05', '2026-11-04', '1500.40', 'EUR', 'Lumen AG'],
  );
  assert.deepEqual([paidState(invoice), openAmount(invoice)], ['partly', '1000.00']);
  assert.equal(note.kind, 'credit_note');
  assert.ok(invoice.customerId);
  assert.equal(invoice.customerId, note.customerId, 'both are of one customer');
  const bytes = await installation.files.get(installation.companyId, invoice.pdfSha256);
  const page = await inspectPdf(bytes ?? Buffer.alloc(0));
  assert.ok(page.ok);
  for (const word of ['R-1', 'Lumen AG', '1,000.00']) assert.ok(page.text.includes(word), word);
});

test('the same number, kind and customer is never taken twice: not by the same file, not with another amount, not within one file', async () => {
  const before = (await documents()).length;
  assert.deepEqual(
    (await bring(rowsOf(german))).map(({ outcome }) => outcome),
    ['known', 'known'],
  );
  const changed = german.replace('1.500,40', '1.700,00');
  assert.deepEqual(
    (await bring(rowsOf(changed))).map(({ outcome }) => outcome),
    ['known', 'known'],
  );
  const twice =
    'Number;Customer;Amount;Currency\nN-1;Nox AG;10.00;EUR\nn-1;NOX AG;12.00;EUR\nN-1;Other SA;10.00;EUR\n';
  assert.deepEqual(
    (await bring(rowsOf(twice), true)).map(({ outcome }) => outcome),
    ['new', 'known', 'new'],
  );
  const taken = await bring(rowsOf(twice));
  assert.deepEqual(
    taken.map(({ outcome }) => outcome),
    ['new', 'known', 'new'],
  );
  assert.equal((await documents()).length, before + 2);
});

test('what is open says how much was paid, and amounts follow from one another', async () => {
  const [line] = await bring(rowsOf('Number;Customer;Amount;Open\nO-1;Nox AG;100.00;40.00\n'));
  const found = (await documents()).find(({ id }) => id === line?.documentId);
  assert.ok(found);
  assert.deepEqual([found.currency, openAmount(found)], ['EUR', '40.00'], 'the company’s usual currency');
  const [only] = await bring(rowsOf('Number;Customer;Open\nO-2;Nox AG;40.00\n'));
  assert.equal((await documents()).find(({ id }) => id === only?.documentId)?.total, '40.00');
});

test('a wrong line is named with its cells and left out, and the others are taken', async () => {
  const lines = await bring(
    rowsOf(`Number;Kind;Date;Amount;Paid;Currency;Customer;E-mail
W-1;invoice;2026-10-01;10.00;;EUR;Wrong AG;a@wrong.example
W-2;poem;2026-10-01;10.00;;EUR;Wrong AG;a@wrong.example
W-3;invoice;2026-13-41;10.00;;EUR;Wrong AG;nobody
W-4;invoice;2026-10-01;ten;;EUR;Wrong AG;
W-5;invoice;2026-10-01;10.00;11.00;EUR;Wrong AG;
;invoice;2026-10-01;10.00;;EURO;;
`),
  );
  const seen = lines.map(({ row, outcome, problems }) => [
    row,
    outcome,
    ...problems.map(({ path, reason }) => `${path} ${reason}`),
  ]);
  assert.deepEqual(seen, [
    [2, 'new'],
    [3, 'wrong', 'kind not_a_kind'],
    [4, 'wrong', 'issueDate not_a_date', 'email bad_address'],
    [5, 'wrong', 'total not_an_amount'],
    [6, 'wrong', 'paid more_than_total'],
    [7, 'wrong', 'number required', 'customer required'],
  ]);
});

test('a table without number, customer or amount is refused', async () => {
  const which = { companyId: installation.companyId, by: { actor: 'user', id: null } } as const;
  for (const [head, reason] of [
    ['Customer;Amount', 'no_number_column'],
    ['Number;Amount', 'no_customer_column'],
    ['Number;Customer', 'no_amount_column'],
  ] as const) {
    const done = await importOpenDocuments(installation, which, [head.split(';')], { now, dryRun: true });
    assert.deepEqual(done, { ok: false, reason });
  }
});

test('a workbook is read as its table, with its days and numbers', async () => {
  const titles = ['Number', 'Customer', 'Due', 'Amount', 'Currency'];
  async function* rows() {
    yield [['X-1', 'Xenon SA', { clock: '2026-12-24T00:00:00' }, 1234.5, 'CHF']] as const;
  }
  const columns = titles.map((title) => ({ title, width: 12 }));
  const bytes = await buffer(writeWorkbook({ name: 'Open', columns, rows: rows() }));
  const table = await readTable(bytes);
  assert.ok(table.ok, JSON.stringify(table));
  const [line] = await bring(table.rows);
  const found = (await documents()).find(({ id }) => id === line?.documentId);
  assert.deepEqual([found?.dueDate, found?.total, found?.currency], ['2026-12-24', '1234.5', 'CHF']);
  assert.deepEqual(await readTable(Buffer.from('PK\x03\x04 and then nothing')), {
    ok: false,
    reason: 'not_a_workbook',
  });
});
