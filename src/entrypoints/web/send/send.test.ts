import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Document, getDocument } from '#domain/documents';
import { logSize, sequence } from '#domain/evidence';
import { getLetters, getMessages, type Message } from '#domain/outbox';
import { asWorker } from '#stores/database';
import { plainPdf } from '../../../../test/fixtures/documents.ts';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { startPolite } from '../../../../test/servers/index.ts';
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

/** The fields of the window as a browser without a script posts them. */
async function windowOf(document: string): Promise<Record<string, string>> {
  const html = await (await browser.get(`/send?document=${document}`)).text();
  const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const subject = /id="subject" name="subject" value="([^"]+)"/.exec(html)?.[1] ?? '';
  return {
    csrf,
    once,
    document,
    purpose: 'first',
    subject,
    subjectWas: subject,
    when: 'now',
    attach: 'link',
  };
}

const messagesOf = (document: string): Promise<Message[]> =>
  asWorker(installation.database, (tx) =>
    getMessages(tx, installation.companyId, { documentIds: [document] }),
  );

test('what stands in the window is what is sent, and the undo is offered', async () => {
  const document = await installation.addInvoice();
  const form = await windowOf(document.id);
  assert.match(form['subject'] ?? '', /2026-0001/);
  const to = 'Els Peeters <els@peeters.example>; shop@peeters.example';
  const sent = await browser.post('/send', {
    ...form,
    to,
    cc: '',
    bcc: 'books@numbers.example',
    copyToSender: 'on',
  });
  assert.equal(sent.status, 303);
  const messages = await messagesOf(document.id);
  assert.deepEqual(
    messages.map((message) => [message.role, message.address, message.delivery]),
    [
      ['to', 'els@peeters.example', 'scheduled'],
      ['to', 'shop@peeters.example', 'scheduled'],
      ['bcc', 'books@numbers.example', 'scheduled'],
      ['copy', 'claire@vautrin.example', 'scheduled'],
    ],
  );
  const page = await (await browser.get(sent.headers.get('location') ?? '')).text();
  assert.match(page, /Going out in \d+ s/);
  const undone = await browser.post(`/dispatches/${messages[0]?.dispatchId}/cancel`, {
    csrf,
    back: '/documents',
  });
  assert.equal(undone.headers.get('location'), '/documents');
  assert.match(await (await browser.get('/documents')).text(), /4 e-mails were taken back/);
  assert.ok((await messagesOf(document.id)).every((message) => message.delivery === 'canceled'));
});

test('a second click on "send" sends nothing twice', async () => {
  const document = await installation.addInvoice();
  const form = { ...(await windowOf(document.id)), to: 'els@peeters.example' };
  const [first, second] = await Promise.all([browser.post('/send', form), browser.post('/send', form)]);
  assert.equal(first?.headers.get('location'), second?.headers.get('location'));
  assert.equal((await messagesOf(document.id)).length, 1);
});

test('what is wrong stands beside its field, and nothing is sent', async () => {
  const document = await installation.addInvoice();
  const form = await windowOf(document.id);
  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ to: 'els@peeters' }, /“els@peeters” is no e-mail address/],
    [{ to: '' }, /Type an address/],
    [{ to: 'els@peeters.example', subject: '' }, /needs a subject/],
    [{ to: 'els@peeters.example', attach: 'attachment' }, /with neither, they get nothing/],
    [{ to: 'els@peeters.example', when: 'at', sendAt: '2020-01-01T09:00' }, /This time has passed/],
    [{ to: 'els@peeters.example', when: 'at', sendAt: 'soon' }, /within a year/],
  ];
  for (const [fields, sentence] of wrong) {
    const answer = await browser.post('/send', { ...form, ...fields });
    const html = (await answer.text()).replaceAll('&quot;', '"');
    assert.equal(answer.status, 422, JSON.stringify(fields));
    assert.match(html, sentence);
  }
  assert.deepEqual(await messagesOf(document.id), []);
});

test('a planned send waits for its time on the company’s clock', async () => {
  const document = await installation.addInvoice();
  const year = new Date().getUTCFullYear() + (new Date().getUTCMonth() > 5 ? 1 : 0);
  const form = {
    ...(await windowOf(document.id)),
    to: 'els@peeters.example',
    when: 'at',
    sendAt: `${year}-07-01T09:30`,
  };
  assert.equal((await browser.post('/send', form)).status, 303);
  const [message] = await messagesOf(document.id);
  assert.equal(message?.dueAt.toISOString(), `${year}-07-01T07:30:00.000Z`);
});

async function plainDocument(number: string): Promise<Document> {
  const bytes = await plainPdf({ number, buyerName: 'Galerie Oost', buyerEmail: null });
  const file = new File([new Uint8Array(bytes)], 'letter.pdf');
  const answer = await browser.post('/documents/upload', { csrf, file }, { accept: 'application/json' });
  const { href } = (await answer.json()) as { href: string };
  const document = await asWorker(installation.database, (tx) =>
    getDocument(tx, installation.companyId, href.split('/').at(-1) ?? ''),
  );
  assert.ok(document);
  return document;
}

test('looking at the window and its previews changes nothing', async () => {
  const document = await plainDocument('P-1');
  const size = async (): Promise<number> => {
    await sequence(installation.database);
    return asWorker(installation.database, logSize);
  };
  const before = await size();
  const form = { ...(await windowOf(document.id)), 'facts.number': 'P-9', 'facts.customer': 'Galerie Oost' };
  const facts = {
    'facts.kind': 'invoice',
    'facts.total': '12,50',
    'facts.currency': 'EUR',
    to: 'a@oost.example',
  };
  for (const as of ['parts', 'mail', 'phone', 'portal']) {
    const answer = await browser.post('/send/preview', { ...form, ...facts, as });
    assert.equal(answer.status, 200, as);
    assert.match(await answer.text(), /P-9/, as);
  }
  const after = await asWorker(installation.database, (tx) =>
    getDocument(tx, installation.companyId, document.id),
  );
  // The upload has its pages drawn beside, and they may be ready only now.
  assert.deepEqual({ ...after, images: document.images }, document);
  assert.equal(await size(), before);
});

test('facts typed in the window are kept with the document; a wrong one is refused with the send', async () => {
  const document = await plainDocument('P-2');
  const form = await windowOf(document.id);
  const facts = {
    'facts.kind': 'invoice',
    'facts.number': 'P-2',
    'facts.customer': 'Galerie Oost',
    'facts.total': 'a lot',
    'facts.currency': 'EUR',
    'facts.issueDate': '',
    'facts.dueDate': '',
  };
  const refused = await browser.post('/send', { ...form, ...facts, to: 'a@oost.example' });
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /Type an amount/);
  assert.deepEqual(await messagesOf(document.id), []);
  const sent = await browser.post('/send', {
    ...form,
    ...facts,
    'facts.total': '1.284,00',
    to: 'a@oost.example',
  });
  assert.equal(sent.status, 303);
  const kept = await asWorker(installation.database, (tx) =>
    getDocument(tx, installation.companyId, document.id),
  );
  assert.deepEqual([kept?.number, kept?.total], ['P-2', '1284.00']);
  const [message] = await messagesOf(document.id);
  const [letter] = await asWorker(installation.database, (tx) => getLetters(tx, [message?.letterId ?? '']));
  assert.match(letter?.html ?? '', /1,284\.00/);
});

test('what is written in the editor is cleaned before anybody sees it', async () => {
  const document = await installation.addInvoice();
  const html =
    '<div>Hello<script>alert(1)</script><img src="https://x.example/i.png" onerror="alert(2)"> <b>you</b></div>';
  const form = { ...(await windowOf(document.id)), to: 'els@peeters.example', html };
  const parts = await (await browser.post('/send/preview', { ...form, as: 'parts' })).text();
  assert.match(parts, /Hello\s*<b>you<\/b>/);
  assert.doesNotMatch(parts, /alert\(|x\.example/);
  assert.equal((await browser.post('/send', form)).status, 303);
  const [message] = await messagesOf(document.id);
  const [letter] = await asWorker(installation.database, (tx) => getLetters(tx, [message?.letterId ?? '']));
  assert.doesNotMatch(letter?.html ?? '', /alert\(|x\.example/);
});

test('a sender whose password is wrong is found out before anything is queued; who insists may let it wait', async (t) => {
  const server = await startPolite({ users: { invoices: 'right' } });
  t.after(() => server.close());
  const senderId = await installation.connect(server.port, { user: 'invoices', password: 'wrong' });
  const document = await installation.addInvoice();
  const form = { ...(await windowOf(document.id)), senderId, to: 'els@peeters.example' };
  const parts = await (await browser.post('/send/preview', { ...form, as: 'parts' })).text();
  assert.match(parts, /does not work at the moment/);
  assert.match(parts, /cannot send/);
  for (const path of ['/send', '/send/check']) {
    const refused = await browser.post(path, form);
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /User or password is not right|refused the sign-in/);
  }
  assert.deepEqual(await messagesOf(document.id), []);
  assert.equal((await browser.post('/send', { ...form, anyway: 'on' })).status, 303);
  assert.equal((await messagesOf(document.id)).length, 1);
});
