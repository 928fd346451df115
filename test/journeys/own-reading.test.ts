import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { formWith, type Program, programOf, until } from './program.ts';
import { founded, signIn, startEnvoi } from './start.ts';

test('one’s own reading never counts: archive, previews, the customer’s link, the duplicate; the sandbox plays the customer', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { url } = await startEnvoi(t, founded);
  const program = programOf(url);
  const order = { to: ['els@peeters.example'], tracking: 'full' };
  const dispatch = await program.ask(
    'POST /dispatches',
    formWith(await facturxPdf({ number: '2026-0350' }), 'invoice.pdf', order),
  );
  const [els, copy]: Message[] = dispatch.messages;
  assert.ok(els && copy?.role === 'copy');
  await until('both mails', async () => (await messagesOf(program, dispatch.id)).every(isSent));
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  await signIn(page, url);

  await readAsStaff(page, { url, documentId: dispatch.documentIds[0], message: els });
  await readTheCopy(context, page, url);
  await readPortal(context, els.portalUrl);
  await playCustomer(context, page, url);
  // Hits are written in the order in which they came: once the customer is seen, all that the staff did is known as well.
  const seen = await until('the customer is seen', async () => {
    const all = await messagesOf(program, dispatch.id);
    return all[0] && all[0].viewedCount > 0 && all;
  });
  assert.deepEqual(seen.map(countsOf), ['to viewed: 1, 1, 0', 'copy none: 0, 0, 0']);
  const { items } = await program.ask(`GET /messages/${els.id}/events`);
  const actors = items
    .filter(({ type }: Visit) => type.startsWith('visit.'))
    .map(({ actor }: Visit) => actor);
  assert.deepEqual(new Set(actors), new Set(['person']));
});

interface Message {
  readonly id: string;
  readonly role: string;
  readonly delivery: string;
  readonly engagement: string;
  readonly openedCount: number;
  readonly viewedCount: number;
  readonly downloadedCount: number;
  readonly portalUrl: string;
}

interface Visit {
  readonly type: string;
  readonly actor: string;
}

const isSent = ({ delivery }: Message): boolean => delivery === 'handed_off';

function countsOf({ role, engagement, openedCount, viewedCount, downloadedCount }: Message): string {
  return `${role} ${engagement}: ${openedCount}, ${viewedCount}, ${downloadedCount}`;
}

async function messagesOf(program: Program, dispatchId: string): Promise<Message[]> {
  return (await program.ask(`GET /dispatches/${dispatchId}`)).messages;
}

/** The archive view of the mail, the window's preview and the preview of the customer's page. */
async function readAsStaff(
  page: Page,
  of: { readonly url: string; readonly documentId: string; readonly message: Message },
): Promise<void> {
  await page.goto(`${of.url}/emails/${of.message.id}`);
  await page.frameLocator('iframe.frame').locator('a[href]').first().waitFor();
  await page.goto(`${of.url}/send?document=${of.documentId}`);
  await page.waitForSelector('trix-editor', { state: 'attached' });
  await page.goto(`${of.url}/preview/${of.documentId}`);
  await page.waitForSelector('h1');
}

/** The sender's duplicate, opened in the sandbox, where everybody else's mail counts. */
async function readTheCopy(context: BrowserContext, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sandbox`);
  await page.click('tr:has-text("claire@vautrin.example") td a');
  const link = page.frameLocator('iframe.frame').locator('a[href*="/d/"]').first();
  const [opened] = await Promise.all([context.waitForEvent('page'), link.click()]);
  await opened.waitForSelector('h1');
  await opened.close();
}

/** The customer's own link in the browser in which one is signed in: looked at for its two seconds, and downloaded. */
async function readPortal(context: BrowserContext, portalUrl: string): Promise<void> {
  const page = await context.newPage();
  const told = page.waitForRequest((request) => request.method() === 'POST');
  await page.goto(portalUrl);
  await told;
  const download = page.waitForEvent('download');
  await page.click('a[download]');
  await (await download).path();
  await page.close();
}

async function playCustomer(context: BrowserContext, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sandbox`);
  await page.click('tr:has-text("els@peeters.example") td a');
  const link = page.frameLocator('iframe.frame').locator('a[href*="/d/"]').first();
  const [portal] = await Promise.all([context.waitForEvent('page'), link.click()]);
  await portal.bringToFront();
  await portal.waitForRequest((request) => request.method() === 'POST').catch(() => undefined);
}
