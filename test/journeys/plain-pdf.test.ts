import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { plainPdf } from '../fixtures/documents.ts';
import { faultsOf } from './look-at.ts';
import { founded, signIn, startEnvoi } from './start.ts';

const patience = 60_000;

test('somebody without invoicing software types number, amount and address once; the next document of that customer needs no typing', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { url } = await startEnvoi(t, founded);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  await signIn(page, url);

  await drop(page, url, await letter('R-17'));
  await page.waitForSelector('[name="facts.number"]');
  await page.fill('[name="facts.customer"]', 'Bakkerij Peeters');
  await page.fill('[name="facts.number"]', 'R-17');
  await page.fill('[name="facts.total"]', '1.284,00');
  await page.fill('#to', 'els@peeters.example');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#send-body')?.textContent?.includes('1,284.00'));
  assert.deepEqual(await faultsOf(page, 'send window that asks'), []);
  await page.click('#send-foot button');
  await page.waitForURL(/going=/);
  const facts = (await page.textContent('#facts')) ?? '';
  for (const fact of ['R-17', 'Bakkerij Peeters', '1,284.00'])
    assert.ok(facts.includes(fact), `${fact} is kept with the document`);

  await drop(page, url, await letter('R-18'));
  await page.waitForSelector('#send-foot button');
  assert.equal(await page.inputValue('[name="facts.customer"]'), 'Bakkerij Peeters');
  assert.equal(await page.inputValue('[name="facts.number"]'), 'R-18');
  assert.equal(await page.inputValue('[name="facts.total"]'), '1284.00');
  assert.equal(await page.inputValue('input[name=to]'), 'els@peeters.example');
  await page.click('#send-foot button');
  await page.waitForURL(/going=/);
  assert.match((await page.textContent('.pagehead')) ?? '', /R-18.*Bakkerij Peeters/s);
});

/** An invoice from a word processor: nobody's address stands in it. */
function letter(number: string): Promise<Buffer> {
  return plainPdf({
    number,
    buyerName: 'Bakkerij Peeters',
    buyerEmail: null,
    total: '1284.00',
    amountDue: '1284.00',
  });
}

async function drop(page: Page, url: string, buffer: Buffer): Promise<void> {
  await page.goto(`${url}/documents`);
  await page.setInputFiles('#add-files', { name: 'letter.pdf', mimeType: 'application/pdf', buffer });
  await page.waitForSelector('#uploads li[data-state=opened] a');
  await page.click('#uploads li:last-child a');
  await page.waitForURL(/\/documents\/doc_/);
  await page.click('.pagehead a.primary');
  await page.waitForURL(/\/send\?/);
  await page.waitForSelector('trix-editor', { state: 'attached' });
}
