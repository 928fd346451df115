import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getCustomer } from '#domain/customers';
import type { Message } from '#domain/outbox';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../../test/installation.ts';
import { type RudeServer, startRudeServer } from '../../../../test/servers/index.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';

let installation: TestInstallation;
let server: RudeServer;
let worker: Loop;
let web: Web;
let browser: Visitor;
let csrf: string;

before(async () => {
  installation = await testInstallation();
  server = await startRudeServer([
    { at: 'rcpt', when: /facturi@/, reply: '550 5.1.1 <facturi@ionescu.example>: User unknown' },
    { at: 'dot', times: 1, hangUp: 'reset' },
  ]);
  await installation.connect(server.port);
  worker = await startWorker(installation);
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  csrf = await browser.token('/documents');
});
after(async () => {
  await web.close();
  await worker.stop();
  await server.close();
  await installation.close();
});

async function sent(to: string, delivery: Message['delivery']): Promise<Message> {
  const document = await installation.addInvoice({ buyerName: `Customer of ${to}`, buyerEmail: to });
  const [first] = await installation.send(document, { to: [to], copyToSender: false });
  assert.ok(first);
  return until(delivery, async () => {
    const [message] = await installation.messages(first.dispatchId);
    return message?.delivery === delivery && message;
  });
}

async function noticesSaying(pattern: RegExp): Promise<string> {
  return until(`a notice that says ${pattern}`, async () => {
    const html = await (await browser.get('/notices')).text();
    return pattern.test(html) && html;
  });
}

test('an unconfirmed mail is never sent again by itself: a person says what became of it', async () => {
  const message = await sent('els@peeters.example', 'unconfirmed');
  await noticesSaying(/It is not certain that Customer of els@peeters\.example got invoice/);
  const page = await (await browser.get(`/emails/${message.id}`)).text();
  assert.match(page, /may have arrived/);
  const settled = await browser.post(`/emails/${message.id}/settle`, {
    csrf,
    as: 'delivered',
    back: '/notices',
  });
  assert.equal(settled.headers.get('location'), '/notices');
  const [now] = await installation.messages(message.dispatchId);
  assert.equal(now?.delivery, 'handed_off');
  const again = await browser.post(`/emails/${message.id}/settle`, { csrf, as: 'again', back: '/notices' });
  assert.equal(again.status, 303);
  assert.match(await (await browser.get('/notices')).text(), /no longer in that state/);
});

test('a wrong address is corrected and resent to this one person, and the contact with it', async () => {
  const message = await sent('facturi@ionescu.example', 'rejected');
  const html = await noticesSaying(/did not get/);
  assert.match(html, /The mailbox facturi@ionescu\.example does not exist/);
  assert.match(html, /User unknown/, 'the server’s own words are one click away');
  const notice = /<li data-state="failed" id="(ntc_\w+)"/.exec(html)?.[1] ?? '';
  const wrong = await browser.post(`/emails/${message.id}/resend`, {
    csrf,
    notice,
    back: '/notices',
    to: 'ionescu',
  });
  assert.equal(wrong.status, 422);
  assert.match(await wrong.text(), /value="ionescu"[\s\S]*no e-mail address/);
  const right = { csrf, notice, back: '/notices', to: 'facturare@ionescu.example' };
  const resent = await browser.post(`/emails/${message.id}/resend`, right);
  assert.equal(resent.status, 303);
  const [old] = await installation.messages(message.dispatchId);
  assert.ok(old?.replacedBy);
  const page = await (await browser.get(`/documents/${message.documentId}`)).text();
  assert.match(page, /Sent again to facturare@ionescu\.example/);
  await until(
    'the notice is gone',
    async () => !(await (await browser.get('/notices')).text()).includes(notice),
  );
  const customerId = /\/customers\/(cus_\w+)/.exec(page)?.[1] ?? '';
  const customer = await asWorker(installation.database, (tx) =>
    getCustomer(tx, installation.companyId, customerId),
  );
  assert.deepEqual(
    customer?.contacts.map((contact) => contact.email),
    ['facturare@ionescu.example'],
  );
  assert.match(
    await (await browser.get('/notices?tab=done')).text(),
    /Customer of facturi@ionescu\.example did not get/,
  );
});

test('the page of an e-mail shows it exactly, and its frame loads and follows nothing of ours', async () => {
  const message = await sent('jan@peeters.example', 'handed_off');
  const raw = await (await browser.get(`/emails/${message.id}/raw`)).text();
  assert.match(raw, /^(?:[\w-]+: |\s)[\s\S]*To: jan@peeters\.example/);
  const frame = await browser.get(`/emails/${message.id}/frame`);
  const html = await frame.text();
  assert.match(html, /See the invoice/);
  assert.doesNotMatch(html, /\/o\/[\w-]{20}|href="(?!#|\/emails\/)/);
  assert.match(frame.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/);
  const headers = await (await browser.get(`/emails/${message.id}?tab=headers`)).text();
  assert.match(headers, /Message-ID: /i);
  const page = await (await browser.get(`/emails/${message.id}`)).text();
  assert.match(page, /Not known to be opened/);
  assert.match(page, /events, unbroken/);
});

test('a notice that a person puts aside is gone from the open ones and stays among the done', async () => {
  await sent('facturi@popescu.example', 'rejected');
  const html = await noticesSaying(/data-state="failed" id="ntc_/);
  const id = /<li data-state="failed" id="(ntc_\w+)"/.exec(html)?.[1] ?? '';
  await browser.post(`/notices/${id}/dismiss`, { csrf, back: '/notices' });
  assert.doesNotMatch(await (await browser.get('/notices')).text(), new RegExp(id));
  assert.match(await (await browser.get('/notices?tab=done')).text(), new RegExp(id));
});

test('home tells what needs a person, whom one waits for and what has just happened', async () => {
  await sent('facturi@stanescu.example', 'rejected');
  await noticesSaying(/did not get/);
  const home = await (await browser.get('/')).text();
  assert.match(home, /Customer of facturi@stanescu\.example did not get invoice/);
  assert.match(home, /Waiting for customers[\s\S]*Customer of jan@peeters\.example[\s\S]*since today/);
  assert.match(home, /Just happened[\s\S]*facturi@stanescu\.example: refused/);
});
