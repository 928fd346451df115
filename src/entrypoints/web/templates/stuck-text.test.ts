import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { markBroken, markWorking } from '#domain/senders';
import { saveTemplate, setAddressRule } from '#domain/templates';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { startSink } from '../../../../test/servers/index.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let senderId: string;
let templateId: string;

before(async () => {
  installation = await testInstallation();
  const { database, companyId, clock } = installation;
  const server = await startSink();
  senderId = await installation.connect(server.port);
  await server.close();
  const given = {
    ...({ kind: 'invoice', purpose: 'first', language: 'en', name: 'Ours' } as const),
    ...{ subject: 'Hello', html: '<p>Hello</p>', isDefault: false, senderId },
  };
  const saved = await inCompany(database, companyId, (tx) =>
    saveTemplate(tx, { companyId, id: null }, given, clock()),
  );
  assert.ok(saved.ok);
  templateId = saved.template.id;
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
});

const list = '/settings/templates?kind=invoice&purpose=first';
const textOf = async (path: string): Promise<string> => (await browser.get(path)).text();
const stuck = /✗ invoices@vautrin\.example does not work: what leaves with this text waits/;

/** The choices of the send window, and what it says with the text chosen. */
async function sendWindow(): Promise<{ readonly choice: string; readonly chosen: string }> {
  const document = await installation.addInvoice();
  const html = await textOf(`/send?document=${document.id}`);
  const choice = new RegExp(`<option value="${templateId}"[^>]*>([^<]*)`).exec(html)?.[1] ?? '';
  const form = { document: document.id, purpose: 'first', templateId, templateIdShown: 'en', as: 'parts' };
  const answer = await browser.post('/send/preview', { csrf: await browser.token('/documents'), ...form });
  return { choice, chosen: await answer.text() };
}

test('a text whose sender works has no mark', async () => {
  assert.doesNotMatch(await textOf(list), /✗/);
  assert.doesNotMatch((await sendWindow()).choice, /✗/);
});

test('a text whose sender broke has a red cross in the list, the editor and the send window, with why and the way out', async () => {
  await asWorker(installation.database, (tx) => markBroken(tx, senderId, 'wrong_password', new Date()));
  const seen = await textOf(list);
  assert.match(seen, stuck);
  assert.match(seen, new RegExp(`href="/settings/senders/${senderId}">Look at the sender`));
  assert.match(await textOf(`/settings/templates/${templateId}`), stuck);
  const { choice, chosen } = await sendWindow();
  assert.match(choice, /^✗ .*Ours$/);
  assert.match(chosen, /data-state="failed".*invoices@vautrin\.example cannot send\./s);
  assert.match(chosen, /The chosen text goes out from it, so what you send waits/);
});

test('where the address is not chosen by the text, its sender is no reason to wait', async () => {
  const { database, companyId } = installation;
  await asWorker(database, (tx) => markWorking(tx, senderId, new Date()));
  const order = { companyId, given: { rule: 'at_send' }, actor: 'user' } as const;
  assert.ok((await inCompany(database, companyId, (tx) => setAddressRule(tx, order, new Date()))).ok);
  await asWorker(database, (tx) => markBroken(tx, senderId, 'wrong_password', new Date()));
  assert.doesNotMatch(await textOf(list), /✗/);
  assert.doesNotMatch((await sendWindow()).choice, /✗/);
});
