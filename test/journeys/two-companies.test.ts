import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { listCompanyIds } from '#domain/accounts';
import { confirmVatId } from '#domain/network';
import { asWorker } from '#stores/database';
import { launchBrowser } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { addCompany, giveSender } from '../network.ts';
import { faultsOf } from './look-at.ts';
import { until } from './program.ts';
import { founded, signIn, startEnvoi } from './start.ts';

const vat = 'BE0403170701';

test('one company sends an invoice to another by both ways; that one rejects it with a reason, and the sender sees it', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { url, installation } = await startEnvoi(t, founded);
  const hotel = await addCompany(installation, 'Hôtel Bellevue SA', vat);
  const [own = ''] = await asWorker(installation.database, listCompanyIds);
  await giveSender(installation, own);
  await asWorker(installation.database, (tx) =>
    tx.updateTable('companies').set({ undo_seconds: 0 }).where('id', '=', own).execute(),
  );

  const theirs = await open(browser);
  await signIn(theirs, url, hotel);
  await theirs.goto(`${url}/settings/network`);
  await theirs.click('main form button[type=submit]');
  await theirs.waitForSelector('.flash, [role=status]');
  await asWorker(installation.database, (tx) =>
    confirmVatId(tx, { companyId: hotel.companyId, vatId: vat }, installation.clock()),
  );
  await theirs.reload();
  assert.match((await theirs.textContent('main')) ?? '', /BE0403170701/);

  const ours = await open(browser);
  await signIn(ours, url);
  const invoice = await addInvoice(ours, url);
  await giveVatId(ours, url, invoice);
  await ours.goto(`${url}/send?document=${invoice}`);
  const way = ours.locator('#channel-line');
  await until('the partner is found', async () => {
    if (/Network: Hôtel Bellevue SA/.test((await way.textContent()) ?? '')) return true;
    await ours.reload();
    return false;
  });
  assert.match((await way.textContent()) ?? '', /which the operator has confirmed/);
  assert.equal(await way.locator('input:checked').count(), 2);
  assert.deepEqual(await faultsOf(ours, 'send window with a partner'), []);
  await ours.click('#send-foot button[type=submit]');
  await ours.waitForURL(/\/documents\//);

  await theirs.goto(`${url}/received`);
  await theirs.waitForSelector('ul.received li', { timeout: 30_000 }).catch(() => theirs.reload());
  await theirs.click('ul.received a');
  await theirs.waitForFunction(() => document.querySelector<HTMLImageElement>('.sheet img')?.naturalWidth);
  assert.deepEqual(await faultsOf(theirs, 'received'), []);
  await theirs.fill('textarea[name=reason]', 'Our order number is missing.');
  await theirs.click('form[action$="/reject"] button[type=submit]');
  await theirs.waitForSelector('text=Rejected. Vautrin Joinery is told why.');

  await ours.goto(`${url}/documents/${invoice}`);
  await ours.waitForSelector('text=Hôtel Bellevue SA: rejected');
  const history = (await ours.textContent('details.dispatch')) ?? '';
  assert.match(history, /Handed to Hôtel Bellevue SA in the network/);
  assert.match(history, /Our order number is missing\./);
  await ours.goto(`${url}/notices`);
  await ours.waitForSelector('text=Hôtel Bellevue SA rejected invoice 2026-0318');
});

async function open(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

async function addInvoice(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/documents`);
  const buffer = await facturxPdf({ number: '2026-0318', buyerName: 'Hôtel Bellevue SA' });
  await page.setInputFiles('#add-files', { name: 'invoice.pdf', mimeType: 'application/pdf', buffer });
  await page.waitForSelector('#uploads li[data-state=opened] a');
  await page.click('#uploads li a');
  await page.waitForURL(/\/documents\/doc_/);
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** The customer's VAT id, on his page. */
async function giveVatId(page: Page, url: string, invoice: string): Promise<void> {
  await page.goto(`${url}/documents/${invoice}`);
  await page.click('main a[href^="/customers/cus_"]');
  await page.locator('details:has(input[name=vatId]) > summary').first().click();
  await page.fill('input[name=vatId]', vat);
  await page.locator('form:has(input[name=vatId]) button[type=submit]').first().click();
  await page.waitForSelector(`input[name=vatId][value="${vat}"]`, { state: 'attached' });
}
