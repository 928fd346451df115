import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { hearComplaints, look } from './look.ts';
import { founded, signIn, startEnvoi } from './start.ts';

const key = founded.ENVOI_SETUP_API_KEY;

test('in the sandbox one plays the customer, and ten open pages see it happen', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { url } = await startEnvoi(t, founded);
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  const complaints = hearComplaints(page);
  await signIn(page, url);
  const messageId = await sendInvoice(url);
  const tabs = await openTabs(context, `${url}/documents`, 10);
  await page.goto(`${url}/sandbox`);
  const faults = await look(page, 'sandbox-list');
  await page.click('tr:has-text("els@peeters.example") a');
  const frame = page.frameLocator('iframe.frame');
  await frame.locator('a[href*="/d/"]').first().waitFor();
  await until(
    async () => (await readMessage(url, messageId)).openedCount >= 1,
    'the pixel counts as the customer',
  );
  await Promise.all(
    tabs.map((tab) => tab.waitForSelector('.env[data-state=opened]', { timeout: 20_000, state: 'attached' })),
  );
  faults.push(...(await look(page, 'sandbox-mail')));
  const files = page.locator('a[download]');
  const [download] = await Promise.all([page.waitForEvent('download'), files.first().click()]);
  assert.match(download.suggestedFilename(), /\.pdf$/);
  const link = frame.locator('a[href*="/d/"]').first();
  assert.match((await link.getAttribute('href')) ?? '', /\?as=/);
  const [portal] = await Promise.all([context.waitForEvent('page'), link.click()]);
  await portal.waitForLoadState();
  assert.match(portal.url(), /\/d\//);
  await portal.bringToFront();
  await until(
    async () => (await readMessage(url, messageId)).viewedCount >= 1,
    'the visit counts as the customer',
  );
  await Promise.all(
    tabs.map((tab) => tab.waitForSelector('.env[data-state=viewed]', { timeout: 20_000, state: 'attached' })),
  );
  assert.deepEqual(faults, []);
  assert.deepEqual(complaints, []);
});

async function sendInvoice(url: string): Promise<string> {
  const form = new FormData();
  const pdf = await facturxPdf({ number: '2026-0321' });
  form.set('file', new File([new Uint8Array(pdf)], 'invoice.pdf', { type: 'application/pdf' }));
  form.set(
    'dispatch',
    JSON.stringify({ to: ['els@peeters.example'], tracking: 'full', attach: { documents: true } }),
  );
  const answer = await ask(url, '/dispatches', { method: 'POST', body: form });
  const { id } = answer['messages'][0];
  await until(async () => (await readMessage(url, id)).delivery === 'handed_off', 'it is in the sandbox');
  return id;
}

async function openTabs(context: BrowserContext, address: string, count: number): Promise<Page[]> {
  const tabs: Page[] = [];
  for (let tab = 0; tab < count; tab += 1) {
    const page = await context.newPage();
    await page.goto(address);
    tabs.push(page);
  }
  return tabs;
}

function readMessage(url: string, id: string) {
  return ask(url, `/messages/${id}`);
}

async function ask(url: string, path: string, init: RequestInit = {}) {
  const answer = await fetch(`${url}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${key}` },
  });
  const body = await answer.json();
  assert.ok(answer.ok, JSON.stringify(body));
  return body;
}

async function until(look: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`waited in vain until ${what}`);
}
