import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { newId } from '#base/ids';
import { readEvents } from '#domain/evidence';
import { asWorker, inCompany } from '#stores/database';
import { testDocumentStores } from '../../../test/document-stores.ts';
import { ciiInvoice, facturxPdf, lockedPdf, plainPdf, ublInvoice } from '../../../test/fixtures/documents.ts';
import {
  findByExternalId,
  getDocument,
  getDocuments,
  missingFacts,
  readPdf,
  readSource,
  readXml,
  receiveDocument,
  type Upload,
} from './index.ts';

const stores = await testDocumentStores();
after(() => stores.close());

const now = new Date('2026-11-22T09:00:00Z');
const by = { actor: 'user', id: 'usr_1' } as const;

function upload(bytes: Buffer, more: Partial<Upload> = {}): Upload {
  return { companyId: newId('company', now), by, fileName: 'invoice.pdf', bytes, ...more };
}

async function receive(given: Upload) {
  const received = await receiveDocument(stores, given, now);
  assert.ok(received.ok, JSON.stringify(received));
  return received;
}

function countRows(companyId: string): Promise<number> {
  return inCompany(stores.database, companyId, async (tx) => {
    const rows = await tx.selectFrom('documents').select('id').where('company_id', '=', companyId).execute();
    return rows.length;
  });
}

test('a PDF with an invoice inside becomes a document with the facts of the invoice', async () => {
  const bytes = await facturxPdf({
    number: '2026/17',
    total: '1500.40',
    buyerEmail: 'compta@bellevue.example',
  });
  const { document, existed } = await receive(upload(bytes, { fileName: 'scans/fact?ure.pdf' }));
  assert.equal(existed, false);
  assert.equal(document.format, 'factur-x');
  assert.equal(document.kind, 'invoice');
  assert.equal(document.number, '2026/17');
  assert.equal(document.total, '1500.40');
  assert.equal(document.issueDate, '2026-11-12');
  assert.deepEqual(document.buyerEmails, ['compta@bellevue.example']);
  assert.equal(document.fileName, 'scans-fact-ure.pdf');
  assert.equal(document.pages, 1);
  assert.equal(document.images, 'waiting');
  assert.deepEqual(missingFacts(document), []);
  assert.ok((await readSource(stores.files, document)).equals(bytes));
  assert.ok((await readPdf(stores.files, document)).equals(bytes));
  assert.match(String(await readXml(stores.files, document)), /CrossIndustryInvoice/);
});

test('XML alone gets a PDF that a person can read, and keeps its own bytes', async () => {
  for (const [bytes, format] of [
    [ublInvoice(), 'ubl'],
    [ciiInvoice(), 'cii'],
  ] as const) {
    const { document } = await receive(upload(bytes, { fileName: 'invoice.xml' }));
    assert.equal(document.format, format);
    assert.equal(document.mediaType, 'application/xml');
    assert.notEqual(document.pdfSha256, document.sha256);
    assert.match(String((await readPdf(stores.files, document)).subarray(0, 5)), /%PDF-/);
    assert.ok((await readSource(stores.files, document)).equals(bytes));
    assert.ok(document.pages > 0);
  }
});

test('the same bytes again are the same document', async () => {
  const given = upload(await facturxPdf({ number: 'A-1' }));
  const first = await receive(given);
  const second = await receive({ ...given, fileName: 'another name.pdf' });
  assert.equal(second.existed, true);
  assert.deepEqual(second.document, first.document);
});

test('the same bytes sent eight times at once make one document and one event', async () => {
  const given = upload(await facturxPdf({ number: 'A-2' }));
  const all = await Promise.all(Array.from({ length: 8 }, () => receive(given)));
  assert.equal(new Set(all.map((one) => one.document.id)).size, 1);
  assert.equal(all.filter((one) => !one.existed).length, 1);
  assert.equal(await countRows(given.companyId), 1);
  const id = all[0]!.document.id;
  const events = await asWorker(stores.database, (tx) => readEvents(tx, { kind: 'document', id, limit: 10 }));
  assert.deepEqual(
    events.map((event) => event.type),
    ['document.created'],
  );
});

test('two companies that have the same file do not see each other', async () => {
  const bytes = await facturxPdf({ number: 'A-3' });
  const [ours, theirs] = [await receive(upload(bytes)), await receive(upload(bytes))];
  assert.equal(theirs.existed, false);
  assert.notEqual(ours.document.id, theirs.document.id);
  const { companyId } = ours.document;
  const seen = await inCompany(stores.database, companyId, (tx) =>
    getDocument(tx, theirs.document.companyId, theirs.document.id),
  );
  assert.equal(seen, null);
  // Row-level security is the second lock: the rows stay out of sight even for a query that names no company.
  const rows = await inCompany(stores.database, companyId, (tx) =>
    tx.selectFrom('documents').select('company_id').distinct().execute(),
  );
  assert.deepEqual(rows, [{ company_id: companyId }]);
});

test('given facts count more than those of the file', async () => {
  const facts = {
    number: ' B-1 ',
    dueDate: '2027-01-31',
    customer: { emails: ['Buchhaltung <ap@muster.example>'] },
  };
  const { document } = await receive(upload(await facturxPdf({ number: 'A-4' }), { facts }));
  assert.equal(document.number, 'B-1');
  assert.equal(document.dueDate, '2027-01-31');
  assert.deepEqual(document.buyerEmails, ['ap@muster.example']);
  assert.equal(document.total, '1500.40');
});

test('a plain PDF asks for number, amount, currency and buyer', async () => {
  const { document } = await receive(upload(await plainPdf({ number: 'A-5' })));
  assert.equal(document.format, 'pdf');
  assert.equal(document.number, null);
  assert.deepEqual(missingFacts(document), ['number', 'total', 'currency', 'buyer']);
});

test('facts given with a file that is known fill in what its document lacks, and no more', async () => {
  const given = upload(await plainPdf({ number: 'A-6' }), { facts: { number: 'A-6' } });
  const first = await receive(given);
  const facts = { number: 'Z-9', total: '12.50', currency: 'eur' };
  const second = await receive({ ...given, facts, externalId: 'erp-6' });
  assert.equal(second.document.id, first.document.id);
  assert.equal(second.document.number, 'A-6');
  assert.equal(second.document.total, '12.50');
  assert.equal(second.document.currency, 'EUR');
  const found = await inCompany(stores.database, given.companyId, (tx) =>
    findByExternalId(tx, given.companyId, 'erp-6'),
  );
  assert.equal(found?.id, first.document.id);
});

test('facts that are wrong are all named, and nothing is kept', async () => {
  const given = upload(await plainPdf(), {
    facts: {
      kind: 'letter',
      issueDate: '2026-02-30',
      currency: 'euro',
      total: '1,500.40',
      customer: { emails: ['ok@a.example', 'nobody'], language: 'xx', vatId: '?' },
    },
    metadata: { large: 'x'.repeat(17_000) },
  });
  const received = await receiveDocument(stores, given, now);
  assert.ok(!received.ok && received.reason === 'invalid');
  assert.deepEqual(
    received.problems.map((problem) => `${problem.path} ${problem.reason}`),
    [
      'kind not_a_kind',
      'issueDate not_a_date',
      'currency not_a_currency',
      'total not_an_amount',
      'customer.vatId not_a_vat_id',
      'customer.language not_a_language',
      'customer.emails.1 bad_address',
      'metadata too_long',
    ],
  );
  assert.equal(await countRows(given.companyId), 0);
});

test('what cannot be read is refused with its reason, and nothing is kept', async () => {
  const bad: [Buffer, string][] = [
    [Buffer.alloc(0), 'empty'],
    [Buffer.from('hello'), 'unsupported_type'],
    [Buffer.from('%PDF-1.7 and then nothing'), 'broken_pdf'],
    [await lockedPdf(), 'encrypted'],
    [Buffer.alloc(26 * 2 ** 20, '%PDF-'), 'too_big'],
  ];
  for (const [bytes, reason] of bad) {
    const given = upload(bytes);
    const received = await receiveDocument(stores, given, now);
    assert.deepEqual(received, { ok: false, reason });
    assert.equal(await countRows(given.companyId), 0);
    assert.equal((await stores.files.usage(given.companyId)).files, 0);
  }
});

test('the event of a new document has the hashes in clear and number and amount where they can be erased', async () => {
  const { document } = await receive(upload(await facturxPdf({ number: 'A-7' })));
  const [event] = await asWorker(stores.database, (tx) =>
    readEvents(tx, { kind: 'document', id: document.id, limit: 10 }),
  );
  const raw = JSON.parse(String(event?.raw)) as { data: Record<string, unknown> };
  assert.equal(raw.data['sha256'], document.sha256);
  assert.equal(raw.data['kind'], 'invoice');
  for (const name of ['number', 'total', 'currency', 'buyerEmails']) assert.ok(!(name in raw.data), name);
  assert.equal(event?.data['number'], 'A-7');
  assert.equal(event?.actor, 'user');
});

test('documents come back in the order that was asked for', async () => {
  const companyId = newId('company', now);
  const ids: string[] = [];
  for (const number of ['C-1', 'C-2', 'C-3'])
    ids.push((await receive(upload(ublInvoice({ number }), { companyId }))).document.id);
  const asked = [ids[2]!, 'doc_unknown', ids[0]!, ids[2]!];
  const found = await inCompany(stores.database, companyId, (tx) => getDocuments(tx, companyId, asked));
  assert.deepEqual(
    found.map((document) => document.number),
    ['C-3', 'C-1'],
  );
});
