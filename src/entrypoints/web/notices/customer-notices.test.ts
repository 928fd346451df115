import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeDocument, type DocumentEdit } from '#domain/documents';
import { type GivenResponse, takeResponse } from '#domain/responses';
import { linksOf } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let worker: Loop;
let web: Web;
let browser: Visitor;

before(async () => {
  installation = await testInstallation();
  worker = await startWorker(installation);
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await worker.stop();
  await installation.close();
});

/** Sends an invoice to a customer who answers it on his page, and returns the notice about that. */
async function noticeAfter(
  given: GivenResponse,
): Promise<{ readonly notice: string; readonly documentId: string }> {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: ['anna@answers.example'], copyToSender: false });
  assert.ok(message);
  const taken = await asWorker(installation.database, async (tx) => {
    const [link] = await linksOf(tx, [message.id]);
    assert.ok(link);
    return takeResponse(tx, installation.submit, { link, documentId: document.id }, given, new Date());
  });
  assert.ok(taken.ok);
  const notice = await until('the notice', async () => {
    const html = await (await browser.get('/notices')).text();
    const form = /<li data-state[\s\S]*?<\/li>/g;
    const all = [...html.matchAll(form)].map(([one]) => one);
    const own = [`/documents/${document.id}#answers`, `/emails/${message.id}/resend`];
    return all.find((one) => own.some((link) => one.includes(link)));
  });
  return { notice, documentId: document.id };
}

test('what a customer wrote stands in the notice, as text, and nothing is said to be the words of a server', async () => {
  const text = 'Twice the <b>shelves</b>';
  const { notice } = await noticeAfter({ kind: 'disputed', name: '', text });
  assert.match(notice, /<blockquote>Twice the &lt;b&gt;shelves&lt;\/b&gt;<\/blockquote>/);
  assert.doesNotMatch(notice, /What their server said/);
});

test('a declared payment is told with its day and reference', async () => {
  const { notice } = await noticeAfter({
    kind: 'payment_declared',
    paidOn: '2026-11-20',
    reference: 'RF18 5390',
  });
  assert.match(notice, /<blockquote>[^<]*20 November 2026[^<]*RF18 5390<\/blockquote>/);
  assert.doesNotMatch(notice, /What their server said/);
});

test('a mail to the wrong mailbox is corrected and sent again from its notice', async () => {
  const { notice } = await noticeAfter({ kind: 'misdirected' });
  assert.match(notice, /<input[^>]*name="to"[^>]*value="anna@answers\.example"/);
});

const repairs: readonly [string, GivenResponse, DocumentEdit][] = [
  [
    'noted as paid',
    { kind: 'payment_declared', paidOn: '2026-11-20', reference: '' },
    { paid: { on: '2026-11-20' } },
  ],
  ['settled', { kind: 'disputed', name: '', text: 'Twice the shelves' }, { disputed: false }],
];
for (const [repair, given, edit] of repairs)
  test(`a notice about what a customer said goes away when the document is ${repair}`, async () => {
    const { documentId } = await noticeAfter(given);
    const { database, companyId, author } = installation;
    const by = { actor: 'user' as const, id: author.user.id };
    const changed = await asWorker(database, (tx) =>
      changeDocument(tx, { companyId, documentId, by }, edit, new Date()),
    );
    assert.ok(changed.ok);
    await until('it is closed', async () => {
      const html = await (await browser.get('/notices')).text();
      return !html.includes(documentId);
    });
  });
