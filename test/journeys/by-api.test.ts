import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser } from 'playwright-core';
import { type ReadMail, readMail } from '#mail/mime';
import { launchBrowser } from '../browser.ts';
import { ublInvoice } from '../fixtures/documents.ts';
import { startPolite } from '../servers/index.ts';
import { connectSender, formWith, type Program, programOf, until } from './program.ts';
import { founded, owner, startEnvoi } from './start.ts';

const [anna, accounts, shop, books] = [
  'anna@bellevue.example',
  'accounts@bellevue.example',
  'shop@bellevue.example',
  'books@numbers.example',
] as const;
const login = { user: 'invoices', password: 'right horse' };

test('a program sends a UBL invoice to two To, one Cc, one Bcc: five mails, each recipient seen apart, the Bcc by nobody', async (t) => {
  const server = await startPolite({ users: { [login.user]: login.password } });
  t.after(() => server.close());
  const { url } = await startEnvoi(t, founded);
  const program = programOf(url);
  await connectSender(program, server.port, login);
  const order = { to: [`Anna Maes <${anna}>`, accounts], cc: [shop], bcc: [books] };
  const dispatch = await program.ask(
    'POST /dispatches',
    formWith(ublInvoice({ number: 'UBL-77' }), 'invoice.xml', order),
  );
  await until('all five mails', async () => server.mails.length === 5);
  const messages: Message[] = await until('all five left', async () => {
    const { items } = await program.ask(`GET /messages?dispatchId=${dispatch.id}`);
    return items.every((one: Message) => one.delivery === 'handed_off') && items;
  });
  assert.equal(messages.length, 5);
  assert.deepEqual(
    server.mails.map(({ to }) => to.join()).sort(),
    [accounts, anna, books, owner.email, shop].sort(),
    'every recipient has a mail of his own',
  );
  await judgeMails(server.mails.map((mail) => mail.bytes));

  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  await visit(browser, messages.find(({ address }) => address === accounts)?.portalUrl ?? '');
  await seeWhoLooked(program, dispatch.id);
});

interface Message {
  readonly id: string;
  readonly address: string;
  readonly delivery: string;
  readonly viewedCount: number;
  readonly downloadedCount: number;
  readonly portalUrl: string;
}

/** All show the same heads; none names the Bcc; an answer goes to the user; each has a link of its own. */
async function judgeMails(all: readonly Buffer[]): Promise<void> {
  const mails: ReadMail[] = [];
  for (const bytes of all) {
    assert.doesNotMatch(bytes.toString('latin1'), /books@numbers|^bcc:/im, 'the Bcc stands nowhere');
    const read = await readMail(bytes);
    assert.ok(read.ok);
    mails.push(read.mail);
  }
  for (const mail of mails) {
    assert.deepEqual(
      mail.to.map((one) => one.address),
      [anna, accounts],
    );
    assert.deepEqual(
      mail.cc.map((one) => one.address),
      [shop],
    );
    const answersTo = mail.headers.find(({ name }) => name.toLowerCase() === 'reply-to')?.value;
    assert.match(answersTo ?? '', new RegExp(owner.email));
    assert.equal(mail.attachments.length, 2, 'the drawn PDF and the XML');
  }
  const links = mails.map((mail) => /\/d\/([\w-]+)/.exec(mail.html ?? '')?.[1]);
  assert.equal(new Set(links).size, all.length);
}

/** A customer's browser, with nothing of the staff in it: looks and takes the file. */
async function visit(browser: Browser, portalUrl: string): Promise<void> {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  const seen = page.waitForRequest((request) => request.method() === 'POST');
  await page.goto(portalUrl);
  await seen;
  const download = page.waitForEvent('download');
  await page.click('a[download]');
  await (await download).path();
  await context.close();
}

async function seeWhoLooked(program: Program, dispatchId: string): Promise<void> {
  const counts = await until('the download', async () => {
    const { items } = await program.ask(`GET /messages?dispatchId=${dispatchId}`);
    const all: Message[] = items;
    return all.some((one) => one.downloadedCount > 0) && all;
  });
  for (const { address, viewedCount, downloadedCount } of counts) {
    const expected = address === accounts ? [1, 1] : [0, 0];
    assert.deepEqual([viewedCount, downloadedCount], expected, address);
  }
  const { state } = await program.ask(`GET /dispatches/${dispatchId}`);
  assert.equal(state, 'downloaded');
}
