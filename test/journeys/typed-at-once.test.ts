import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchBrowser } from '../browser.ts';
import { until } from './program.ts';
import { founded, signIn, startEnvoi } from './start.ts';

test('who comes back to a page never sees it as it was before: what he types at once would be lost with it', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { url } = await startEnvoi(t, founded);
  const page = await browser.newPage({ locale: 'en-GB' });
  await signIn(page, url);
  await page.goto(`${url}/customers`);
  await page.click('nav a[href="/documents"]');
  await page.waitForURL(/\/documents$/);

  let asked = false;
  let answer = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/customers$/, async (route) => {
    asked = true;
    await slow;
    await route.continue();
  });
  await page.click('nav a[href="/customers"]');
  await until('the page is asked for', async () => asked);
  await page.waitForTimeout(300);
  assert.equal(await page.title(), 'Documents · Envoi');
  answer();
  await page.waitForFunction(() => document.title === 'Customers · Envoi');
});
