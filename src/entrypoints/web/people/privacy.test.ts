import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
});

const get = async (path: string) => (await browser.get(path)).text();
const post = async (path: string, form: Record<string, string>) =>
  browser.post(path, { csrf: await browser.token('/emails'), ...form });

test('a kind narrows what is recorded, and a send of it carries the narrower mode', async () => {
  await post('/settings/privacy', { 'mode.invoice': 'links', 'mode.quote': 'full', hint: 'unpaid' });
  assert.match(await get('/settings/privacy'), /name="mode.invoice"[^>]*>.*?value="links" selected/s);
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: ['els@peeters.example'] });
  const { rows } = await installation.database.owner.query('select mode from links where message_id = $1', [
    message!.id,
  ]);
  assert.equal(rows[0].mode, 'links');
});

test('what is recorded about a person is shown, exported and erased on request', async () => {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: ['jo@person.example'], copyToSender: false });
  const page = await get('/people?address=jo%40person.example');
  assert.match(page, /What is recorded about jo@person\.example/);
  assert.ok(page.includes(message!.id));
  const exported = JSON.parse(await get('/people/export?address=jo%40person.example'));
  assert.deepEqual([exported.messageCount, exported.messages[0].id], [1, message!.id]);
  assert.equal((await post('/people/erase', { address: 'jo@person.example' })).status, 303);
  assert.match(await get('/customers'), /Erased: \d+ fields? about 1 e-mail/);
  assert.equal((await browser.get('/people?address=nobody')).status, 404);
});

test('the export of a person is one object with all of his e-mails', async () => {
  const sent = new Set<string>();
  const document = await installation.addInvoice();
  for (let n = 0; n < 3; n += 1) {
    const [message] = await installation.send(document, {
      to: ['often@person.example'],
      copyToSender: false,
    });
    sent.add(message!.id);
  }
  const exported = JSON.parse(await get('/people/export?address=often%40person.example'));
  assert.deepEqual(new Set(exported.messages.map((one: { id: string }) => one.id)), sent);
  assert.equal(exported.messageCount, sent.size);
});

test('a legal hold wants a reason, stands on the page of the e-mail, and is lifted by an owner', async () => {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: ['jo@held.example'] });
  const { dispatchId, id } = message!;
  await post(`/dispatches/${dispatchId}/hold`, { reason: ' ', back: `/emails/${id}` });
  assert.match(await get(`/emails/${id}`), /Say why the history must stay/);
  await post(`/dispatches/${dispatchId}/hold`, { reason: 'Lawsuit 12/26', back: `/emails/${id}` });
  assert.match(await get(`/emails/${id}`), /Legal hold: Lawsuit 12\/26/);
  assert.match(await get('/settings/privacy'), /Lawsuit 12\/26/);
  await post(`/dispatches/${dispatchId}/hold/lift`, {});
  assert.doesNotMatch(await get('/settings/privacy'), /Lawsuit 12\/26/);
  assert.equal((await post('/dispatches/dsp_none/hold', { reason: 'x' })).status, 404);
});

test('the entry for the record of processing names company, days and what is recorded', async () => {
  const html = await get('/settings/privacy');
  assert.match(html, /Controller: Vautrin Joinery/);
  assert.match(html, /details of visits after 90 days/);
});
