import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getCustomer } from '#domain/customers';
import { getDocument } from '#domain/documents';
import { listPolicies } from '#domain/reminders';
import { inspectPdf } from '#formats/pdf';
import { asWorker } from '#stores/database';
import { plainPdf } from '../../../../test/fixtures/documents.ts';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let csrf: string;

before(async () => {
  installation = await testInstallation({ clock: () => new Date('2026-11-20T09:00:00Z') });
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  csrf = await browser.token('/reminders');
});
after(async () => {
  await web.close();
  await installation.close();
});

const policies = () => asWorker(installation.database, (tx) => listPolicies(tx, installation.companyId));
const fields = {
  name: 'Invoices',
  mode: 'automatic',
  kinds: 'invoice',
  minimumAmount: '25,00',
  isGrouped: 'on',
  bankDays: '',
  sendHour: '8',
  'days-0': '7',
  'sender-0': '',
};

test('a policy is made, read as a timeline, changed, switched off and deleted', async () => {
  const made = await browser.post('/reminders/policies', { csrf, ...fields });
  assert.equal(made.status, 303, await made.text());
  const [policy] = await policies();
  assert.deepEqual(
    [policy?.minimumAmount, policy?.bankDays, policy?.sendHour, policy?.steps.map((step) => step.days)],
    ['25.00', null, 8, [7]],
  );
  const page = await (await browser.get('/reminders/policies')).text();
  assert.match(page, /7 days after it is due/);
  const path = `/reminders/policies/${policy?.id}`;
  assert.match(await (await browser.get(path)).text(), /7 days after it is due/);
  await browser.post(path, { csrf, ...fields, name: 'Bills', 'days-0': '-2' });
  await browser.post(`${path}/do`, { csrf, do: 'off' });
  const [changed] = await policies();
  assert.deepEqual([changed?.name, changed?.isActive, changed?.steps[0]?.days], ['Bills', false, -2]);
  await browser.post(`${path}/do`, { csrf, do: 'delete' });
  assert.deepEqual(await policies(), []);
});

test('a step sends a letter along: one of the company’s own, and the list that a real customer would get', async () => {
  const pdf = new File([new Uint8Array(await plainPdf())], 'Mahnung.pdf', { type: 'application/pdf' });
  const text = new File(['hello'], 'Mahnung.txt', { type: 'text/plain' });
  const refused = await browser.post('/reminders/policies', { csrf, ...fields, 'upload-0': text });
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /Mahnung.txt is not a PDF/);
  const made = await browser.post('/reminders/policies', {
    ...{ csrf, ...fields, 'letter-0': 'on', 'upload-0': pdf },
  });
  assert.equal(made.status, 303, await made.text());
  const [policy] = await policies();
  const [fileId] = policy?.steps[0]?.fileIds ?? [];
  assert.ok(fileId);
  const path = `/reminders/policies/${policy?.id}`;
  assert.match(await (await browser.get(path)).text(), /Mahnung.pdf/);
  // Saved again it stays; ticked away it goes.
  const kept = { csrf, ...fields, 'letter-0': 'on', 'file-0': fileId, 'fileName-0': 'Mahnung.pdf' };
  await browser.post(path, kept);
  assert.deepEqual((await policies())[0]?.steps[0]?.fileIds, [fileId]);
  await browser.post(path, { ...kept, 'noFile-0': 'on' });
  assert.deepEqual((await policies())[0]?.steps[0]?.fileIds, []);
  await installation.addInvoice({ dueDate: '2026-11-01', buyerEmail: 'a@letter.example' });
  const sample = await browser.get('/reminders/letter');
  assert.equal(sample.headers.get('content-type'), 'application/pdf');
  const read = await inspectPdf(new Uint8Array(await sample.arrayBuffer()), { timeLimitMs: 120_000 });
  assert.ok(read.ok);
  assert.match(read.text, /Open items/);
  await browser.post(`${path}/do`, { csrf, do: 'delete' });
});

test('a policy without a step comes back with what is wrong, and what was typed', async () => {
  const refused = await browser.post('/reminders/policies', { csrf, ...fields, 'days-0': '' });
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /role="alert"/);
});

test('the text of a step is changed in each language, beside a real document, and stays when its day changes', async () => {
  await installation.addInvoice({ number: 'TXT-1', buyerEmail: 'a@text.example' });
  await browser.post('/reminders/policies', { csrf, ...fields });
  const [policy] = await policies();
  const path = `/reminders/policies/${policy?.id}`;
  const form = await (await browser.get(path)).text();
  for (const language of ['en', 'fr', 'it', 'ro', 'de', 'nl'])
    assert.ok(form.includes(`${path}/steps/7/${language}`), language);
  const editor = await (await browser.get(`${path}/steps/7/fr`)).text();
  assert.match(editor, /Rappel/, 'it begins with the text of its level');
  assert.match(editor, /TXT-1/);
  const words = { csrf, kind: 'invoice', purpose: 'reminder', language: 'fr' };
  const wrong = { ...words, subject: 'Payez', html: '<p>{{ document.nummer }}</p>' };
  const refused = await browser.post(`${path}/steps/7/fr`, wrong);
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /document\.nummer/);
  const right = { ...words, subject: 'Payez {{ document.number }}', html: '<p>Merci.</p>' };
  assert.equal((await browser.post(`${path}/steps/7/fr`, right)).status, 303);
  await browser.post(path, { csrf, ...fields, 'was-0': '7', 'days-0': '9' });
  const [moved] = await policies();
  assert.deepEqual(moved?.steps[0]?.texts, {
    fr: { subject: 'Payez {{ document.number }}', html: '<p>Merci.</p>' },
  });
  await browser.post(`${path}/steps/9/fr`, { csrf, do: 'reset' });
  assert.deepEqual((await policies())[0]?.steps[0]?.texts, {});
  assert.equal((await browser.get(`${path}/steps/8/fr`)).status, 404);
  await browser.post(`${path}/do`, { csrf, do: 'delete' });
});

test('policies are put in order: the first that fits is asked first', async () => {
  for (const name of ['One', 'Two', 'Three'])
    await browser.post('/reminders/policies', { csrf, ...fields, name });
  const names = async () => (await policies()).map((one) => one.name);
  assert.deepEqual(await names(), ['One', 'Two', 'Three']);
  const move = async (name: string, to: 'earlier' | 'later') => {
    const policy = (await policies()).find((one) => one.name === name);
    await browser.post(`/reminders/policies/${policy?.id}/do`, { csrf, do: to });
    return names();
  };
  assert.deepEqual(await move('Three', 'earlier'), ['One', 'Three', 'Two']);
  assert.deepEqual(await move('One', 'later'), ['Three', 'One', 'Two']);
  assert.deepEqual(await move('Three', 'earlier'), ['Three', 'One', 'Two'], 'the first stays first');
  for (const { id } of await policies())
    await browser.post(`/reminders/policies/${id}/do`, { csrf, do: 'delete' });
});

test('a document and a customer are paused until a day, with the reason, and the page says so', async () => {
  const invoice = await installation.addInvoice({ dueDate: '2026-11-01', buyerEmail: 'a@b.example' });
  const pause = { csrf, until: '2026-12-24', reason: 'agreed on the phone' };
  assert.equal((await browser.post(`/documents/${invoice.id}/pause`, pause)).status, 303);
  const { companyId, database } = installation;
  const paused = await asWorker(database, (tx) => getDocument(tx, companyId, invoice.id));
  assert.deepEqual(
    [paused?.remindersPausedUntil, paused?.remindersPauseReason],
    ['2026-12-24', 'agreed on the phone'],
  );
  assert.match(await (await browser.get(`/documents/${invoice.id}`)).text(), /agreed on the phone/);
  await browser.post(`/documents/${invoice.id}/pause`, { csrf, until: '', reason: 'x' });
  const gone = await asWorker(database, (tx) => getDocument(tx, companyId, invoice.id));
  assert.deepEqual([gone?.remindersPausedUntil, gone?.remindersPauseReason], [null, null]);
  await installation.send(invoice);
  const sent = await asWorker(database, (tx) => getDocument(tx, companyId, invoice.id));
  const customerId = sent?.customerId ?? assert.fail('sending makes the customer');
  const form = { csrf, name: 'Hôtel', vatId: '', language: '', defaultCc: '' };
  const more = { remindersPausedUntil: '2027-01-31', remindersPauseReason: 'in talks' };
  const dbg = await browser.post(`/customers/${customerId}`, { ...form, ...more });
  assert.equal(
    dbg.status,
    303,
    (await dbg.text()).match(/[^<]*f-[a-zA-Z]+-error[^<]*<[^<]*/g)?.join('|') ?? '',
  );
  const customer = await asWorker(database, (tx) => getCustomer(tx, companyId, customerId));
  assert.deepEqual(
    [customer?.remindersPausedUntil, customer?.remindersPauseReason],
    ['2027-01-31', 'in talks'],
  );
});

test('customers are sorted by a category, and reminders are selected by it', async () => {
  const { companyId, database } = installation;
  const invoice = await installation.addInvoice({
    dueDate: '2026-11-01',
    buyerName: 'Wein Huber',
    buyerEmail: 'info@huber.example',
  });
  await installation.send(invoice);
  const sent = await asWorker(database, (tx) => getDocument(tx, companyId, invoice.id));
  const customerId = sent?.customerId ?? assert.fail('sending makes the customer');
  const form = { csrf, name: 'Wein Huber', vatId: '', language: '', defaultCc: '' };
  const refused = await browser.post(`/customers/${customerId}`, { ...form, category: 'x'.repeat(61) });
  assert.equal(refused.status, 422);
  assert.equal(
    (await browser.post(`/customers/${customerId}`, { ...form, category: 'Wholesale' })).status,
    303,
  );
  assert.match(await (await browser.get('/customers?q=wholesale')).text(), /Wein Huber/);
  const list = (category: string) => browser.get(`/reminders?tab=stopped&category=${category}`);
  assert.match(await (await list('wholesale')).text(), new RegExp(`>${invoice.number}<`));
  assert.doesNotMatch(await (await list('Retail')).text(), new RegExp(`>${invoice.number}<`));
  assert.match(await (await browser.get(`/documents/export?document=${invoice.id}`)).text(), /Wholesale/);
  await browser.post(`/customers/${customerId}`, { ...form, category: ' ' });
  const after = await asWorker(database, (tx) => getCustomer(tx, companyId, customerId));
  assert.equal(after?.category, null);
});

test('the day of the next reminder stands at the document in the list, on its page and at the customer', async () => {
  const { companyId, database } = installation;
  await browser.post('/reminders/policies', { csrf, ...fields, name: 'Due', 'days-0': '9' });
  const invoice = await installation.addInvoice({ dueDate: '2026-11-16', buyerEmail: 'next@day.example' });
  await installation.send(invoice);
  const next = /Nov(ember)? 25|25 Nov/;
  assert.match(await (await browser.get(`/documents?q=${invoice.number}`)).text(), next);
  assert.match(await (await browser.get(`/documents/${invoice.id}`)).text(), next);
  const sent = await asWorker(database, (tx) => getDocument(tx, companyId, invoice.id));
  assert.match(await (await browser.get(`/customers/${sent?.customerId}`)).text(), next);
  for (const policy of await policies())
    await browser.post(`/reminders/policies/${policy.id}/do`, { csrf, do: 'delete' });
});

test('a second sending of the same document proposes the text of a reminder, and to send it again on request', async () => {
  const invoice = await installation.addInvoice({ buyerEmail: 'a@b.example' });
  const window = `/send?document=${invoice.id}`;
  const purposeOf = async (path: string) =>
    /name="purpose" value="([^"]+)"/.exec(await (await browser.get(path)).text())?.[1];
  assert.equal(await purposeOf(window), 'first');
  await installation.send(invoice);
  assert.equal(await purposeOf(window), 'reminder');
  const page = await (await browser.get(window)).text();
  assert.match(page, /It went out before/);
  assert.match(page, /purpose=resend[^>]*>Just send it again/);
  await asWorker(installation.database, (tx) =>
    tx.updateTable('documents').set({ paid_on: '2026-11-20' }).where('id', '=', invoice.id).execute(),
  );
  assert.equal(await purposeOf(window), 'resend', 'nobody is reminded of what is paid');
});
