import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Customer, contactRoles, getCustomer } from '#domain/customers';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';
import { domainRolesOf, shownRoles } from './contact-roles.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let csrf: string;

before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  csrf = await browser.token('/customers');
});
after(async () => {
  await web.close();
  await installation.close();
});

const known = (id: string): Promise<Customer | null> =>
  asWorker(installation.database, (tx) => getCustomer(tx, installation.companyId, id));

async function make(name: string, email: string, vatId = ''): Promise<string> {
  const made = await browser.post('/customers', { csrf, name, email, contactName: 'Els Peeters', vatId });
  assert.equal(made.status, 303);
  return made.headers.get('location')?.split('/').at(-1) ?? '';
}

test('a customer is made, changed, and found by part of his name', async () => {
  const id = await make('Bakkerij Peeters', 'els@peeters.example');
  const form = {
    csrf,
    name: 'Bakkerij Peeters BV',
    vatId: 'BE 0999.999.999',
    language: 'nl',
    defaultCc: 'a@b.example; c@d.example',
  };
  assert.equal((await browser.post(`/customers/${id}`, form)).status, 303);
  const customer = await known(id);
  assert.deepEqual(
    [customer?.name, customer?.vatId, customer?.language],
    ['Bakkerij Peeters BV', 'BE0999999999', 'nl'],
  );
  assert.deepEqual(customer?.defaultCc, ['a@b.example', 'c@d.example']);
  assert.match(await (await browser.get('/customers?q=peet')).text(), /Bakkerij Peeters BV/);
  assert.match(await (await browser.get('/customers?q=nobody')).text(), /No customer found/);
});

test('what is wrong stands beside its field', async () => {
  const refused = await browser.post('/customers', {
    csrf,
    name: ' ',
    email: 'nobody',
    contactName: '',
    vatId: '!',
  });
  const html = await refused.text();
  assert.equal(refused.status, 422);
  for (const id of ['f-name-error', 'f-email-error', 'f-vatId-error']) assert.match(html, new RegExp(id));
  const id = await make('Galerie Oost', 'office@oost.example');
  const bad = await browser.post(`/customers/${id}`, {
    csrf,
    name: 'Galerie Oost',
    vatId: '',
    language: '',
    defaultCc: 'x',
  });
  assert.equal(bad.status, 422);
  assert.match(await bad.text(), /f-defaultCc-error/);
});

test('contacts are added, changed with their consent, and removed', async () => {
  const id = await make('Keller Dental', 'info@keller.example');
  const path = `/customers/${id}/contacts`;
  const form = {
    csrf,
    email: 'anna@keller.example',
    contactName: 'Anna Keller',
    roles: 'quotes',
    tracking: 'granted',
    trackingHow: 'on the phone',
  };
  assert.equal((await browser.post(path, form)).status, 303);
  const anna = (await known(id))?.contacts.find((contact) => contact.name === 'Anna Keller');
  assert.deepEqual(
    [anna?.roles, anna?.tracking, anna?.trackingHow],
    [['quote', 'order'], 'granted', 'on the phone'],
  );
  const none = await browser.post(path, { csrf, email: 'b@keller.example' });
  assert.equal(none.status, 422);
  assert.match(await none.text(), /value="b@keller\.example"[\s\S]*Tick at least one/);
  const taken = { ...form, contact: anna?.id ?? '', email: 'info@keller.example' };
  assert.equal((await browser.post(path, taken)).status, 422);
  await browser.post(`${path}/${anna?.id}/remove`, { csrf });
  assert.deepEqual(
    (await known(id))?.contacts.map((contact) => contact.email),
    ['info@keller.example'],
  );
});

test('two customers with one address are proposed as one, and become one when a person says so', async () => {
  const [a, b] = [
    await make('Atelier Moreau', 'anouk@moreau.example'),
    await make('A. Moreau', 'anouk@moreau.example'),
  ];
  assert.match(await (await browser.get('/customers')).text(), /These may be the same/);
  assert.equal((await browser.post(`/customers/${a}/merge`, { csrf, from: b })).status, 303);
  assert.equal((await known(b))?.mergedInto, a);
  assert.equal((await browser.get(`/customers/${b}`)).headers.get('location'), `/customers/${a}`);
});

test('addresses are completed as one types, for this company only', async () => {
  await make('Hôtel du Parc', 'reception@parc.example');
  const found = await (await browser.get('/addresses?q=parc', { accept: 'application/json' })).json();
  assert.deepEqual(found, [
    { address: 'reception@parc.example', name: 'Els Peeters', detail: 'Hôtel du Parc' },
  ]);
  assert.deepEqual(await (await browser.get('/addresses?q=%00')).json(), []);
});

test('the ticks of a contact and the roles of the domain say the same', () => {
  assert.deepEqual(shownRoles([]), ['invoices', 'quotes', 'reminders', 'other']);
  assert.deepEqual(domainRolesOf(['invoices', 'quotes', 'reminders', 'other'], []), []);
  assert.deepEqual(shownRoles(['reminder']), ['reminders']);
  assert.deepEqual(domainRolesOf(['reminders'], null), ['reminder']);
  assert.equal(domainRolesOf([], []), null);
  assert.deepEqual(
    domainRolesOf(['invoices'], ['credit_note']),
    ['credit_note'],
    'what a program gave stays',
  );
  assert.equal(new Set(contactRoles).size, 11);
});
