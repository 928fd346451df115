import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { faultsOf } from './look-at.ts';
import { owner, startEnvoi } from './start.ts';

const patience = 60_000;

test('somebody sets Envoi up, drops an invoice, sends it, plays the customer and sees it opened and downloaded', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { url } = await startEnvoi(t);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const faults = watch(page);

  await setUp(page, url);
  faults.push(...(await faultsOf(page, 'home, empty')));
  await dropInvoice(page, url);
  faults.push(...(await faultsOf(page, 'document')));
  const facts = await page.textContent('#facts');
  for (const fact of ['2026-0318', 'Studio Lindqvist', '3,866.40', 'Factur-X'])
    assert.ok(facts?.includes(fact), `the facts say ${fact}`);

  await send(page, faults);
  await playCustomer(t, page, url);
  await seeItOpened(page, url, faults);
  assert.deepEqual(faults, []);
});

function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (said) => said.type() === 'error' && faults.push(`${page.url()}: ${said.text()}`));
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  return faults;
}

async function setUp(page: Page, url: string): Promise<void> {
  await page.goto(url);
  assert.match(page.url(), /set-up/, 'a fresh installation opens its set-up');
  await page.fill('[name=company]', 'Vautrin Joinery');
  await page.selectOption('[name=country]', 'BE');
  await page.fill('[name=name]', 'Claire Vautrin');
  await page.fill('[name=email]', owner.email);
  await page.fill('[name=password]', owner.password);
  await page.check('[name=tracking][value=full]');
  const basis = page.locator('[name=basis][value=other]');
  if (await basis.count()) await basis.check();
  await page.click('button[name=next][value=sandbox]');
  await page.waitForURL((to) => !to.pathname.startsWith('/set-up'));
}

async function dropInvoice(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/documents`);
  const buffer = await facturxPdf({
    number: '2026-0318',
    buyerName: 'Studio Lindqvist',
    total: '3866.40',
    amountDue: '3866.40',
  });
  await page.setInputFiles('#add-files', { name: 'invoice.pdf', mimeType: 'application/pdf', buffer });
  await page.waitForSelector('#uploads li[data-state=opened] a');
  await page.click('#uploads li a');
  await page.waitForURL(/\/documents\/doc_/);
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>('.sheet img')?.naturalWidth);
}

async function send(page: Page, faults: string[]): Promise<void> {
  await page.keyboard.press('s');
  await page.waitForURL(/\/send\?/);
  await page.waitForSelector('trix-editor', { state: 'attached' });
  assert.match((await page.textContent('.token')) ?? '', /@/, 'the address of the invoice is there');
  assert.match((await page.textContent('#send-notes')) ?? '', /stays in the sandbox/);
  faults.push(...(await faultsOf(page, 'send window')));
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/going=/);
  assert.match((await page.textContent('.going')) ?? '', /Going out in \d+ s/);
  // The seconds to undo run on the server; the page comes back by itself when they are over.
  await page.waitForURL((to) => !to.search.includes('going='));
  await page.waitForSelector('summary[data-state=sent]');
}

async function playCustomer(t: TestContext, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sandbox`);
  // The duplicate for the sender lies there too; it never counts.
  await page.click('tr:has-text("compta@bellevue.example") td a');
  await page.waitForSelector('iframe.frame');
  const opened = page.context().waitForEvent('page');
  await page
    .frameLocator('iframe.frame')
    .getByRole('link', { name: /invoice/i })
    .first()
    .click();
  const customer = await opened;
  t.after(() => customer.close());
  await customer.waitForSelector('h1');
  await customer.waitForTimeout(3500); // a page counts as seen after two seconds
  const download = customer.waitForEvent('download');
  await customer.click('a[download]');
  assert.match((await download).suggestedFilename(), /2026-0318\.pdf$/);
}

async function seeItOpened(page: Page, url: string, faults: string[]): Promise<void> {
  await page.goto(`${url}/documents`);
  const envelope = page.locator('.env[data-state=downloaded]');
  await envelope.waitFor(); // it turns green while one looks
  await envelope.focus();
  const tip = (await page.textContent('.tip')) ?? '';
  assert.match(tip, /1 opened/);
  assert.match(tip, /1 downloaded/);
  faults.push(...(await faultsOf(page, 'documents')));
  await page.click('td.c-no a');
  await page.waitForSelector('table.people a');
  assert.match((await page.textContent('details.dispatch')) ?? '', /downloaded the document/);
  await page.click('table.people a');
  await page.waitForSelector('iframe.frame');
  faults.push(...(await faultsOf(page, 'e-mail')));
}
