import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { newId } from '#base/ids';
import { readEvents } from '#domain/evidence';
import { asWorker, inCompany } from '#stores/database';
import { testDocumentStores } from '../../../test/document-stores.ts';
import { facturxPdf, plainPdf, ublInvoice } from '../../../test/fixtures/documents.ts';
import {
  assignCustomer,
  changeDocument,
  type Document,
  findByExternalId,
  getDocument,
  getVersions,
  receiveDocument,
  replaceDocument,
  type Upload,
} from './index.ts';

const stores = await testDocumentStores();
after(() => stores.close());

const now = new Date('2026-11-22T09:00:00Z');
const by = { actor: 'user', id: 'usr_1' } as const;

function upload(companyId: string, bytes: Buffer, more: Partial<Upload> = {}): Upload {
  return { companyId, by, fileName: 'invoice.pdf', bytes, ...more };
}

async function receive(bytes: Buffer, more: Partial<Upload> = {}): Promise<Document> {
  const received = await receiveDocument(stores, upload(newId('company', now), bytes, more), now);
  assert.ok(received.ok);
  return received.document;
}

function replace(old: Document, bytes: Buffer, more: Partial<Upload> = {}) {
  return replaceDocument(stores, old.id, upload(old.companyId, bytes, more), now);
}

test('a new version takes the place of the old one and carries its state on', async () => {
  const old = await receive(ublInvoice({ number: 'A-1' }), { externalId: 'erp-1', metadata: { project: 7 } });
  await inCompany(stores.database, old.companyId, async (tx) => {
    const which = { companyId: old.companyId, documentId: old.id, by };
    await assignCustomer(tx, which, 'cus_1', now);
    const edit = {
      paid: { on: '2026-11-20', amount: '100' },
      disputed: true,
      remindersPausedUntil: '2027-01-01',
    };
    assert.ok((await changeDocument(tx, which, edit, now)).ok);
  });
  const replaced = await replace(old, ublInvoice({ number: 'A-1', total: '1400.00', amountDue: '1400.00' }));
  assert.ok(replaced.ok);
  const { document } = replaced;
  assert.equal(document.version, 2);
  assert.equal(document.series, old.id);
  assert.equal(document.total, '1400.00');
  assert.equal(document.customerId, 'cus_1');
  assert.equal(document.paidAmount, '100');
  assert.deepEqual(document.disputedAt, now);
  assert.equal(document.remindersPausedUntil, '2027-01-01');
  assert.deepEqual(document.metadata, { project: 7 });
  await inCompany(stores.database, old.companyId, async (tx) => {
    const before = await getDocument(tx, old.companyId, old.id);
    assert.equal(before?.replacedBy, document.id);
    assert.equal(before?.total, '1500.40');
    const versions = await getVersions(tx, old.companyId, document.series);
    assert.deepEqual(
      versions.map((version) => version.version),
      [2, 1],
    );
    assert.equal((await findByExternalId(tx, old.companyId, 'erp-1'))?.id, document.id);
    const events = await readEvents(tx, { kind: 'document', id: old.id, limit: 10 });
    assert.equal(events.at(-1)?.type, 'document.replaced');
    assert.equal(events.at(-1)?.data['replacedBy'], document.id);
  });
});

test('the same new version twice is one version, and so is the present file itself', async () => {
  const old = await receive(await facturxPdf({ number: 'B-1' }));
  const bytes = await facturxPdf({ number: 'B-1', total: '10.00' });
  const [first, second] = await Promise.all([replace(old, bytes), replace(old, bytes)]);
  assert.ok(first.ok && second.ok);
  assert.equal(first.document.id, second.document.id);
  assert.deepEqual([first.existed, second.existed].sort(), [false, true]);
  const again = await replace(first.document, bytes);
  assert.ok(again.ok && again.existed && again.document.id === first.document.id);
});

test('of two different new versions at once only one takes the place', async () => {
  const old = await receive(ublInvoice({ number: 'C-1' }));
  const results = await Promise.all([
    replace(old, ublInvoice({ number: 'C-1', total: '1.00' })),
    replace(old, ublInvoice({ number: 'C-1', total: '2.00' })),
  ]);
  const refused = results.filter((one) => !one.ok);
  assert.deepEqual(refused, [{ ok: false, reason: 'already_replaced' }]);
});

test('an older version, another document and an unknown one are refused with their reason', async () => {
  const first = await receive(ublInvoice({ number: 'D-1' }));
  const second = await replace(first, ublInvoice({ number: 'D-2' }));
  assert.ok(second.ok);
  const older = await replace(second.document, ublInvoice({ number: 'D-1' }));
  assert.deepEqual(older, { ok: false, reason: 'same_as_older_version' });
  const other = await receiveDocument(stores, upload(first.companyId, ublInvoice({ number: 'D-9' })), now);
  assert.ok(other.ok);
  const taken = await replace(second.document, ublInvoice({ number: 'D-9' }));
  assert.deepEqual(taken, { ok: false, reason: 'same_as_other_document' });
  const unknown = await replace({ ...first, id: 'doc_none' }, ublInvoice({ number: 'D-3' }));
  assert.deepEqual(unknown, { ok: false, reason: 'unknown_document' });
  const foreign = await replace(
    { ...first, companyId: newId('company', now) },
    ublInvoice({ number: 'D-4' }),
  );
  assert.deepEqual(foreign, { ok: false, reason: 'unknown_document' });
});

test('a new plain PDF takes over what was typed for the old one, unless its text says something else', async () => {
  const facts = {
    number: 'E-1',
    dueDate: '2027-03-01',
    total: '1500.40',
    currency: 'EUR',
    customer: { name: 'Muster AG' },
  };
  const old = await receive(await plainPdf({ number: 'E-1', dueDate: '2027-03-01' }), { facts });
  const bytes = await plainPdf({
    number: 'E-1',
    dueDate: '2027-03-01',
    total: '1400.00',
    amountDue: '1400.00',
  });
  const replaced = await replace(old, bytes);
  assert.ok(replaced.ok);
  const { document } = replaced;
  assert.equal(document.number, 'E-1');
  assert.equal(document.dueDate, '2027-03-01');
  assert.equal(document.currency, 'EUR');
  assert.equal(document.buyerName, 'Muster AG');
  assert.equal(document.total, null);
  assert.equal(document.proposed.total, '1400.00');
});

test('an electronic invoice without a due date takes none over from the version before', async () => {
  const old = await receive(ublInvoice({ number: 'F-1' }), {
    facts: { customer: { emails: ['typed@bellevue.example'] } },
  });
  const replaced = await replace(old, ublInvoice({ number: 'F-1', dueDate: '', buyerEmail: null }));
  assert.ok(replaced.ok);
  assert.equal(replaced.document.dueDate, null);
  assert.deepEqual(replaced.document.buyerEmails, ['typed@bellevue.example']);
});

test('a new version for another buyer belongs to no customer yet', async () => {
  const old = await receive(ublInvoice({ number: 'G-1' }));
  await inCompany(stores.database, old.companyId, (tx) =>
    assignCustomer(tx, { companyId: old.companyId, documentId: old.id, by }, 'cus_1', now),
  );
  const replaced = await replace(
    old,
    ublInvoice({ number: 'G-1', buyerName: 'Somebody Else Ltd', buyerEmail: null }),
  );
  assert.ok(replaced.ok);
  assert.equal(replaced.document.customerId, null);
  assert.deepEqual(replaced.document.buyerEmails, []);
});

test('a refused file leaves the old version as it was', async () => {
  const old = await receive(ublInvoice({ number: 'H-1' }));
  assert.deepEqual(await replace(old, Buffer.from('no invoice')), { ok: false, reason: 'unsupported_type' });
  const events = await asWorker(stores.database, (tx) =>
    readEvents(tx, { kind: 'document', id: old.id, limit: 10 }),
  );
  assert.equal(events.length, 1);
});
