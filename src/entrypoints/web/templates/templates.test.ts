import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getDispatches } from '#domain/dispatch';
import { getLetters, getMessages } from '#domain/outbox';
import { listTemplates } from '#domain/templates';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let csrf: string;

before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  csrf = await browser.token('/documents');
});
after(async () => {
  await web.close();
  await installation.close();
});

const kept = () =>
  inCompany(installation.database, installation.companyId, (tx) => listTemplates(tx, installation.companyId));
const cell = { kind: 'invoice', purpose: 'first', language: 'en' };

test('a text is written, seen with a real document, and used by the next send', async () => {
  const document = await installation.addInvoice();
  const written = { ...cell, csrf, name: 'Ours', subject: 'Hello {{ document.number }}', textWas: '' };
  const shown = await browser.post('/settings/templates/preview', {
    ...written,
    text: 'For {{ customer.name }} and {{ contact.name }}',
    as: 'parts',
  });
  const html = await shown.text();
  assert.match(html, /Hello 2026-0001/);
  assert.match(html, /data-missing="">contact.name</, 'what has no value here is shown as such');
  const saved = await browser.post('/settings/templates', {
    ...written,
    text: 'Our text.\n\nFor {{ customer.name }}',
    isDefault: 'on',
  });
  assert.equal(saved.status, 303);
  assert.deepEqual(
    (await kept()).map((one) => [one.name, one.html, one.isDefault]),
    [['Ours', '<p>Our text.</p><p>For {{ customer.name }}</p>', true]],
  );
  const opened = await (await browser.get(`/send?document=${document.id}`)).text();
  assert.match(opened, /name="subject" value="Hello 2026-0001"/);
  const sent = await browser.post('/send', {
    csrf,
    once: 'w1',
    document: document.id,
    purpose: 'first',
    templateId: 'en',
    to: 'els@peeters.example',
    when: 'now',
    attach: 'link',
  });
  assert.equal(sent.status, 303);
  const { letters, dispatches } = await asWorker(installation.database, async (tx) => {
    const messages = await getMessages(tx, installation.companyId, { documentIds: [document.id] });
    return {
      letters: await getLetters(
        tx,
        messages.map((one) => one.letterId),
      ),
      dispatches: await getDispatches(tx, installation.companyId, { documentIds: [document.id] }),
    };
  });
  assert.match(letters[0]?.html ?? '', /Our text\./);
  assert.deepEqual([dispatches[0]?.templateId, dispatches[0]?.templateVersion], [(await kept())[0]?.id, 1]);
});

test('a variable without a value is refused in the send window, and one that has a value is filled', async () => {
  const document = await installation.addInvoice();
  const form = {
    csrf,
    once: 'w2',
    document: document.id,
    purpose: 'first',
    to: 'els@peeters.example',
    when: 'now',
    attach: 'link',
    subject: 'S',
    textWas: 'was',
  };
  const refused = await browser.post('/send', { ...form, text: 'Pay at {{ payment.url }}' });
  assert.equal(refused.status, 422);
  const html = await refused.text();
  assert.match(html, /data-missing="">payment.url</);
  assert.match(html, /No value for: payment.url/);
  assert.equal((await browser.post('/send', { ...form, text: '{% if %}' })).status, 422);
  const sent = await browser.post('/send', { ...form, text: 'Number {{ document.number }}' });
  assert.equal(sent.status, 303);
});

test('what was written in the send window comes to the editor with its values turned into variables', async () => {
  const document = await installation.addInvoice();
  const number = document.number ?? '';
  const opened = await browser.post('/settings/templates/from-send', {
    csrf,
    document: document.id,
    purpose: 'first',
    templateId: 'en:built-in',
    subject: `Important: ${number}`,
    subjectWas: '',
    text: `Here is ${number}.`,
    textWas: '',
  });
  const html = await opened.text();
  assert.match(html, /value="Important: \{\{ document.number \}\}"/);
  assert.match(html, /Here is \{\{ document.number \}\}\./);
});

test('a text that cannot be filled comes back with what is wrong, and a deleted one gives way to the built-in', async () => {
  const refused = await browser.post('/settings/templates', {
    ...cell,
    csrf,
    name: 'Wrong',
    subject: '{{ document.colour }}',
    text: 'x',
    textWas: '',
  });
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /No e-mail can fill a variable/);
  const [own] = await kept();
  const reset = await browser.post(`/settings/templates/${own?.id}/reset`, { csrf });
  assert.equal(reset.status, 303);
  assert.match((await kept())[0]?.subject ?? '', /document.title/);
  await browser.post(`/settings/templates/${own?.id}/delete`, { csrf });
  assert.deepEqual(await kept(), []);
  assert.equal((await browser.get(`/settings/templates/${own?.id}`)).status, 404);
  assert.match(await (await browser.get('/settings/templates')).text(), /Comes with Envoi/);
});

test('a text that is tied to a sender goes out from it, and the window says why', async () => {
  const document = await installation.addInvoice();
  const senderId = await installation.connect(2599);
  const refused = { ...cell, csrf, name: 'Too early', subject: 'S', text: 'T', textWas: '', senderId };
  assert.equal((await browser.post('/settings/templates', refused)).status, 422, 'it was never tried');
  await asWorker(installation.database, (tx) =>
    tx.updateTable('senders').set({ state: 'valid' }).where('id', '=', senderId).execute(),
  );
  const tied = { ...cell, csrf, name: 'From sales', subject: 'S', text: 'T', textWas: '', senderId };
  assert.equal((await browser.post('/settings/templates', tied)).status, 303);
  const template = (await kept()).find((one) => one.name === 'From sales');
  const parts = async (fields: Record<string, string>): Promise<string> => {
    const form = { csrf, as: 'parts', document: document.id, purpose: 'first', ...fields };
    return (await browser.post('/send/preview', form)).text();
  };
  const proposed = /name="senderWas" value="([^"]*)"/.exec(await parts({ templateId: 'en' }))?.[1] ?? '';
  assert.notEqual(proposed, senderId);
  const untouched = { senderId: proposed, senderWas: proposed };
  const html = await parts({ templateId: template?.id ?? '', ...untouched });
  assert.match(html, new RegExp(`value="${senderId}" selected`));
  assert.match(html, /Because this text goes out from it/);
  const chosen = await parts({ templateId: template?.id ?? '', senderId: proposed, senderWas: senderId });
  assert.match(chosen, new RegExp(`value="${proposed}" selected`), 'what a person chooses stands');

  // Whichever was changed last since the window was drawn is followed by the other.
  const shown = { senderIdShown: proposed, templateIdShown: 'en' };
  const byAddress = await parts({ templateId: 'en', senderId, senderWas: proposed, ...shown });
  assert.match(byAddress, new RegExp(`value="${template?.id}" selected`), 'the address brings its text');
  const own = { senderId: proposed, senderWas: '', ...shown };
  const byText = await parts({ templateId: template?.id ?? '', ...own });
  assert.match(byText, new RegExp(`value="${senderId}" selected`), 'the text brings its address');
});
