import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';
import { messageFilter, readEmailsQuery } from './emails-query.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;

before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
});

test('the list shows each recipient’s e-mail, not the sender’s duplicate, and its export the same', async () => {
  const document = await installation.addInvoice({ number: 'E-1' });
  await installation.send(document, {
    to: ['els@peeters.example'],
    bcc: ['books@numbers.example'],
    copyToSender: true,
  });
  const html = await (await browser.get('/emails')).text();
  assert.match(html, /els@peeters\.example/);
  assert.match(html, /books@numbers\.example\s*<small> Bcc/);
  assert.equal(html.match(/data-row="\/emails\/msg_/g)?.length, 2);
  const table = await (await browser.get('/emails/export?q=els')).text();
  assert.equal(table.trim().split('\r\n').length, 2);
  assert.match(table, /,els@peeters\.example,To,/);
  assert.match(await (await browser.get('/emails?state=failed')).text(), /No e-mail fits/);
});

test('periods begin and end at midnight on the company’s clock', () => {
  const now = new Date('2026-03-15T10:00:00Z');
  const span = (query: Record<string, string>) => {
    const { from, before } = messageFilter(readEmailsQuery(query), 'Europe/Brussels', now);
    return [from?.toISOString(), before?.toISOString()];
  };
  assert.deepEqual(span({ period: 'today' }), ['2026-03-14T23:00:00.000Z', '2026-03-15T23:00:00.000Z']);
  assert.deepEqual(span({ period: 'lastMonth' }), ['2026-01-31T23:00:00.000Z', '2026-02-28T23:00:00.000Z']);
  assert.deepEqual(span({ from: '2026-03-29', to: '2026-03-29' }), [
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ]);
  assert.deepEqual(span({ from: 'x', to: '2026-02-30' }), [undefined, undefined]);
});
