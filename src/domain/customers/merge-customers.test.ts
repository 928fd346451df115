import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { newId } from '#base/ids';
import { type Document, getDocument } from '#domain/documents';
import { readEvents } from '#domain/evidence';
import { inCompany } from '#stores/database';
import { testDocumentStores } from '../../../test/document-stores.ts';
import { ublInvoice } from '../../../test/fixtures/documents.ts';
import {
  type Customer,
  correctContactAddress,
  createCustomer,
  duplicateProposals,
  type GivenCustomer,
  getCustomer,
  mergeCustomers,
  receiveDocumentWithCustomer,
  rememberRecipients,
} from './index.ts';

const stores = await testDocumentStores();
after(() => stores.close());

const now = new Date('2026-11-22T09:00:00Z');
const by = { actor: 'user', id: 'usr_1' } as const;

async function create(companyId: string, given: GivenCustomer): Promise<Customer> {
  const made = await inCompany(stores.database, companyId, (tx) =>
    createCustomer(tx, { companyId, by }, given, now),
  );
  assert.ok(made.ok);
  return made.customer;
}

async function receive(companyId: string, bytes: Buffer): Promise<Document> {
  const received = await receiveDocumentWithCustomer(
    stores,
    { companyId, by, fileName: 'a.xml', bytes },
    now,
  );
  assert.ok(received.ok);
  return received.document;
}

function merge(companyId: string, from: string, into: string) {
  return inCompany(stores.database, companyId, (tx) =>
    mergeCustomers(tx, { companyId, from, into, by }, now),
  );
}

test('customers who share a VAT id or an address are proposed as one, two firms with one accountant are not', async () => {
  const companyId = newId('company', now);
  const a = await create(companyId, { name: 'A', vatId: 'BE0417497106' });
  const a2 = await create(companyId, { name: 'A2', vatId: 'BE 0417.497.106' });
  const b = await create(companyId, { name: 'B', contacts: [{ email: 'x@b.example' }] });
  const b2 = await create(companyId, { name: 'B2', contacts: [{ email: 'X@b.example' }] });
  await create(companyId, {
    name: 'C',
    vatId: 'FR11111111111',
    contacts: [{ email: 'fiduciaire@c.example' }],
  });
  await create(companyId, {
    name: 'D',
    vatId: 'FR22222222222',
    contacts: [{ email: 'fiduciaire@c.example' }],
  });
  const proposals = await inCompany(stores.database, companyId, (tx) => duplicateProposals(tx, companyId));
  assert.deepEqual(
    proposals.map(({ reason, value, customers }) => [reason, value, customers.map((one) => one.id)]),
    [
      ['vat_id', 'BE0417497106', [a.id, a2.id]],
      ['address', 'x@b.example', [b.id, b2.id]],
    ],
  );
});

test('merging takes documents, contacts and what is missing over, and leaves a signpost', async () => {
  const companyId = newId('company', now);
  const document = await receive(
    companyId,
    ublInvoice({ number: '1', buyerName: 'Old name', buyerEmail: 'a@m.example' }),
  );
  const from = document.customerId ?? '';
  const into = await create(companyId, {
    name: 'New name',
    vatId: 'BE0417497106',
    defaultCc: ['cc@m.example'],
    contacts: [
      { email: 'A@m.example', name: 'Anna', roles: ['invoice'], tracking: 'granted' },
      { email: 'b@m.example' },
    ],
  });
  await create(companyId, { name: 'Earlier' });
  const merged = await merge(companyId, from, into.id);
  assert.ok(merged.ok);
  const { customer } = merged;
  assert.equal(customer.name, 'New name');
  assert.equal(customer.country, 'BE');
  assert.deepEqual(
    customer.contacts.map(({ email, name, roles, tracking }) => [email, name, roles, tracking]),
    [
      ['A@m.example', 'Anna', [], 'granted'],
      ['b@m.example', '', [], 'unknown'],
    ],
  );
  await inCompany(stores.database, companyId, async (tx) => {
    assert.equal((await getDocument(tx, companyId, document.id))?.customerId, into.id);
    assert.equal((await getCustomer(tx, companyId, from))?.mergedInto, into.id);
    const events = await readEvents(tx, { kind: 'document', id: document.id, limit: 10 });
    assert.deepEqual(events.at(-1)?.data['customerId'], { from, to: into.id });
  });
  const next = await receive(
    companyId,
    ublInvoice({ number: '2', buyerName: 'Old name', buyerEmail: 'a@m.example' }),
  );
  assert.equal(next.customerId, into.id);
});

test('merging twice leads all signposts to the last customer', async () => {
  const companyId = newId('company', now);
  const [a, b, c] = [
    await create(companyId, { name: 'A' }),
    await create(companyId, { name: 'B' }),
    await create(companyId, { name: 'C' }),
  ];
  assert.ok((await merge(companyId, a.id, b.id)).ok);
  assert.ok((await merge(companyId, b.id, c.id)).ok);
  await inCompany(stores.database, companyId, async (tx) => {
    assert.equal((await getCustomer(tx, companyId, a.id))?.mergedInto, c.id);
  });
  assert.deepEqual(await merge(companyId, a.id, c.id), { ok: false, reason: 'unknown_customer' });
});

test('merging both ways at once makes one of them', async () => {
  const companyId = newId('company', now);
  const [a, b] = [await create(companyId, { name: 'A' }), await create(companyId, { name: 'B' })];
  const results = await Promise.all([merge(companyId, a.id, b.id), merge(companyId, b.id, a.id)]);
  assert.equal(results.filter((one) => one.ok).length, 1);
});

test('one customer, different VAT ids and foreign customers are refused', async () => {
  const companyId = newId('company', now);
  const a = await create(companyId, { name: 'A', vatId: 'BE0417497106' });
  const b = await create(companyId, { name: 'B', vatId: 'BE0999999999' });
  const foreign = await create(newId('company', now), { name: 'F' });
  assert.deepEqual(await merge(companyId, a.id, a.id), { ok: false, reason: 'same_customer' });
  assert.deepEqual(await merge(companyId, a.id, b.id), { ok: false, reason: 'different_vat_ids' });
  assert.deepEqual(await merge(companyId, a.id, foreign.id), { ok: false, reason: 'unknown_customer' });
});

test('a corrected address reaches the contact, the copies and the documents', async () => {
  const companyId = newId('company', now);
  const document = await receive(
    companyId,
    ublInvoice({ number: '1', buyerEmail: 'compta@belevue.example' }),
  );
  const which = { companyId, wrong: 'Compta@belevue.example', right: 'compta@bellevue.example', by };
  await inCompany(stores.database, companyId, async (tx) => {
    assert.deepEqual(await correctContactAddress(tx, which, now), { ok: true, customers: 1 });
    const customer = await getCustomer(tx, companyId, document.customerId ?? '');
    assert.deepEqual(
      customer?.contacts.map((contact) => contact.email),
      ['compta@bellevue.example'],
    );
    const corrected = await getDocument(tx, companyId, document.id);
    assert.deepEqual(corrected?.buyerEmails, ['compta@bellevue.example']);
    assert.deepEqual(await correctContactAddress(tx, which, now), { ok: true, customers: 0 });
    const bad = await correctContactAddress(tx, { ...which, right: 'nobody' }, now);
    assert.deepEqual(bad, { ok: false, reason: 'missing_at' });
  });
});

test('a correction to an address that the customer has already leaves one contact', async () => {
  const companyId = newId('company', now);
  const contacts = [
    { email: 'wrong@a.example', roles: ['invoice'] },
    { email: 'right@a.example', roles: ['quote'] },
  ];
  const customer = await create(companyId, { name: 'A', contacts });
  await inCompany(stores.database, companyId, async (tx) => {
    const which = { companyId, wrong: 'wrong@a.example', right: 'RIGHT@a.example', by };
    assert.ok((await correctContactAddress(tx, which, now)).ok);
    const after = await getCustomer(tx, companyId, customer.id);
    assert.deepEqual(
      after?.contacts.map(({ email, roles }) => [email, roles]),
      [['right@a.example', ['quote', 'invoice']]],
    );
  });
});

test('recipients that were typed become the contacts of a customer who has none', async () => {
  const companyId = newId('company', now);
  const document = await receive(
    companyId,
    ublInvoice({ number: '1', buyerName: 'Typed Ltd', buyerEmail: null }),
  );
  const to = [
    { name: 'Pat', address: 'pat@typed.example' },
    { name: '', address: 'PAT@typed.example' },
  ];
  await inCompany(stores.database, companyId, async (tx) => {
    const customerOf = () => getCustomer(tx, companyId, document.customerId ?? '');
    const empty = await customerOf();
    // Two mails to the same customer in one run, and a third later: the first one says who the contacts are.
    const once = [{ name: '', address: 'once@typed.example' }];
    const mails = [to, once].map((one) => ({ customer: empty, documents: [document], to: one }));
    const facts = await rememberRecipients(tx, { companyId, mails }, now);
    assert.deepEqual(
      facts.map((fact) => fact.type),
      ['contact.added'],
    );
    const third = { customer: await customerOf(), documents: [document], to: once };
    assert.deepEqual(await rememberRecipients(tx, { companyId, mails: [third] }, now), []);
    const customer = await customerOf();
    assert.deepEqual(
      customer?.contacts.map((contact) => contact.email.toLowerCase()),
      ['pat@typed.example'],
    );
    assert.deepEqual(customer?.contacts[0]?.lastUsedAt, now);
  });
});
