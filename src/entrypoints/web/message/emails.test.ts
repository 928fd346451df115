import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dayIn } from '#base/time';
import { catchUp, readFigures, rebuildOverview } from '#domain/overview';
import { listSenders } from '#domain/senders';
import { startWorker } from '#entrypoints/worker';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../../test/installation.ts';
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
  const workbook = await browser.get('/emails/export?q=els&format=xlsx');
  assert.match(workbook.headers.get('content-type') ?? '', /spreadsheetml/);
  assert.equal(Buffer.from(await workbook.arrayBuffer()).toString('latin1', 0, 2), 'PK');
  assert.match(await (await browser.get('/emails?state=failed')).text(), /No e-mail fits/);
});

test('of an e-mail that was kept in the sandbox its page says that nobody was mailed', async () => {
  const document = await installation.addInvoice({ number: 'E-S' });
  const [message] = await installation.send(document, { to: ['s@sandbox.example'], copyToSender: false });
  const worker = await startWorker(installation);
  await until('it has left', async () =>
    (await installation.messages(message!.dispatchId)).every((one) => one.delivery === 'handed_off'),
  );
  await worker.stop();
  const html = await (await browser.get(`/emails/${message!.id}`)).text();
  assert.match(html, /Kept in the sandbox: nobody was mailed/);
  assert.doesNotMatch(html, /Handed to the mail server/);
});

test('without a period the list is that of the current year, and the button says which days', async () => {
  const year = new Date().getFullYear();
  const html = await (await browser.get('/emails')).text();
  assert.ok(html.includes(`01/01/${year} → 31/12/${year}`));
  assert.match(await (await browser.get('/emails?period=lastYear')).text(), /No e-mail fits/);
});

test('totals per state filter when clicked, and count what the list shows', async () => {
  const document = await installation.addInvoice({ number: 'E-2' });
  const later = new Date(Date.now() + 3_600_000);
  await installation.send(document, { to: ['jo@later.example'], sendAt: later });
  const html = await (await browser.get('/emails?recipient=later.example')).text();
  assert.match(html, /href="\/emails\?recipient=later\.example&amp;state=waiting"[^>]*>.*?<b>1<\/b>/s);
  assert.match(html, /Goes out .*<\/small>/);
  const waiting = await (await browser.get('/emails?recipient=later.example&state=waiting')).text();
  assert.equal(waiting.match(/data-row=/g)?.length, 1);
  assert.match(waiting, /aria-current="true"[^>]*>\s*<svg[^>]*><use href="#i-waiting"/);
});

test('tabs, totals and rows fetch themselves anew for the same question, as something happens', async () => {
  const path = '/emails?recipient=later.example&state=waiting';
  const html = await (await browser.get(path)).text();
  const [, address = ''] = /data-live="any" data-fragment="([^"]+)"/.exec(html) ?? [];
  const fragment = address.replaceAll('&amp;', '&');
  assert.equal(fragment, '/fragments/emails/list?recipient=later.example&state=waiting');
  const piece = await (await browser.get(fragment)).text();
  assert.ok(piece.startsWith('<div id="emails"'));
  assert.ok(html.includes(piece));
});

test('the figures fetch themselves anew for the same period, as something happens', async () => {
  const path = '/emails/figures?period=all&kind=invoice';
  const html = await (await browser.get(path)).text();
  const fragment = /data-live="any" data-fragment="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  assert.equal(fragment, '/fragments/figures/all?period=all&kind=invoice');
  const piece = await (await browser.get(fragment)).text();
  assert.ok(piece.startsWith('<div id="figures"'));
  assert.ok(html.includes(piece));
});

test('of what was opened and bounced later the export says both, as the screen does', async () => {
  const { database } = installation;
  const document = await installation.addInvoice({ number: 'E-BOTH' });
  const [message] = await installation.send(document, { to: ['both@bounce.example'], copyToSender: false });
  const opened = {
    first_opened_at: new Date(),
    last_opened_at: new Date(),
    level: 'opened',
    opened_count: 1,
  };
  await inCompany(database, installation.companyId, (tx) =>
    tx
      .insertInto('engagements')
      .values({
        ...{ message_id: message!.id, company_id: installation.companyId, dispatch_id: message!.dispatchId },
        ...{
          viewed_count: 0,
          downloaded_count: 0,
          machine_count: 0,
          machine_actors: [],
          last_at: new Date(),
        },
        ...{
          first_viewed_at: null,
          last_viewed_at: null,
          first_downloaded_at: null,
          last_downloaded_at: null,
        },
        ...opened,
      } as never)
      .execute(),
  );
  await database.owner.query("update messages set delivery = 'bounced' where id = $1", [message!.id]);
  await rebuildOverview(database, [installation.companyId]);
  for (const path of ['/emails/export?recipient=both', '/documents/export?q=E-BOTH'])
    assert.match(await (await browser.get(path)).text(), /Opened, then bounced/, path);
});

test('sender, kind and purpose narrow the list', async () => {
  const all = (await (await browser.get('/emails')).text()).match(/data-row=/g)?.length;
  const [, sender] = /sender=(snd_\w+)/.exec(await (await browser.get('/emails')).text()) ?? [];
  const rows = async (query: string) =>
    (await (await browser.get(`/emails?${query}`)).text()).match(/data-row=/g)?.length ?? 0;
  assert.equal(await rows(`sender=${sender}`), all);
  assert.equal(await rows('kind=invoice'), all);
  assert.equal(await rows('kind=quote'), 0);
  assert.equal(await rows('purpose=resend'), 0);
});

test('a sender that was removed can still be chosen where it has e-mails', async () => {
  const { database, companyId } = installation;
  const senderId = await inCompany(database, companyId, async (tx) => {
    const [sandbox] = await listSenders(tx, companyId);
    const columns = { id: 'snd_removed', address: 'old@vautrin.example', deleted_at: new Date() };
    const row = await tx
      .selectFrom('senders')
      .selectAll()
      .where('id', '=', sandbox!.id)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('senders')
      .values({ ...row, ...columns, settings: JSON.stringify(row.settings) as never })
      .execute();
    return columns.id;
  });
  const shown = async () =>
    (await (await browser.get('/emails')).text()).includes('old@vautrin.example (removed)');
  assert.equal(await shown(), false);
  const [message] = await installation.send(await installation.addInvoice(), {
    to: ['r@removed.example'],
    copyToSender: false,
  });
  await database.owner.query('update messages set sender_id = $1 where id = $2', [senderId, message!.id]);
  await rebuildOverview(database, [installation.companyId]);
  assert.equal(await shown(), true);
  const html = await (await browser.get(`/emails?sender=${senderId}`)).text();
  assert.equal(html.match(/data-row=/g)?.length, 1);
});

const post = async (path: string, form: Record<string, string>) =>
  browser.post(path, { csrf: await browser.token('/emails'), ...form });

test('a list is kept under a name, replaced by the same name, and forgotten', async () => {
  const keep = (name: string, query: string) => post('/emails/views', { name, query });
  await keep('Failed quotes', 'state=failed&kind=quote&cursor=x');
  await keep('Failed quotes', 'state=failed');
  const html = await (await browser.get('/emails')).text();
  assert.match(html, /href="\/emails\?state=failed">Failed quotes/);
  const [, id] = /\/emails\/views\/(viw_\w+)\/forget/.exec(html) ?? [];
  assert.equal((await post(`/emails/views/${id}/forget`, {})).status, 303);
  assert.doesNotMatch(await (await browser.get('/emails')).text(), /Failed quotes/);
  await keep('', 'state=failed');
  assert.match(await (await browser.get('/emails')).text(), /Give the view a name/);
});

test('a day is one on the company’s clock, for the list and for the totals', () => {
  const read = (query: Record<string, string>) => messageFilter(readEmailsQuery(query, '2026-03-15', 1));
  assert.deepEqual(read({ from: '2026-03-29', to: '2026-03-29' }), {
    withoutCopies: true,
    fromDay: '2026-03-29',
    toDay: '2026-03-29',
  });
  assert.deepEqual(read({ from: 'x', to: '2026-02-30' }), {
    withoutCopies: true,
    fromDay: '2026-01-01',
    toDay: '2026-12-31',
  });
  assert.equal(read({ recipient: 'a@b.example' }).recipient, 'a@b.example');
  assert.equal(read({ recipient: 'b.example' }).recipientPart, 'b.example');
});

test('an e-mail that is planned stands under the day on which it leaves, in the list, its export and the figures', async () => {
  const document = await installation.addInvoice({ number: 'E-PLAN' });
  const sendAt = new Date(Date.now() + 200 * 86_400_000);
  const day = dayIn('Europe/Brussels', sendAt);
  await installation.send(document, { to: ['plan@december.example'], sendAt, copyToSender: false });
  await catchUp(installation.database);
  const on = async (path: string, from: string) =>
    (await browser.get(`${path}?recipient=december.example&from=${from}&to=${from}`)).text();
  const today = dayIn('Europe/Brussels', new Date());
  assert.match(await on('/emails', day), /plan@december\.example/);
  assert.match(await on('/emails/export', day), new RegExp(`${day}.*plan@december`));
  assert.doesNotMatch(await on('/emails', today), /plan@december\.example/);
  const span = { fromDay: day, toDay: day };
  const figures = await readFigures(installation.database, installation.companyId, span, today);
  assert.deepEqual(
    figures.buckets.map(({ name }) => name),
    [day],
  );
});
