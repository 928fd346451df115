import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { submitDispatch } from '#domain/dispatch';
import { changeDocument, type Document } from '#domain/documents';
import { getLetters, getMessages, leaseMessages, type Message } from '#domain/outbox';
import { sendRunsAnew } from '#domain/runs';
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

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);

/** A reminder of two invoices that waits, because one of them was paid and its words are somebody's own. */
async function heldReminder(name: string): Promise<{ held: Message; open: Document }> {
  const { companyId, author, submit } = installation;
  const facts = { buyerName: name, buyerEmail: `office@${name}.example`, dueDate: '2026-11-01' };
  const [paid, open] = [await installation.addInvoice(facts), await installation.addInvoice(facts)];
  const asked = { companyId, author, origin: 'manual', purpose: 'reminder', undoSeconds: 0 } as const;
  const own = { subject: 'Both of them', html: '<p>Both of <b>these</b>, please.</p>' };
  const documentIds = [paid.id, open.id];
  const sent = await inOwn((tx) =>
    submitDispatch(tx, submit, { ...asked, ...own, documentIds, copyToSender: false }, new Date()),
  );
  assert.ok(sent.ok, JSON.stringify(sent));
  const which = { companyId, documentId: paid.id, by: { actor: 'user', id: 'x' } } as const;
  const on = new Date().toISOString().slice(0, 10);
  assert.ok((await inOwn((tx) => changeDocument(tx, which, { paid: { on } }, new Date()))).ok);
  await leaseMessages(installation.outbox, 100, []);
  await sendRunsAnew(installation);
  const [held] = await installation.messages(sent.dispatch.id);
  assert.equal(held?.detail, 'own_words');
  return { held: held as Message, open };
}

const deliveryOf = async ({ dispatchId }: Message) =>
  (await installation.messages(dispatchId)).map((one) => one.delivery);

/** What the window posts without a script, when nothing in it was touched. */
function postedBy(html: string): Record<string, string> {
  const field = (name: string): string =>
    new RegExp(`<input[^>]* name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1] ?? '';
  const text = /<textarea[^>]*name="text"[^>]*>([^<]*)/.exec(html)?.[1] ?? '';
  const names = ['once', 'replaces', 'purpose', 'document', 'subject', 'subjectWas'];
  return {
    csrf,
    ...Object.fromEntries(names.map((name) => [name, field(name)])),
    text,
    attach: 'link',
    when: 'now',
    channelsShown: '',
  };
}

test('the page of a mail that waits for other words, and of its document, has a button that opens the window', async () => {
  const { held, open } = await heldReminder('knop');
  const button = new RegExp(`href="/send\\?anew=${held.id}"[^>]*>\\s*(<[^>]*>\\s*)*Write it anew`);
  assert.match(await (await browser.get(`/emails/${held.id}`)).text(), button);
  assert.match(await (await browser.get(`/documents/${open.id}`)).text(), button);
});

test('the window has the words and people of the mail; whoever closes it has changed nothing', async () => {
  const { held, open } = await heldReminder('venster');
  const html = await (await browser.get(`/send?anew=${held.id}`)).text();
  assert.match(html, /value="Both of them"/);
  assert.match(html, /Both of <b>these<\/b>, please\.|Both of these, please\./);
  assert.match(html, /office@venster\.example/);
  assert.match(html, /That one is taken back when you send this one, and not before/);
  assert.deepEqual(
    [...html.matchAll(/type="hidden" name="document" value="([^"]+)"/g)].map(([, id]) => id),
    [open.id],
  );
  assert.match(html, new RegExp(`href="/emails/${held.id}"`), 'Close leads back to it');
  assert.deepEqual(await deliveryOf(held), ['held']);
});

test('what was mended is sent and the mail that waited is taken back, both or neither', async () => {
  const { held, open } = await heldReminder('gemend');
  const form = postedBy(await (await browser.get(`/send?anew=${held.id}`)).text());
  assert.equal(form['replaces'], held.id);
  const to = 'office@gemend.example';
  const refused = await browser.post('/send', { ...form, to: 'nobody' });
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), new RegExp(`name="replaces" value="${held.id}"`));
  assert.deepEqual(await deliveryOf(held), ['held']);
  const sent = await browser.post('/send', { ...form, to, text: 'Only this one, please.' });
  assert.equal(sent.status, 303, await sent.clone().text());
  assert.deepEqual(await deliveryOf(held), ['canceled']);
  const messages = await asWorker(installation.database, (tx) =>
    getMessages(tx, installation.companyId, { documentIds: [open.id] }),
  );
  const newer = messages.filter((one) => one.dispatchId !== held.dispatchId);
  assert.deepEqual(
    newer.map((one) => [one.address, one.delivery]),
    [[to, 'scheduled']],
  );
  const [letter] = await asWorker(installation.database, (tx) => getLetters(tx, [newer[0]?.letterId ?? '']));
  assert.deepEqual(
    [letter?.subject, letter?.text.includes('Only this one, please.')],
    ['Both of them', true],
  );
  const late = await browser.post('/send', { ...form, once: 'another', to });
  assert.equal(late.status, 422);
  assert.match(await late.text(), /does not wait any more/);
  const opened = await browser.get(`/send?anew=${held.id}`);
  assert.equal(opened.headers.get('location'), `/emails/${held.id}`);
});
