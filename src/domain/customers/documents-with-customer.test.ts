import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { newId } from '#base/ids';
import { type Document, missingFacts, type Upload } from '#domain/documents';
import { readEvents } from '#domain/evidence';
import { inCompany } from '#stores/database';
import { testDocumentStores } from '../../../test/document-stores.ts';
import { plainPdf, ublInvoice } from '../../../test/fixtures/documents.ts';
import {
  changeDocumentWithCustomer,
  createCustomer,
  type EditWithCustomer,
  getCustomer,
  listCustomers,
  receiveDocumentWithCustomer,
  recipientsFor,
  replaceDocumentWithCustomer,
} from './index.ts';

const stores = await testDocumentStores();
after(() => stores.close());

const now = new Date('2026-11-22T09:00:00Z');
const by = { actor: 'user', id: 'usr_1' } as const;
const company = (): string => newId('company', now);

async function receive(companyId: string, bytes: Buffer, more: Partial<Upload> = {}): Promise<Document> {
  const given = { companyId, by, fileName: 'a.pdf', bytes, ...more };
  const received = await receiveDocumentWithCustomer(stores, given, now);
  assert.ok(received.ok, JSON.stringify(received));
  return received.document;
}

function customerOf({ companyId, customerId }: Document) {
  return inCompany(stores.database, companyId, (tx) => getCustomer(tx, companyId, customerId ?? ''));
}

async function customersOf(companyId: string) {
  const list = await inCompany(stores.database, companyId, (tx) => listCustomers(tx, companyId, {}));
  assert.ok(list.ok);
  return list.items;
}

async function change({ companyId, id }: Document, edit: EditWithCustomer): Promise<Document> {
  const changed = await inCompany(stores.database, companyId, (tx) =>
    changeDocumentWithCustomer(tx, { companyId, documentId: id, by }, edit, now),
  );
  assert.ok(changed.ok, JSON.stringify(changed));
  return changed.document;
}

test('the first document for a buyer makes the customer and his contact', async () => {
  const document = await receive(
    company(),
    ublInvoice({ buyerName: 'Hôtel Bellevue SA', buyerEmail: 'ap@bellevue.example' }),
  );
  const customer = await customerOf(document);
  assert.equal(customer?.name, 'Hôtel Bellevue SA');
  assert.equal(customer?.country, 'BE');
  assert.deepEqual(
    customer?.contacts.map((contact) => [contact.email, contact.roles, contact.tracking]),
    [['ap@bellevue.example', [], 'unknown']],
  );
  const events = await inCompany(stores.database, document.companyId, (tx) =>
    readEvents(tx, { kind: 'document', id: document.id, limit: 10 }),
  );
  assert.deepEqual(
    events.map((event) => [event.type, event.data['customerId']]),
    [['document.created', customer?.id]],
  );
});

test('later documents find him by VAT id, by address, by a name in other letters', async () => {
  const companyId = company();
  const facts = {
    customer: { name: 'Müller & Söhne S.A.', vatId: 'BE 0417.497.106', emails: ['ap@mueller.example'] },
  };
  const first = await receive(companyId, ublInvoice({ number: '1' }), { facts });
  const bare = { buyerEmail: null };
  const others = [
    await receive(companyId, ublInvoice({ ...bare, number: '2' }), {
      facts: { customer: { vatId: 'BE0417497106', name: 'Mueller' } },
    }),
    await receive(
      companyId,
      ublInvoice({ ...bare, number: '3', buyerEmail: 'AP@Mueller.example', buyerName: 'M.' }),
    ),
    await receive(companyId, ublInvoice({ ...bare, number: '4', buyerName: 'MULLER  & SOHNE SA' })),
  ];
  for (const other of others) assert.equal(other.customerId, first.customerId, other.number ?? '');
  assert.equal((await customersOf(companyId)).length, 1);
});

test('another VAT id or another country is another customer, even with the same address and name', async () => {
  const companyId = company();
  const facts = (vatId: string) => ({ customer: { vatId } });
  const one = await receive(companyId, ublInvoice({ number: '1' }), { facts: facts('BE0417497106') });
  const two = await receive(companyId, ublInvoice({ number: '2' }), { facts: facts('BE0999999999') });
  const abroad = await receive(companyId, ublInvoice({ number: '3', buyerCountry: 'FR' }));
  assert.equal(new Set([one.customerId, two.customerId, abroad.customerId]).size, 3);
});

test('ten different documents of a new buyer at once make one customer', async () => {
  const companyId = company();
  const numbers = Array.from({ length: 10 }, (_, index) => `N-${index}`);
  const documents = await Promise.all(
    numbers.map((number) =>
      receive(companyId, ublInvoice({ number, buyerName: 'Nova Ltd', buyerEmail: 'x@nova.example' })),
    ),
  );
  assert.equal(new Set(documents.map((document) => document.customerId)).size, 1);
  const [customer, ...rest] = await customersOf(companyId);
  assert.equal(rest.length, 0);
  assert.equal(customer?.contacts.length, 1);
});

test('the next plain PDF of a customer proposes him and needs no typing', async () => {
  const companyId = company();
  const first = await receive(
    companyId,
    await plainPdf({ number: 'P-1', buyerName: 'Studio Verde SRL', buyerEmail: null }),
  );
  assert.equal(first.customerId, null);
  assert.ok(missingFacts(first).includes('buyer'));
  const customer = { name: 'Studio Verde SRL', emails: ['conta@verde.example'], language: 'ro' };
  const typed = await change(first, { number: 'P-1', total: '10.00', currency: 'RON', customer });
  assert.ok(typed.customerId);
  assert.deepEqual(missingFacts(typed), []);
  const next = await receive(
    companyId,
    await plainPdf({ number: 'P-2', buyerName: 'Studio Verde SRL', buyerEmail: null }),
  );
  assert.equal(next.customerId, null);
  assert.equal(next.proposed.customerId, typed.customerId);
  const confirmed = await change(next, {
    customerId: next.proposed.customerId,
    number: 'P-2',
    total: '5.00',
  });
  assert.equal(confirmed.customerId, typed.customerId);
  assert.equal(confirmed.proposed.customerId, undefined);
  const recipients = await inCompany(stores.database, companyId, (tx) =>
    recipientsFor(tx, { document: confirmed }, 'first'),
  );
  assert.deepEqual(recipients.to, [{ name: '', address: 'conta@verde.example' }]);
  assert.equal((await customerOf(confirmed))?.language, 'ro');
});

test('a plain PDF with the address of a known contact proposes his customer', async () => {
  const companyId = company();
  const known = await receive(companyId, ublInvoice({ number: '1', buyerEmail: 'desk@harbour.example' }));
  const plain = await receive(companyId, await plainPdf({ number: '2', buyerEmail: 'desk@harbour.example' }));
  assert.equal(plain.proposed.customerId, known.customerId);
});

test('what a document says teaches the customer what he lacks and changes nothing that is set', async () => {
  const companyId = company();
  const made = await inCompany(stores.database, companyId, (tx) =>
    createCustomer(tx, { companyId, by }, { name: 'Hôtel Bellevue SA', language: 'fr' }, now),
  );
  assert.ok(made.ok);
  const facts = { customer: { vatId: 'BE0417497106', language: 'nl' } };
  const document = await receive(companyId, ublInvoice({ buyerEmail: 'a@bellevue.example' }), { facts });
  assert.equal(document.customerId, made.customer.id);
  const customer = await customerOf(document);
  assert.equal(customer?.language, 'fr');
  assert.equal(customer?.vatId, 'BE0417497106');
  assert.equal(customer?.contacts[0]?.email, 'a@bellevue.example');
});

test('a buyer who is corrected to somebody else takes the document to another customer', async () => {
  const document = await receive(company(), ublInvoice({ buyerName: 'Wrong Ltd', buyerEmail: null }));
  const moved = await change(document, { customer: { name: 'Right Ltd' } });
  assert.notEqual(moved.customerId, document.customerId);
  assert.equal((await customerOf(moved))?.name, 'Right Ltd');
  const kept = await change(moved, { customer: { emails: ['new@right.example'] } });
  assert.equal(kept.customerId, moved.customerId);
  const freed = await change(kept, { customerId: null });
  assert.equal(freed.customerId, null);
});

test('a new version keeps the customer, or finds the one that it names', async () => {
  const old = await receive(company(), ublInvoice({ number: '1', buyerName: 'Old Ltd', buyerEmail: null }));
  const replace = (document: Document, bytes: Buffer) =>
    replaceDocumentWithCustomer(
      stores,
      document.id,
      { companyId: old.companyId, by, fileName: 'b.xml', bytes },
      now,
    );
  const same = await replace(old, ublInvoice({ number: '1b', buyerName: 'Old Ltd', buyerEmail: null }));
  assert.ok(same.ok);
  assert.equal(same.document.customerId, old.customerId);
  const other = await replace(
    same.document,
    ublInvoice({ number: '1c', buyerName: 'New Ltd', buyerEmail: null }),
  );
  assert.ok(other.ok);
  assert.equal((await customerOf(other.document))?.name, 'New Ltd');
});

test('a customer of another company cannot be given a document', async () => {
  const document = await receive(company(), ublInvoice({ number: '1' }));
  const foreign = await receive(company(), ublInvoice({ number: '1' }));
  const refused = await inCompany(stores.database, document.companyId, (tx) =>
    changeDocumentWithCustomer(
      tx,
      { companyId: document.companyId, documentId: document.id, by },
      { customerId: foreign.customerId },
      now,
    ),
  );
  assert.deepEqual(refused, { ok: false, reason: 'unknown_customer' });
});
