import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeCompany } from '#domain/accounts';
import { putContact, receiveDocumentWithCustomer } from '#domain/customers';
import { closeCustomerLinks } from '#domain/dispatch';
import { type Document, getDocument } from '#domain/documents';
import { readEvents, sequence } from '#domain/evidence';
import { followNotices, listNotices } from '#domain/notices';
import { getLetters, getMessages, type Message } from '#domain/outbox';
import { responsesTo } from '#domain/responses';
import { engagementsOf, linkTokens, makeStaffMark, staffCookie } from '#domain/tracking';
import { asWorker, inCompany } from '#stores/database';
import { plainPdf } from '../../../test/fixtures/documents.ts';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { makePortal } from './index.ts';

let installation: TestInstallation;
let app: ReturnType<typeof makePortal>;
const clock = { now: new Date('2026-11-22T12:00:00Z') };

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
  app = makePortal({
    ...installation,
    journal: installation.hits,
    portalUrl: 'http://portal.example',
    clientIp: () => '81.82.83.84',
    sendNewLink: () => Promise.resolve(),
    askErasure: async () => undefined,
    askExport: async () => undefined,
    stopTracking: () => Promise.resolve(),
  });
});
after(() => installation.close());

const settings = (change: Parameters<typeof changeCompany>[2]) =>
  inCompany(installation.database, installation.companyId, (tx) =>
    changeCompany(tx, installation.companyId, change, clock.now),
  );

async function addQuote(number: string, total = '4120.00'): Promise<Document> {
  const received = await receiveDocumentWithCustomer(
    installation,
    {
      companyId: installation.companyId,
      by: { actor: 'user', id: null },
      fileName: 'quote.pdf',
      bytes: await plainPdf({ number, sellerName: 'Vautrin Joinery', buyerName: 'Studio Lindqvist' }),
      facts: {
        kind: 'quote',
        number,
        total,
        currency: 'EUR',
        dueDate: '2026-12-15',
        customer: { name: 'Studio Lindqvist' },
      },
    },
    clock.now,
  );
  assert.ok(received.ok);
  return received.document;
}

/** Sends a document and opens its page as the customer: the path, the cookie of the browser, the page's text. */
async function visit(document: Document, to = 'maja@lindqvist.example') {
  const [message] = await installation.send(document, { to: [to], copyToSender: false });
  assert.ok(message);
  const path = `/d/${linkTokens(installation.linkKey, message.id, 1).page}`;
  const response = await app.request(path);
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const post = (below: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.request(`${path}/${below}?lang=en`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams({ document: document.id, ...fields }).toString(),
    });
  return {
    path,
    cookie,
    message,
    html: await response.text(),
    post,
    get: (below: string) => app.request(`${path}${below}`, { headers: { cookie } }),
  };
}

const current = (document: Document) =>
  inCompany(installation.database, installation.companyId, (tx) =>
    getDocument(tx, installation.companyId, document.id),
  );
const responses = (document: Document) =>
  inCompany(installation.database, installation.companyId, (tx) =>
    responsesTo(tx, installation.companyId, [document.id]),
  );
const besides = async (message: Message, role: Message['role']) =>
  asWorker(installation.database, async (tx) => {
    const all = await getMessages(tx, installation.companyId, { dispatchIds: [message.dispatchId] });
    const own = all.filter((one) => one.role === role);
    return {
      own,
      letters: await getLetters(
        tx,
        own.map((one) => one.letterId),
      ),
    };
  });
async function notices(): Promise<string[]> {
  await sequence(installation.database);
  await followNotices(installation.database, 'wait');
  const open = await inCompany(installation.database, installation.companyId, (tx) =>
    listNotices(tx, installation.companyId, { before: null, limit: 100 }),
  );
  return open.map((one) => one.kind);
}

test('a quote is accepted with a name and the terms, once, and both sides get the receipt', async () => {
  await settings({ quoteTerms: 'Half on order.', decisionCodeAbove: null });
  const quote = await addQuote('Q-1');
  const { html, post, message, get } = await visit(quote);
  assert.match(html, /Accept the quote for 4,120\.00\sEUR/u);
  assert.match(html, /Half on order\./);
  assert.equal(
    (await post('decide', { kind: 'accepted', name: 'Maja Lindqvist' })).status,
    422,
    'the tick is needed',
  );
  assert.equal((await post('decide', { kind: 'accepted', name: ' ', may: 'yes' })).status, 422, 'and a name');
  assert.deepEqual(await responses(quote), []);
  const answer = { kind: 'accepted', name: 'Maja Lindqvist', may: 'yes', remark: 'Please before <Easter>.' };
  const accepted = await post('decide', answer);
  assert.equal(accepted.status, 303);
  assert.match(accepted.headers.get('location') ?? '', /\/thanks\/accepted\?lang=en$/);
  assert.equal((await post('decide', { ...answer, kind: 'refused' })).status, 422, 'it is decided');
  const [response, ...others] = await responses(quote);
  assert.deepEqual(
    [response?.kind, response?.name, response?.text, response?.data.verified, others.length],
    ['accepted', 'Maja Lindqvist', 'Please before <Easter>.', false, 0],
  );
  const mailed = [await besides(message, 'notification'), await besides(message, 'copy')];
  for (const { own, letters } of mailed) {
    assert.equal(own.length, 1);
    assert.equal(letters[0]?.attachments[0]?.sha256, response?.data.receipt);
  }
  const pdf = await installation.files.get(installation.companyId, response?.data.receipt ?? '');
  assert.match(pdf?.subarray(0, 5).toString() ?? '', /%PDF-/);
  assert.match(await (await get('?lang=en')).text(), /Accepted by Maja Lindqvist/);
  assert.ok((await notices()).includes('customer_accepted'));
  const events = await inCompany(installation.database, installation.companyId, (tx) =>
    readEvents(tx, { kind: 'dispatch', id: message.dispatchId, limit: 100 }),
  );
  const decision = events.find((event) => event.type === 'decision.accepted');
  assert.equal(decision?.data['pdfSha256'], quote.pdfSha256);
  assert.equal(decision?.data['terms'], 'Half on order.');
});

test('above the company’s limit nothing is decided without the code from the mailbox', async () => {
  await settings({ decisionCodeAbove: '1000' });
  const quote = await addQuote('Q-2');
  const { post, message, cookie, path } = await visit(quote);
  const answer = { kind: 'accepted', name: 'Maja Lindqvist', may: 'yes' };
  const asked = await post('decide', answer);
  assert.equal(asked.status, 200);
  assert.match(await asked.text(), /name="code"/);
  assert.deepEqual(await responses(quote), []);
  const { own, letters } = await besides(message, 'notification');
  assert.equal(own[0]?.address, 'maja@lindqvist.example');
  const code = /(\d{4} \d{4})/.exec(letters[0]?.text ?? '')?.[1] ?? '';
  assert.equal((await post('decide', { ...answer, code: '0000 0000' })).status, 422);
  const elsewhere = await app.request(`${path}/decide`, {
    method: 'POST',
    headers: {
      cookie: cookie.replace(/=.{4}/, '=AAAA'),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ document: quote.id, ...answer, code }).toString(),
  });
  assert.equal(elsewhere.status, 422, 'another browser has no use for the code');
  assert.equal((await post('decide', { ...answer, code })).status, 303);
  assert.equal((await responses(quote))[0]?.data.verified, true);
  const small = await visit(await addQuote('Q-3', '999.00'));
  assert.equal(
    (await small.post('decide', { ...answer, document: (await addQuote('Q-4')).id })).status,
    422,
    'a document of another mail',
  );
});

test('five wrong tries spend a code, and after ten minutes it is too old', async () => {
  await settings({ decisionCodeAbove: '0' });
  for (const spoil of ['tries', 'time'] as const) {
    const quote = await addQuote(`Q-spoil-${spoil}`);
    const { post, message } = await visit(quote);
    const answer = { kind: 'accepted', name: 'Maja Lindqvist', may: 'yes' };
    await post('decide', answer);
    const { letters } = await besides(message, 'notification');
    const code = /(\d{4} \d{4})/.exec(letters[0]?.text ?? '')?.[1] ?? '';
    if (spoil === 'tries')
      for (let time = 0; time < 5; time += 1) await post('decide', { ...answer, code: '1' });
    else clock.now = new Date(clock.now.getTime() + 10 * 60_000);
    assert.equal((await post('decide', { ...answer, code })).status, 422, spoil);
    assert.deepEqual(await responses(quote), []);
  }
});

test('a dispute marks the document, a declared payment does not, a mistake closes the link', async () => {
  const invoice = await installation.addInvoice();
  const { post, path } = await visit(invoice);
  assert.equal(
    (await post('answer', { kind: 'payment_declared', paidOn: '2026-11-20', reference: 'X1' })).status,
    303,
  );
  assert.equal((await post('answer', { kind: 'payment_declared', paidOn: '2027-11-20' })).status, 422);
  assert.equal((await current(invoice))?.paidOn, null, 'only the company says that it is paid');
  assert.equal((await post('answer', { kind: 'disputed', text: ' ' })).status, 422);
  assert.equal((await post('answer', { kind: 'disputed', text: 'Twice the shelves' })).status, 303);
  assert.ok((await current(invoice))?.disputedAt);
  assert.equal((await post('answer', { kind: 'replied', text: 'Hello' })).status, 303);
  assert.equal((await post('answer', { kind: 'misdirected' })).status, 303);
  assert.equal((await app.request(path)).status, 404);
  assert.equal((await post('answer', { kind: 'replied', text: 'Again' })).status, 404);
  const kinds = await notices();
  for (const kind of ['customer_paid', 'customer_disputed', 'customer_replied', 'customer_misdirected'])
    assert.ok(kinds.includes(kind), kind);
});

const answers: readonly Record<string, string>[] = [
  { kind: 'replied', text: 'When do you deliver?' },
  { kind: 'disputed', text: 'Twice the shelves' },
  { kind: 'payment_declared', paidOn: '2026-11-20' },
  { kind: 'forwarded', to: 'colleague@lindqvist.example' },
];
for (const given of answers)
  test(`who answers on the page (${given['kind']}) has seen it: the message is replied to, in every mode`, async () => {
    await settings({ trackingMode: 'none' });
    const { post, message } = await visit(await installation.addInvoice());
    assert.equal(await levelOf(message.id), 'none');
    assert.equal((await post('answer', given)).status, 303);
    assert.equal(await levelOf(message.id), 'replied');
    await settings({ trackingMode: 'full' });
  });

test('who got it by mistake says nothing of its recipient', async () => {
  await settings({ trackingMode: 'none' });
  const { post, message } = await visit(await installation.addInvoice());
  assert.equal((await post('answer', { kind: 'misdirected' })).status, 303);
  assert.equal(await levelOf(message.id), 'none');
  await settings({ trackingMode: 'full' });
});

async function levelOf(messageId: string): Promise<string> {
  const known = await asWorker(installation.database, (tx) => engagementsOf(tx, [messageId]));
  return known[0]?.level ?? 'none';
}

test('a colleague gets a mail and a link of his own, and no stranger more than three', async () => {
  const invoice = await installation.addInvoice();
  const { post } = await visit(invoice);
  assert.equal((await post('answer', { kind: 'forwarded', to: 'nobody' })).status, 422);
  for (const who of ['a', 'b', 'c'])
    assert.equal((await post('answer', { kind: 'forwarded', to: `${who}@lindqvist.example` })).status, 303);
  assert.equal((await post('answer', { kind: 'forwarded', to: 'd@lindqvist.example' })).status, 429);
  const messages = await asWorker(installation.database, (tx) =>
    getMessages(tx, installation.companyId, { documentIds: [invoice.id] }),
  );
  assert.ok(messages.some((one) => one.address === 'a@lindqvist.example' && one.role === 'to'));
});

test('what is due can be paid by code and by link, and nothing once it is paid', async () => {
  await settings({
    iban: 'BE71096123456769',
    bic: 'KREDBEBB',
    paymentLink: 'https://pay.example/?n={number}&a={amount}',
  });
  const invoice = await installation.addInvoice();
  const { html, get } = await visit(invoice);
  assert.match(html, /BE71 0961 2345 6769/);
  assert.match(html, /href="https:\/\/pay\.example\/\?n=2026-\d+&amp;a=1500\.40"/);
  const code = await get(`/pay/${invoice.id}.epc.svg`);
  assert.equal(code.headers.get('content-type'), 'image/svg+xml');
  assert.equal((await get(`/pay/${invoice.id}.swiss.svg`)).status, 404, 'the account is not Swiss');
});

test('all open documents are shown to the contact who types the code, and to nobody else', async () => {
  const invoice = await installation.addInvoice();
  const stranger = await visit(invoice, 'stranger@elsewhere.example');
  assert.equal((await stranger.post('open/code', {})).status, 422, 'no contact of the customer');
  await inCompany(installation.database, installation.companyId, (tx) =>
    putContact(
      tx,
      {
        companyId: installation.companyId,
        customerId: (invoice.customerId ?? '') as string,
        by: { actor: 'user', id: null },
      },
      { email: 'boss@lindqvist.example' },
      clock.now,
    ),
  );
  const { get, post, message } = await visit(invoice, 'boss@lindqvist.example');
  assert.match(await (await get('/open')).text(), /Mail me a code/);
  assert.equal((await get('/open/all.zip')).status, 404);
  const asked = await post('open/code', {});
  assert.equal(asked.status, 200);
  const { letters } = await besides(message, 'notification');
  const code = /(\d{4} \d{4})/.exec(letters[0]?.text ?? '')?.[1] ?? '';
  assert.equal((await post('open', { code: '11111111' })).status, 422);
  assert.equal((await post('open', { code })).status, 303);
  const list = await (await get('/open?lang=en')).text();
  assert.match(list, new RegExp(invoice.number ?? ''));
  const zip = await get('/open/all.zip');
  assert.equal(
    Buffer.from(await zip.arrayBuffer())
      .subarray(0, 2)
      .toString(),
    'PK',
  );
  // The limit is 250 MB; what a document has is believed by its row.
  await asWorker(installation.database, (tx) =>
    tx
      .updateTable('documents')
      .set({ pdf_bytes: 300 * 2 ** 20 })
      .where('id', '=', invoice.id)
      .execute(),
  );
  const tooLarge = await get('/open/all.zip');
  assert.equal(tooLarge.status, 413);
  assert.match(await tooLarge.text(), /too large for one ZIP\. Download each of them by itself/);
});

test('other sites and the sender’s duplicate answer nothing', async () => {
  const quote = await addQuote('Q-9');
  const { post } = await visit(quote);
  const answer = { kind: 'refused', name: 'Maja' };
  assert.equal((await post('decide', answer, { 'sec-fetch-site': 'cross-site' })).status, 404);
  const messages = await installation.send(quote, { to: ['els@peeters.example'], copyToSender: true });
  const copy = messages.find((one) => one.role === 'copy');
  const path = `/d/${linkTokens(installation.linkKey, copy?.id ?? '', 1).page}`;
  assert.doesNotMatch(await (await app.request(path)).text(), /<form/);
  const body = new URLSearchParams({ document: quote.id, ...answer }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  assert.equal((await app.request(`${path}/decide`, { method: 'POST', headers, body })).status, 404);
  assert.deepEqual(await responses(quote), []);
});

test('links that the company closes open nothing any more, and no new one comes by asking', async () => {
  const [invoice, other] = [await installation.addInvoice(), await installation.addInvoice()];
  const [closed, open] = [await visit(invoice), await visit(other)];
  const by = { actor: 'user', id: installation.author.id } as const;
  const of = { companyId: installation.companyId, documentId: invoice.id, by };
  const count = await inCompany(installation.database, installation.companyId, (tx) =>
    closeCustomerLinks(tx, of, clock.now),
  );
  assert.equal(count, 1);
  const fresh = `?lang=fr`; // another page than the one that was just kept
  await new Promise((resolve) => setTimeout(resolve, 1100)); // a link is kept for a second
  assert.equal((await closed.get(fresh)).status, 404);
  assert.equal((await open.get(fresh)).status, 200);
});

test('somebody of the company who is signed in answers nothing in the customer’s name', async () => {
  await settings({ decisionCodeAbove: null });
  const quote = await addQuote('Q-staff');
  const { post, cookie } = await visit(quote);
  const mark = makeStaffMark(
    installation.staffKey,
    [installation.companyId],
    new Date(clock.now.getTime() + 60_000),
  );
  const refused = await post('decide', { kind: 'refused' }, { cookie: `${cookie}; ${staffCookie}=${mark}` });
  assert.equal(refused.status, 422);
  assert.deepEqual(await responses(quote), []);
  assert.equal((await post('decide', { kind: 'refused' })).status, 303);
  assert.equal(
    (await responses(quote))[0]?.name,
    'maja@lindqvist.example',
    'whoever declines need not type a name',
  );
});
