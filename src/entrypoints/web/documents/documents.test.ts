import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { receiveDocumentWithCustomer } from '#domain/customers';
import { type Document, getDocument } from '#domain/documents';
import { inCompany } from '#stores/database';
import { facturxPdf, lockedPdf, plainPdf } from '../../../../test/fixtures/documents.ts';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import { found } from '../../../roof/found.ts';
import type { Web } from '../index.ts';
import { staffTexts } from '../texts/index.ts';
import { pagerLinks, readTrail } from './paging.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let csrf: string;

before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  csrf = await browser.token('/documents');
});
after(async () => {
  await web.close();
  await installation.close();
});

const known = (id: string): Promise<Document | null> =>
  inCompany(installation.database, installation.companyId, (tx) =>
    getDocument(tx, installation.companyId, id),
  );

async function upload(bytes: Uint8Array, name: string) {
  const file = new File([new Uint8Array(bytes)], name);
  const json = { accept: 'application/json', 'x-csrf-token': csrf };
  const answer = await browser.post('/documents/upload', { csrf, file }, json);
  return (await answer.json()) as { ok: boolean; sentence: string; href?: string; title?: string };
}

const idIn = (href = ''): string => href.split('/').at(-1) ?? '';

test('a file that comes in says what became of it; the same again stays one document', async () => {
  const bytes = await facturxPdf({ number: 'UP-1', buyerName: 'Studio Lindqvist' });
  const first = await upload(bytes, 'invoice.pdf');
  assert.deepEqual([first.ok, first.title], [true, 'Invoice UP-1']);
  assert.match(first.sentence, /1,500\.40\sEUR, for Studio Lindqvist/);
  const again = await upload(bytes, 'copy.pdf');
  assert.equal(again.href, first.href);
  assert.match(again.sentence, /here already/);
});

test('a plain PDF says which facts are asked for later', async () => {
  const answer = await upload(await plainPdf({ number: 'UP-2' }), 'letter.pdf');
  assert.ok(answer.ok);
  assert.match(answer.sentence, /does not say: Number, Amount, Currency,? and Customer/);
});

test('a refused file says why and what to do', async () => {
  const refused: readonly (readonly [Uint8Array, RegExp])[] = [
    [Buffer.from('hello'), /neither a PDF nor an electronic invoice/],
    [await lockedPdf(), /locked with a password/],
    [Buffer.from('%PDF-1.7\nbroken'), /damaged/],
    [Buffer.from('<?xml version="1.0"?><Invoice>'), /XML is damaged|neither/],
  ];
  for (const [bytes, sentence] of refused) {
    const answer = await upload(bytes, 'file.pdf');
    assert.equal(answer.ok, false);
    assert.match(answer.sentence, sentence);
  }
});

test('every refusal of a file has its sentence in each language', () => {
  const reasons = [
    ...['empty', 'too_big', 'unsupported_type', 'encrypted', 'broken_pdf', 'too_many_pages', 'took_too_long'],
    ...['broken_xml', 'unsafe_xml', 'not_drawable', 'invalid'],
    ...['already_replaced', 'same_as_older_version', 'same_as_other_document'],
  ];
  for (const reason of reasons) assert.ok(staffTexts('en').has(`upload.refused.${reason}`), reason);
});

test('the pages of a new document are there as soon as one asks for them', async () => {
  const { href } = await upload(await facturxPdf({ number: 'UP-3' }), 'invoice.pdf');
  const picture = await browser.get(`${href}/pages/1.png`);
  assert.equal(picture.headers.get('content-type'), 'image/webp');
  assert.ok((await picture.arrayBuffer()).byteLength > 1000);
  assert.equal((await browser.get(`${href}/pages/2.png`)).status, 404);
});

test('guesses from the text are shown to be confirmed, and count once they are', async () => {
  const { href } = await upload(await plainPdf({ number: 'UP-4', buyerName: 'Galerie Oost' }), 'letter.pdf');
  const asked = await (await browser.get(href ?? '')).text();
  assert.match(asked, /value="UP-4"[\s\S]*Found in the text of the file/);
  assert.equal((await known(idIn(href)))?.number, null);
  const form = {
    csrf,
    kind: 'invoice',
    number: 'UP-4',
    customer: 'Galerie Oost',
    total: '1.500,40',
    currency: 'eur',
  };
  const saved = await browser.post(`${href}/facts`, form);
  assert.equal(saved.status, 303);
  const document = await known(idIn(href));
  assert.deepEqual([document?.number, document?.total, document?.currency], ['UP-4', '1500.40', 'EUR']);
  assert.ok(document?.customerId);
});

test('a wrong fact comes back with its sentence beside what was typed', async () => {
  const { href } = await upload(await plainPdf({ number: 'UP-5' }), 'letter.pdf');
  const form = { csrf, kind: 'invoice', number: 'UP-5', customer: '', total: 'twelve', currency: 'EURO' };
  const answer = await browser.post(`${href}/facts`, form);
  const html = await answer.text();
  assert.equal(answer.status, 422);
  assert.match(html, /value="twelve"[\s\S]*Type an amount/);
  assert.match(html, /three letters/);
  assert.equal((await known(idIn(href)))?.number, null);
});

test('paid, paid in part, disputed and canceled can be said and taken back', async () => {
  const document = await installation.addInvoice();
  const path = `/documents/${document.id}`;
  await browser.post(`${path}/paid`, { csrf, do: 'paid' });
  assert.equal((await known(document.id))?.paidAmount, '1500.40');
  await browser.post(`${path}/paid`, { csrf, do: 'unpaid' });
  assert.equal((await known(document.id))?.paidOn, null);
  await browser.post(`${path}/paid`, { csrf, amount: '500', on: '2020-01-02' });
  assert.deepEqual(
    [(await known(document.id))?.paidOn, (await known(document.id))?.paidAmount],
    ['2020-01-02', '500'],
  );
  await browser.post(`${path}/state`, { csrf, do: 'dispute' });
  assert.ok((await known(document.id))?.disputedAt);
  await browser.post(`${path}/state`, { csrf, do: 'cancel' });
  assert.match(await (await browser.get(path)).text(), /taken out of the lists/);
  await browser.post(`${path}/state`, { csrf, do: 'restore' });
  assert.equal((await known(document.id))?.canceledAt, null);
});

test('the export is what the filters show, and no cell runs as a formula', async () => {
  const by = { actor: 'user', id: null } as const;
  const bytes = await plainPdf({ number: 'evil' });
  const facts = { number: '=1+1', total: '-12.50', currency: 'EUR', customer: { name: '@SUM(A1)' } };
  const { companyId, clock } = installation;
  await receiveDocumentWithCustomer(
    installation,
    { companyId, by, fileName: 'a.pdf', bytes, facts },
    clock(),
  );
  const answer = await browser.get('/documents/export?q=sum');
  const table = Buffer.from(await answer.arrayBuffer()).toString('utf8'); // text() would drop the byte order mark
  const [head, row, ...rest] = table.trimEnd().split('\r\n');
  assert.match(head ?? '', /^\uFEFFKind,Number,Customer/);
  assert.match(row ?? '', /^Invoice,'=1\+1,'@SUM\(A1\),/);
  assert.match(row ?? '', /,-12\.50,EUR,/);
  assert.deepEqual(rest, []);
});

test('the list and its numbers fetch themselves anew for the same question, as something happens', async () => {
  const html = await (await browser.get('/documents?kind=invoice&filter=never_sent')).text();
  const [, address = ''] = /data-live="any" data-fragment="([^"]+)"/.exec(html) ?? [];
  const fragment = address.replaceAll('&amp;', '&');
  assert.equal(fragment, '/fragments/documents/list?kind=invoice&filter=never_sent');
  const piece = await (await browser.get(fragment)).text();
  assert.ok(piece.startsWith('<div id="documents"'));
  assert.ok(html.includes(piece));
});

test('a document of another company is not here', async () => {
  const other = await found(installation, {
    company: { name: 'Other', country: 'BE', language: 'en', trackingMode: 'full', trackingBasis: 'other' },
    owner: { email: 'other@other.example', password: 'long enough to count', firstName: 'O', lastName: 'T' },
  });
  assert.ok(other.ok);
  const { clock } = installation;
  const upload = { companyId: other.companyId, by: { actor: 'user', id: null } as const, fileName: 'o.pdf' };
  const bytes = await facturxPdf({ number: 'OTHER-1' });
  const received = await receiveDocumentWithCustomer(installation, { ...upload, bytes }, clock());
  assert.ok(received.ok);
  const { id } = received.document;
  for (const path of [
    `/documents/${id}`,
    `/documents/${id}/file`,
    `/documents/${id}/pages/1.png`,
    `/preview/${id}`,
    `/send?document=${id}`,
  ])
    assert.equal((await browser.get(path)).status, 404, path);
  assert.equal((await browser.post(`/documents/${id}/paid`, { csrf, do: 'paid' })).status, 404);
  assert.doesNotMatch(await (await browser.get('/documents/export')).text(), /OTHER-1/);
});

test('the way back through a list is the way one came', () => {
  const place = (n: number) => ({ createdAt: new Date(n), id: `doc_01HZZZZZZZZZZZZZZZZZZZZZ0${n}` });
  const first = pagerLinks('/documents?kind=quote', [], place(1));
  assert.equal(first.newer, null);
  const query = (href: string | null) => new URLSearchParams(href?.split('?')[1]).get('cursor') ?? undefined;
  const trail = readTrail(query(first.older));
  assert.deepEqual(trail, [place(1)]);
  const second = pagerLinks('/documents?kind=quote', trail, place(2));
  assert.equal(second.newer, '/documents?kind=quote');
  assert.deepEqual(readTrail(query(second.older)), [place(1), place(2)]);
  for (const foreign of ['', '~', 'zz', '../..', '9.doc_1', `0.doc_${'A'.repeat(30)}`])
    assert.deepEqual(readTrail(foreign), []);
});

test('of more than a thousand documents the list says "1,000+", not that there are a thousand', async () => {
  const { database, companyId } = installation;
  await database.owner.query(
    `insert into document_overview (document_id, company_id, kind, number, customer_name, currency, paid, is_current, envelope, reached, dispatch_count,
      reminder_count, last_event_at, created_at, search)
    select 'doc_many' || n, $1, 'receipt', 'R-' || n, 'Many', 'EUR', 'unpaid', true, 'none', '{"of":0,"count":0,"opened":0,"viewed":0,"downloaded":0}', 0, 0,
      now(), now(), 'r-' || n || ' many' from generate_series(1, 1001) as n`,
    [companyId],
  );
  assert.match(await (await browser.get('/documents')).text(), /Receipts?\s*<small>1,000\+<\/small>/);
  assert.match(await (await browser.get('/documents?q=many')).text(), /Receipts?\s*<small>1,001<\/small>/);
});
