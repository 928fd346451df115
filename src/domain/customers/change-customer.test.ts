import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { newId } from '#base/ids';
import { readEvents, sequence } from '#domain/evidence';
import { asWorker, inCompany } from '#stores/database';
import { testDocumentStores } from '../../../test/document-stores.ts';
import {
  type Customer,
  type CustomerChanged,
  changeContact,
  changeCustomer,
  completeAddress,
  consentsOf,
  createCustomer,
  type GivenCustomer,
  getCustomer,
  getCustomers,
  listCustomers,
  markContactsUsed,
  putContact,
  removeContact,
} from './index.ts';

const stores = await testDocumentStores();
after(() => stores.close());

const now = new Date('2026-11-22T09:00:00Z');
const by = { actor: 'user', id: 'usr_1' } as const;

async function create(given: GivenCustomer, companyId = newId('company', now)): Promise<Customer> {
  return good(
    await inCompany(stores.database, companyId, (tx) => createCustomer(tx, { companyId, by }, given, now)),
  );
}

function good(result: CustomerChanged): Customer {
  assert.ok(result.ok, JSON.stringify(result));
  return result.customer;
}

function change({ companyId, id }: Customer, given: GivenCustomer, at = now): Promise<CustomerChanged> {
  return inCompany(stores.database, companyId, (tx) =>
    changeCustomer(tx, { companyId, customerId: id, by }, given, at),
  );
}

async function eventsOf(companyId: string) {
  await sequence(stores.database);
  return asWorker(stores.database, (tx) =>
    readEvents(tx, { kind: 'after', logIndex: 0, limit: 500, companyId }),
  );
}

test('a customer is kept with his contacts, their roles and languages', async () => {
  const customer = await create({
    name: '  Studio\tVerde  ',
    vatId: 'ro 123 456',
    language: 'ro',
    defaultCc: ['archive@verde.example'],
    contacts: [
      { email: 'Ana <ana@verde.example>', roles: ['invoice', 'reminder'], language: 'it' },
      { email: 'ion@verde.example', name: 'Ion' },
    ],
  });
  assert.equal(customer.name, 'Studio Verde');
  assert.equal(customer.vatId, 'RO123456');
  assert.deepEqual(
    customer.contacts.map(({ email, name, roles, language }) => [email, name, roles, language]),
    [
      ['ana@verde.example', 'Ana', ['invoice', 'reminder'], 'it'],
      ['ion@verde.example', 'Ion', [], null],
    ],
  );
  const events = await eventsOf(customer.companyId);
  assert.deepEqual(
    events.map((event) => event.type),
    ['contact.added', 'contact.added'],
  );
  assert.doesNotMatch(String(events[0]?.raw), /ana@|Ana/);
  assert.equal(events[0]?.data['email'], 'ana@verde.example');
});

test('wrong fields are all named, and nothing is kept', async () => {
  const companyId = newId('company', now);
  const given = {
    name: ' ',
    vatId: '?',
    language: 'xx',
    defaultCc: ['nobody'],
    contacts: [
      { email: 'a@b.example', roles: ['boss'], tracking: 'maybe' },
      { email: 'two@c.example' },
      { email: 'TWO@c.example' },
      { email: 'no address' },
    ],
  };
  const refused = await inCompany(stores.database, companyId, (tx) =>
    createCustomer(tx, { companyId, by }, given, now),
  );
  assert.ok(!refused.ok && refused.reason === 'invalid');
  assert.deepEqual(
    refused.problems.map((problem) => `${problem.path} ${problem.reason}`),
    [
      'name required',
      'vatId not_a_vat_id',
      'language not_a_language',
      'defaultCc.0 bad_address',
      'contacts.0.roles.0 not_a_role',
      'contacts.0.tracking not_a_consent',
      'contacts.2.email twice',
      'contacts.3.email bad_address',
    ],
  );
  assert.equal((await eventsOf(companyId)).length, 0);
});

test('consent is kept with its time and way, and goes with its withdrawal', async () => {
  const customer = await create({ name: 'A', contacts: [{ email: 'a@a.example', tracking: 'granted' }] });
  const [granted] = customer.contacts;
  assert.deepEqual([granted?.tracking, granted?.trackingAt, granted?.trackingHow], ['granted', now, 'user']);
  const later = new Date('2026-12-01T10:00:00Z');
  const contacts = [{ email: 'a@a.example', tracking: 'denied', trackingHow: 'asked on the phone' }];
  const [denied] = good(await change(customer, { contacts }, later)).contacts;
  assert.deepEqual(
    [denied?.tracking, denied?.trackingAt, denied?.trackingHow],
    ['denied', later, 'asked on the phone'],
  );
  const same = good(await change(customer, { contacts: [{ email: 'a@a.example', name: 'A' }] }));
  assert.deepEqual(same.contacts[0]?.trackingAt, later);
  const event = (await eventsOf(customer.companyId)).find((one) => one.type === 'contact.changed');
  assert.deepEqual(event?.data['tracking'], { from: 'granted', to: 'denied' });
});

test('a given list of contacts is the whole list; without one the contacts stay', async () => {
  const customer = await create({
    name: 'B',
    contacts: [{ email: 'a@b.example', roles: ['quote'] }, { email: 'b@b.example' }],
  });
  const renamed = good(await change(customer, { name: 'B2' }));
  assert.equal(renamed.contacts.length, 2);
  const fewer = good(
    await change(customer, { contacts: [{ email: 'A@b.example' }, { email: 'c@b.example' }] }),
  );
  assert.deepEqual(
    fewer.contacts.map(({ email, roles }) => [email, roles]),
    [
      ['A@b.example', ['quote']],
      ['c@b.example', []],
    ],
  );
  assert.equal(fewer.contacts[0]?.id, customer.contacts[0]?.id);
  const types = (await eventsOf(customer.companyId)).map((event) => event.type);
  assert.deepEqual(types.slice(2), [
    'contact.changed',
    'contact.removed',
    'contact.changed',
    'contact.added',
  ]);
});

test('one contact is added, changed and removed by itself; an address that is taken is refused', async () => {
  const customer = await create({ name: 'C', contacts: [{ email: 'a@c.example' }] });
  const which = { companyId: customer.companyId, customerId: customer.id, by };
  await inCompany(stores.database, customer.companyId, async (tx) => {
    const added = good(await putContact(tx, which, { email: 'b@c.example', name: 'Bo' }, now));
    const contactId = added.contacts[1]?.id ?? '';
    const moved = good(await changeContact(tx, { ...which, contactId }, { email: 'bo@c.example' }, now));
    assert.deepEqual([moved.contacts[1]?.email, moved.contacts[1]?.name], ['bo@c.example', 'Bo']);
    const taken = await changeContact(tx, { ...which, contactId }, { email: 'A@c.example' }, now);
    assert.ok(!taken.ok && taken.reason === 'invalid' && taken.problems[0]?.reason === 'twice');
    assert.equal(good(await removeContact(tx, { ...which, contactId }, now)).contacts.length, 1);
    const gone = await removeContact(tx, { ...which, contactId }, now);
    assert.deepEqual(gone, { ok: false, reason: 'unknown_contact' });
  });
});

test('customers of another company are out of sight and reach', async () => {
  const customer = await create({ name: 'Secret', contacts: [{ email: 'a@secret.example' }] });
  const other = newId('company', now);
  await inCompany(stores.database, other, async (tx) => {
    assert.equal(await getCustomer(tx, customer.companyId, customer.id), null);
    assert.deepEqual(await getCustomers(tx, other, [customer.id]), []);
    assert.deepEqual(await completeAddress(tx, other, 'a@secret'), []);
    const changed = await changeCustomer(
      tx,
      { companyId: other, customerId: customer.id, by },
      { name: 'X' },
      now,
    );
    assert.deepEqual(changed, { ok: false, reason: 'unknown_customer' });
  });
});

test('the list is in the order of names, page by page, and finds parts of names, VAT ids and addresses', async () => {
  const companyId = newId('company', now);
  const names = ['Zürcher AG', 'alpha', 'Ålesund', 'Beta', 'beta', 'Émile', '100% Pur'];
  for (const name of names)
    await create({ name, contacts: [{ email: `x@${name.length}.example` }] }, companyId);
  await inCompany(stores.database, companyId, async (tx) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listCustomers(tx, companyId, { limit: 2, cursor });
      assert.ok(page.ok);
      seen.push(...page.items.map((customer) => customer.name));
      cursor = page.nextCursor;
    } while (cursor);
    assert.equal(seen.length, names.length);
    assert.deepEqual([...seen].sort(), [...names].sort());
    const found = async (q: string) => {
      const page = await listCustomers(tx, companyId, { q });
      assert.ok(page.ok);
      return page.items.map((customer) => customer.name);
    };
    assert.deepEqual(await found('zurch'), ['Zürcher AG']);
    assert.deepEqual(await found('EMILE'), ['Émile']);
    assert.deepEqual(await found('x@10.'), ['Zürcher AG']);
    assert.deepEqual(await found('%'), []);
    assert.deepEqual(await listCustomers(tx, companyId, { cursor: 'xx' }), {
      ok: false,
      reason: 'bad_cursor',
    });
  });
});

test('typing completes addresses and names, used last first, each address once', async () => {
  const companyId = newId('company', now);
  const one = {
    name: 'Muster AG',
    contacts: [{ email: 'anna@muster.example', name: 'Anna Meier' }, { email: 'bo@muster.example' }],
  };
  await create(one, companyId);
  await create(
    { name: 'Other', contacts: [{ email: 'Anna@muster.example' }, { email: 'anton@other.example' }] },
    companyId,
  );
  await inCompany(stores.database, companyId, async (tx) => {
    await markContactsUsed(tx, companyId, ['anton@other.example'], now);
    const complete = async (text: string) =>
      (await completeAddress(tx, companyId, text)).map((one) => one.address.toLowerCase());
    assert.deepEqual(await complete('an'), ['anton@other.example', 'anna@muster.example']);
    assert.deepEqual(await complete('MEIER'), ['anna@muster.example']);
    assert.deepEqual((await complete('muster')).sort(), ['anna@muster.example', 'bo@muster.example']);
    for (const text of ['', ' ', '%', '_', '\\', '\0', "'"]) assert.deepEqual(await complete(text), []);
  });
});

test('where contacts with one address differ about tracking, the refusal counts', async () => {
  const companyId = newId('company', now);
  await create({ name: 'A', contacts: [{ email: 'x@a.example', tracking: 'granted' }] }, companyId);
  await create({ name: 'B', contacts: [{ email: 'X@a.example', tracking: 'denied' }] }, companyId);
  const consents = await inCompany(stores.database, companyId, (tx) =>
    consentsOf(tx, companyId, ['X@A.example', 'y@a.example']),
  );
  assert.deepEqual(
    [...consents],
    [
      ['x@a.example', 'denied'],
      ['y@a.example', 'unknown'],
    ],
  );
});
