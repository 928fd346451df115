import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import { found } from '../../../roof/found.ts';
import type { Web } from '../index.ts';
import { safeMailHtml } from '../staff/mail-frame.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;
const messageId = 'msg_01K00000000000000000000001';

before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  await keep(messageId, hostileMail);
});
after(async () => {
  await web.close();
  await installation.close();
});

const hostileMail = [
  'From: "Vautrin" <invoices@vautrin.example>',
  'To: els@peeters.example',
  'Subject: =?utf-8?q?Invoice_<b>1</b>?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=x',
  '',
  '--x',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<style>p{color:red}</style><p onclick="alert(1)">Hello</p><script>alert(1)</script>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<form action="https://evil.example"><input name="a"></form><iframe src="/"></iframe>',
  '<a href="javascript:alert(1)">a</a> <a href="https://peeters.example">b</a><base href="https://evil.example">',
  '--x',
  'Content-Type: text/html; name="bill.html"',
  'Content-Disposition: attachment; filename="bi\\"ll.html"',
  '',
  '<script>alert(1)</script>',
  '--x--',
  '',
].join('\r\n');

function keep(id: string, raw: string): Promise<unknown> {
  return inCompany(installation.database, installation.companyId, (tx) =>
    tx
      .insertInto('sandbox_mails')
      .values({
        message_id: id,
        company_id: installation.companyId,
        recipient: 'els@peeters.example',
        raw: Buffer.from(raw),
        received_at: new Date(),
      })
      .execute(),
  );
}

test('a mail is shown in a frame that runs nothing, and is safe even where it is opened by itself', async () => {
  const frame = await browser.get(`/sandbox/${messageId}/frame`);
  const policy = frame.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /; sandbox allow-popups allow-popups-to-escape-sandbox/);
  assert.doesNotMatch(policy, /script|allow-same-origin|allow-forms/);
  assert.equal(frame.headers.get('x-frame-options'), 'SAMEORIGIN');
  const html = await frame.text();
  assert.doesNotMatch(html, /script|onclick|<form|<iframe|<meta|<base|javascript:/);
  assert.match(html, /<style>p\{color:red\}<\/style>/);
  assert.match(html, /<a href="https:\/\/peeters\.example" target="_blank" rel="noopener noreferrer">b<\/a>/);
});

test('what a mail says of itself is text on our page', async () => {
  const html = await (await browser.get(`/sandbox/${messageId}`)).text();
  assert.match(html, /Invoice &lt;b&gt;1&lt;\/b&gt;/);
  assert.match(html, /sandbox="allow-popups allow-popups-to-escape-sandbox"/);
});

test('a mail of the house is in the list by its subject', async () => {
  const html = await (await browser.get('/sandbox')).text();
  assert.ok(html.includes('Invoice &lt;b&gt;1&lt;/b&gt;'));
  assert.ok(!html.includes(`>${messageId}<`));
});

test('an attachment is saved and never shown', async () => {
  const file = await browser.get(`/sandbox/${messageId}/attachments/0`);
  assert.equal(file.headers.get('content-type'), 'application/octet-stream');
  assert.match(
    file.headers.get('content-disposition') ?? '',
    /^attachment; filename="[^"]*"; filename\*=UTF-8''/,
  );
  assert.match(file.headers.get('content-security-policy') ?? '', /sandbox/);
  for (const number of ['1', '-1', 'x', '__proto__'])
    assert.equal((await browser.get(`/sandbox/${messageId}/attachments/${number}`)).status, 404, number);
});

test('another company does not see the mail', async () => {
  const eve = { email: 'eve@other.example', password: 'another oak wall', firstName: 'Eve', lastName: '' };
  const made = await found(installation, {
    company: { name: 'Other', country: 'BE', language: 'en', trackingMode: 'none', trackingBasis: 'consent' },
    owner: eve,
  });
  assert.ok(made.ok);
  const stranger = visitor(web.app);
  await stranger.signIn(eve);
  for (const path of ['', '/frame', '/attachments/0'])
    assert.equal((await stranger.get(`/sandbox/${messageId}${path}`)).status, 404, path);
  assert.doesNotMatch(await (await stranger.get('/sandbox')).text(), /peeters/);
});

test('the list is paged, newest first, and a made-up place is the beginning', async () => {
  for (let count = 10; count < 65; count += 1)
    await keep(`msg_01K000000000000000000000${count}`, hostileMail.replace('Hello', String(count)));
  const first = await (await browser.get('/sandbox')).text();
  assert.equal(first.match(/href="\/sandbox\/msg_/g)?.length, 50);
  const older = /href="(\/sandbox\?before=[^"]+)"/.exec(first)?.[1] ?? '';
  const second = await (await browser.get(older)).text();
  assert.equal(second.match(/href="\/sandbox\/msg_/g)?.length, 6);
  assert.match(second, new RegExp(messageId));
  assert.equal((await browser.get("/sandbox?before=0'--")).status, 200);
});

test('what mails are made of survives the cleaning', () => {
  const kept = safeMailHtml(
    '<table width="100%" bgcolor="#fff"><tr><td style="padding:1px" class="pad">x</td></tr></table>',
  );
  assert.equal(
    kept,
    '<table width="100%" bgcolor="#fff"><tr><td style="padding:1px" class="pad">x</td></tr></table>',
  );
});
