import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listRules } from '#domain/automatic';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let csrf: string;
const page = '/settings/rules';
const rules = () =>
  inCompany(installation.database, installation.companyId, (tx) => listRules(tx, installation.companyId));

before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  csrf = await browser.token(page);
});
after(async () => {
  await web.close();
  await installation.close();
});

const fields = {
  name: 'Our invoices',
  kinds: 'invoice',
  sources: 'api',
  customers: '',
  categories: 'Wholesale; Retail',
  senderId: '',
  waitMinutes: '10',
  officeHours: 'on',
};

test('a rule is set, read as a sentence with who has set it, changed, switched off and deleted', async () => {
  assert.match(await (await browser.get(page)).text(), /No rule/);
  const made = await browser.post(page, { csrf, ...fields });
  assert.equal(made.status, 303, await made.text());
  const [rule] = await rules();
  assert.deepEqual(
    [rule?.kinds, rule?.categories, rule?.sources, rule?.waitMinutes, rule?.officeHours],
    [['invoice'], ['Wholesale', 'Retail'], ['api'], 10, true],
  );
  const shown = await (await browser.get(page)).text();
  assert.match(shown, /Wholesale and Retail/);
  assert.match(shown, new RegExp(`Set by ${rule?.author.name}`));
  const path = `${page}/${rule?.id}`;
  assert.match(await (await browser.get(path)).text(), /Wholesale, Retail/);
  await browser.post(path, { csrf, ...fields, name: 'All', kinds: 'quote', categories: '' });
  await browser.post(`${path}/do`, { csrf, do: 'off' });
  const [changed] = await rules();
  assert.deepEqual(
    [changed?.name, changed?.kinds, changed?.categories, changed?.isActive],
    ['All', ['quote'], [], false],
  );
  await browser.post(`${path}/do`, { csrf, do: 'delete' });
  assert.deepEqual(await rules(), []);
});

test('a rule without a name, or for a customer that is not there, comes back as it was typed', async () => {
  const unnamed = await browser.post(page, { csrf, ...fields, name: '' });
  assert.equal(unnamed.status, 422);
  const unknown = await browser.post(page, { csrf, ...fields, customers: 'Nobody & Sons' });
  assert.equal(unknown.status, 422);
  assert.match(await unknown.text(), /no customer of this name: Nobody &amp; Sons/);
});

test('the test button says to whom a document would go, from where and why, or what stands against it', async () => {
  const invoice = await installation.addInvoice({ buyerName: 'Keller', buyerEmail: 'info@keller.example' });
  await browser.post(page, { csrf, ...fields, categories: '' });
  const [rule] = await rules();
  const trial = async (documentId: string) =>
    (await browser.get(`${page}?rule=${rule?.id}&document=${documentId}`)).text();
  assert.match(await trial(invoice.id), /It would be sent to info@keller\.example, from /);
  await installation.send(invoice);
  assert.match(await trial(invoice.id), /it was sent before/);
  const lost = await installation.addInvoice({ buyerName: 'Lost', buyerEmail: null });
  assert.match(await trial(lost.id), /It would not leave/);
});
