import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { newId } from '#base/ids';
import { readEvents } from '#domain/evidence';
import { inCompany } from '#stores/database';
import { testDocumentStores } from '../../../test/document-stores.ts';
import { plainPdf, ublInvoice } from '../../../test/fixtures/documents.ts';
import {
  changeDocument,
  type Document,
  type DocumentEdit,
  paidState,
  receiveDocument,
  replaceDocument,
} from './index.ts';

const stores = await testDocumentStores();
after(() => stores.close());

const now = new Date('2026-11-22T09:00:00Z');
const by = { actor: 'program', id: 'key_1' } as const;

async function receive(bytes: Buffer): Promise<Document> {
  const given = { companyId: newId('company', now), by, fileName: 'a.pdf', bytes };
  const received = await receiveDocument(stores, given, now);
  assert.ok(received.ok);
  return received.document;
}

function change({ companyId, id }: Pick<Document, 'companyId' | 'id'>, edit: DocumentEdit) {
  return inCompany(stores.database, companyId, (tx) =>
    changeDocument(tx, { companyId, documentId: id, by }, edit, now),
  );
}

async function changed(document: Document, edit: DocumentEdit): Promise<Document> {
  const result = await change(document, edit);
  assert.ok(result.ok, JSON.stringify(result));
  return result.document;
}

function eventsOf({ companyId, id }: Document) {
  return inCompany(stores.database, companyId, (tx) => readEvents(tx, { kind: 'document', id, limit: 50 }));
}

test('a part that was paid leaves the document partly paid, the whole makes it paid, null takes it back', async () => {
  const document = await receive(ublInvoice({ number: 'P-1' }));
  assert.equal(paidState(document), 'unpaid');
  const partly = await changed(document, { paid: { on: '2026-11-20', amount: '1500.39' } });
  assert.equal(paidState(partly), 'partly');
  const fully = await changed(document, { paid: { on: '2026-11-21', amount: '1500.4' } });
  assert.equal(paidState(fully), 'paid');
  const taken = await changed(document, { paid: null });
  assert.equal(paidState(taken), 'unpaid');
  const events = await eventsOf(document);
  assert.deepEqual(
    events.map((event) => event.type),
    ['document.created', 'payment.recorded', 'payment.recorded', 'payment.withdrawn'],
  );
  assert.equal(events[1]?.data['amount'], '1500.39');
  assert.doesNotMatch(String(events[1]?.raw), /1500\.39/);
});

test('paid without an amount is all that is due', async () => {
  const document = await receive(ublInvoice({ number: 'P-2', amountDue: '200.00' }));
  const paid = await changed(document, { paid: { on: '2026-11-20' } });
  assert.equal(paid.paidAmount, '200.00');
  assert.equal(paidState(paid), 'paid');
  const unknown = await changed(await receive(await plainPdf({ number: 'P-3' })), {
    paid: { on: '2026-11-20' },
  });
  assert.equal(unknown.paidAmount, null);
  assert.equal(paidState(unknown), 'paid');
});

test('changed facts are recorded by name, with their old and new value', async () => {
  const document = await receive(ublInvoice({ number: 'F-1', dueDate: '2026-12-12' }));
  await changed(document, { dueDate: '2027-01-12', number: 'F-1b', disputed: true, canceled: false });
  const event = (await eventsOf(document)).at(-1);
  assert.equal(event?.type, 'document.changed');
  assert.deepEqual(event?.data['fields'], ['disputed', 'dueDate', 'number']);
  assert.deepEqual(event?.data['dueDate'], { from: '2026-12-12', to: '2027-01-12' });
  assert.deepEqual(event?.data['number'], { from: 'F-1', to: 'F-1b' });
  assert.doesNotMatch(String(event?.raw), /F-1b/);
});

test('what changes nothing records nothing', async () => {
  const document = await receive(ublInvoice({ number: 'F-2' }));
  const same = await changed(document, { number: 'F-2', total: '1500.40', disputed: false, paid: null });
  assert.deepEqual(same, document);
  assert.equal((await eventsOf(document)).length, 1);
});

test('wrong fields are all named and change nothing', async () => {
  const document = await receive(ublInvoice({ number: 'W-1' }));
  const result = await change(document, {
    number: 'x'.repeat(101),
    paid: { on: '2026-13-01', amount: '-5' },
    remindersPausedUntil: 'soon',
  });
  assert.ok(!result.ok && result.reason === 'invalid');
  assert.deepEqual(
    result.problems.map((problem) => `${problem.path} ${problem.reason}`),
    ['number too_long', 'paid.on not_a_date', 'paid.amount not_positive', 'remindersPausedUntil not_a_date'],
  );
  const future = await change(document, { paid: { on: '2026-11-25' } });
  assert.ok(!future.ok && future.reason === 'invalid' && future.problems[0]?.reason === 'in_the_future');
});

test('a fact that is settled loses its guess, the other guesses stay', async () => {
  const document = await receive(await plainPdf({ number: 'G-1', total: '12.00' }));
  assert.equal(document.number, null);
  assert.equal(document.proposed.number, 'G-1');
  assert.ok(document.proposed.issueDate);
  const settled = await changed(document, { number: 'G-2', issueDate: null });
  assert.equal(settled.number, 'G-2');
  assert.equal(settled.issueDate, null);
  const { number: _, issueDate: __, ...others } = document.proposed;
  assert.deepEqual(settled.proposed, others);
});

test('a version that was replaced, a foreign and an unknown document cannot be changed', async () => {
  const document = await receive(ublInvoice({ number: 'R-1' }));
  const upload = {
    companyId: document.companyId,
    by,
    fileName: 'b.xml',
    bytes: ublInvoice({ number: 'R-2' }),
  };
  assert.ok((await replaceDocument(stores, document.id, upload, now)).ok);
  assert.deepEqual(await change(document, { disputed: true }), { ok: false, reason: 'replaced' });
  const foreign = { id: document.id, companyId: newId('company', now) };
  assert.deepEqual(await change(foreign, { disputed: true }), { ok: false, reason: 'unknown_document' });
});
