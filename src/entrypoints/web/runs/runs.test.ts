import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeCompany } from '#domain/accounts';
import { getDispatches } from '#domain/dispatch';
import { getLetters } from '#domain/outbox';
import { workRuns } from '#domain/runs';
import { asWorker, inCompany } from '#stores/database';
import { plainPdf } from '../../../../test/fixtures/documents.ts';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
let csrf: string;
let now = new Date('2026-11-20T09:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  csrf = await browser.token('/reminders');
  await undoAfter(0);
});
after(async () => {
  await web.close();
  await installation.close();
});

const undoAfter = (undoSeconds: number) =>
  inCompany(installation.database, installation.companyId, (tx) =>
    changeCompany(tx, installation.companyId, { undoSeconds }, now),
  );
const work = async () => {
  while (await workRuns(installation));
};
/** An overdue invoice that its customer has had. */
async function overdue(name: string, dueDate = '2026-11-01') {
  const facts = { dueDate, buyerName: name, buyerEmail: `info@${name.toLowerCase()}.example` };
  const invoice = await installation.addInvoice(facts);
  await installation.send(invoice);
  return invoice;
}
const numbersOf = async (run: string) => {
  const page = await (await browser.get(run)).text();
  return [...page.matchAll(/>(2026-\d{4})</g)].map((match) => match[1]).sort();
};

test('the letter of a batch by hand is chosen in the run, and looked at before it goes', async () => {
  const invoice = await installation.addInvoice({ dueDate: '2026-11-01', buyerEmail: 'a@batch.example' });
  await installation.send(invoice);
  const created = await browser.post('/runs/remind', { csrf, document: invoice.id });
  const run = created.headers.get('location') ?? '';
  while (await workRuns(installation));
  const pdf = new File([new Uint8Array(await plainPdf())], 'Beilage.pdf', { type: 'application/pdf' });
  const options = { csrf, grouping: 'customer', letter: 'on', ownLetter: pdf };
  assert.equal((await browser.post(`${run}/options`, options)).status, 303);
  while (await workRuns(installation));
  const page = await (await browser.get(run)).text();
  assert.match(page, /Goes along: Beilage.pdf/);
  const letter = /href="([^"]+\/letter)"/.exec(page)?.[1] ?? assert.fail(page);
  const shown = await browser.get(letter);
  assert.equal(shown.headers.get('content-type'), 'application/pdf');
  await browser.post(`${run}/do`, { csrf, do: 'start' });
  while (await workRuns(installation));
  const names = await asWorker(installation.database, async (tx) => {
    const [dispatch] = await getDispatches(tx, installation.companyId, { documentIds: [invoice.id] });
    const [found] = await getLetters(tx, [dispatch?.letterId ?? '']);
    return found?.attachments.map((one) => one.fileName) ?? [];
  });
  assert.ok(names.includes('Beilage.pdf'), names.join());
  assert.ok(
    names.some((name) => name.startsWith('Open items')),
    names.join(),
  );
});

test('what is overdue is selected by hand, looked at and sent as reminders', async () => {
  const invoice = await installation.addInvoice({
    dueDate: '2026-11-01',
    buyerName: 'Keller Dental',
    buyerEmail: 'info@keller.example',
  });
  await installation.send(invoice);
  const list = await (await browser.get('/reminders?tab=stopped&late=10&customer=keller')).text();
  assert.match(list, new RegExp(invoice.number ?? ''));
  assert.doesNotMatch(
    await (await browser.get('/reminders?tab=stopped&late=40&customer=keller')).text(),
    new RegExp(`>${invoice.number}<`),
  );
  const made = await browser.post('/runs/remind', { csrf, document: invoice.id });
  assert.equal(made.status, 303);
  const run = made.headers.get('location') ?? '';
  while (await workRuns(installation));
  const dry = await (await browser.get(run)).text();
  assert.match(dry, /info@keller\.example/);
  assert.match(dry, /built-in text/);
  assert.equal((await browser.post(`${run}/do`, { csrf, do: 'start' })).status, 303);
  while (await workRuns(installation));
  const results = await (await browser.get(`${run}/results`)).text();
  assert.match(results, /Keller Dental/);
  assert.match(results, /Sent/);
});

test('all documents that fit the filter become a run', async () => {
  const made = await browser.post('/runs/all?q=keller', { csrf });
  assert.equal(made.status, 404);
  const all = await browser.post('/runs?q=keller&all=', { csrf });
  assert.equal(all.status, 303);
  while (await workRuns(installation));
  assert.match(await (await browser.get(all.headers.get('location') ?? '')).text(), /Keller Dental/);
});

test('a run that was started says in how many seconds it goes, and is taken back by one button', async () => {
  await undoAfter(10);
  const invoice = await overdue('Undo');
  const made = await browser.post('/runs/remind', { csrf, document: invoice.id });
  const run = made.headers.get('location') ?? '';
  await work();
  await browser.post(`${run}/do`, { csrf, do: 'start' });
  await work();
  assert.match(await (await browser.get(run)).text(), /Starts in 10 s[\s\S]*1 e-mail goes out then/);
  await browser.post(`${run}/do`, { csrf, do: 'undo' });
  await work();
  assert.match(await (await browser.get(run)).text(), /value="start"/);
  await browser.post(`${run}/do`, { csrf, do: 'start' });
  now = new Date(now.getTime() + 10_000);
  assert.doesNotMatch(await (await browser.get(run)).text(), /value="undo"/);
  await browser.post(`${run}/do`, { csrf, do: 'undo' });
  assert.match(await (await browser.get(run)).text(), /Too late to undo/);
  await work();
  assert.match(await (await browser.get(run)).text(), /The e-mail is done/);
  await undoAfter(0);
});

test('all that the selection of reminders finds become a run, also what the page has no room for', async () => {
  const late = [await overdue('Grande', '2026-10-01'), await overdue('Grande', '2026-10-02')];
  await overdue('Grande', '2026-11-15');
  const page = await (await browser.get('/reminders?tab=stopped&late=30&customer=grande')).text();
  const action = /formaction="(\/runs\/remind\?all[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
  assert.match(page, /Remind all that match \(2\)/);
  const made = await browser.post(action ?? assert.fail(page), { csrf });
  const run = made.headers.get('location') ?? '';
  await work();
  assert.deepEqual(await numbersOf(run), late.map((one) => one.number).sort());
  const none = await browser.post('/runs/remind?all=&tab=stopped&customer=nobody', { csrf });
  assert.equal(none.headers.get('location'), '/reminders');
});

test('a run keeps its documents, in their order, when it is grouped another way', async () => {
  const own = [await overdue('Order'), await overdue('Order'), await overdue('Order')];
  const query = own.map((one) => `document=${one.id}`).join('&');
  const made = await browser.post(`/runs/remind?${query}&all=&tab=stopped&customer=order`, { csrf });
  const run = made.headers.get('location') ?? '';
  await work();
  for (const grouping of ['document', 'customer', 'document']) {
    await browser.post(`${run}/options`, { csrf, grouping });
    await work();
    assert.deepEqual(
      await numbersOf(run),
      own.map((one) => one.number),
    );
  }
});

test('words are changed for one run only, by kind and language, and taken back again', async () => {
  const invoice = await installation.addInvoice({ buyerName: 'Once', buyerEmail: 'info@once.example' });
  const run = (await browser.post('/runs', { csrf, document: invoice.id })).headers.get('location') ?? '';
  await work();
  const path = `${run}/texts/invoice/en`;
  assert.ok((await (await browser.get(run)).text()).includes(path));
  const editor = await (await browser.get(path)).text();
  assert.ok(editor.includes(invoice.number ?? '-'), 'it is shown for a document of the run');
  const cell = { csrf, kind: 'invoice', purpose: 'first', language: 'en' };
  const wrong = await browser.post(path, { ...cell, subject: 'Once', html: '<p>{{ document.nummer }}</p>' });
  assert.equal(wrong.status, 422);
  const own = { ...cell, subject: 'Once {{ document.number }}', html: '<p>Once.</p>' };
  assert.equal((await browser.post(path, own)).status, 303);
  await work();
  const changed = await (await browser.get(run)).text();
  assert.ok(changed.includes(`Once ${invoice.number}`));
  assert.match(changed, /words of its own/);
  await browser.post(path, { csrf, do: 'reset' });
  await browser.post(`${run}/texts`, { csrf, 'template-invoice-en': 'built_in' });
  await work();
  const back = await (await browser.get(run)).text();
  assert.ok(!back.includes(`Once ${invoice.number}`));
  assert.match(back, /<option value="built_in" selected/);
});

test('of a run that was canceled, no line stands as ready any more', async () => {
  const invoice = await installation.addInvoice({ buyerName: 'Gone', buyerEmail: 'info@gone.example' });
  const run = (await browser.post('/runs', { csrf, document: invoice.id })).headers.get('location') ?? '';
  await work();
  await browser.post(`${run}/do`, { csrf, do: 'cancel' });
  const page = await (await browser.get(run)).text();
  assert.doesNotMatch(page, />Ready</);
  assert.match(await (await browser.get(`${run}/results`)).text(), /Canceled/);
});
