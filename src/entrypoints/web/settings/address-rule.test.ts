import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getSenderRule } from '#domain/senders';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let csrf: string;
let offers: string;
const page = '/settings/senders';
const rule = () =>
  inCompany(installation.database, installation.companyId, (tx) => getSenderRule(tx, installation.companyId));
const setState = (state: 'valid' | 'broken') =>
  asWorker(installation.database, (tx) =>
    tx.updateTable('senders').set({ state }).where('id', '=', offers).execute(),
  );

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

test('there is no rule to choose while everything stays in the sandbox', async () => {
  assert.doesNotMatch(await (await browser.get(page)).text(), /Which address is used/);
});

test('an address for a kind is refused until it works, then kept, and the window says the kind is why', async () => {
  offers = await installation.connect(2599);
  const form = { csrf, rule: 'per_kind', 'kinds.quote': offers, 'kinds.invoice': '' };
  const refused = await browser.post('/settings/address-rule', form);
  assert.equal(refused.status, 422);
  const html = await refused.text();
  assert.match(html, /an address in it does not work.*Quote/);
  assert.match(html, /value="per_kind" checked/, 'what was ticked is still ticked');
  assert.equal((await rule()).rule, 'per_template');

  await setState('valid');
  assert.equal((await browser.post('/settings/address-rule', form)).status, 303);
  assert.deepEqual(await rule(), { rule: 'per_kind', users: {}, kinds: { quote: offers } });
  assert.match(await (await browser.get(page)).text(), new RegExp(`value="${offers}" selected`));

  const [quote, invoice] = [
    await installation.addInvoice({ number: 'Q1' }),
    await installation.addInvoice({ number: 'F1' }),
  ];
  await asWorker(installation.database, (tx) =>
    tx.updateTable('documents').set({ kind: 'quote' }).where('id', '=', quote.id).execute(),
  );
  const windowOf = async (id: string) => (await browser.get(`/send?document=${id}`)).text();
  assert.match(await windowOf(quote.id), /Because of the kind: Quote/);
  assert.match(await windowOf(invoice.id), /The sandbox, because no sender is connected/);
});

test('a rule that points to what broke says so at its place, and the sender cannot be deleted', async () => {
  await setState('broken');
  assert.match(
    await (await browser.get(page)).text(),
    /This address does not work: what would leave from it waits/,
  );
  await browser.post(`${page}/${offers}/delete`, { csrf });
  assert.match(
    await (await browser.get(page)).text(),
    /points to this sender\. Choose another address there first/,
  );
});

test('an address for a user leaves with what that user sends, and a stranger is in no list', async () => {
  await setState('valid');
  const { id } = installation.author;
  const form = { csrf, rule: 'per_user', [`users.${id}`]: offers, 'users.usr_stranger': offers };
  assert.equal((await browser.post('/settings/address-rule', form)).status, 303);
  assert.deepEqual((await rule()).users, { [id]: offers });
  const invoice = await installation.addInvoice({ number: 'F2' });
  const html = await (await browser.get(`/send?document=${invoice.id}`)).text();
  assert.match(html, /Because Claire Vautrin sends from it/);
});
