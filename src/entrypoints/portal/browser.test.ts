import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { changeCompany } from '#domain/accounts';
import { inCompany } from '#stores/database';
import { listenOnFreePort, testPortal } from '../../../test/portal.ts';
import { skipLoudly } from '../../../test/skip.ts';

const executablePath = '/usr/bin/chromium';
const axe = readFileSync(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

test('in a real browser the page breaks no rule of its policy, and tells of two visible seconds', async (t) => {
  if (!existsSync(executablePath)) return skipLoudly(t, 'chromium');
  const portal = await testPortal();
  const server = await listenOnFreePort(portal.app);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const link = await portal.newLink();
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(server.url + link.page, { waitUntil: 'load' });
    await page.waitForTimeout(1000);
    await portal.writeDown();
    assert.equal((await portal.engagement(link.messageId)).viewedCount, 0, 'not before two seconds');
    await page.waitForResponse((response) => response.url().endsWith('/seen'));
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.primary')]);
    assert.equal(download.suggestedFilename(), 'Invoice 2026-0318.pdf');
    await portal.writeDown();
    assert.equal((await portal.engagement(link.messageId)).level, 'downloaded');
    assert.deepEqual(said, []);
  } finally {
    await browser.close();
    await server.close();
    await portal.close();
  }
});

test('a download before the page has been visible for two seconds counts once it has', async (t) => {
  if (!existsSync(executablePath)) return skipLoudly(t, 'chromium');
  const portal = await testPortal();
  const server = await listenOnFreePort(portal.app);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const link = await portal.newLink();
    const page = await browser.newPage();
    const seen = page.waitForResponse((response) => response.url().endsWith('/seen'));
    await page.goto(server.url + link.page, { waitUntil: 'load' });
    await Promise.all([page.waitForEvent('download'), page.click('.primary')]);
    await portal.writeDown();
    assert.equal(
      (await portal.engagement(link.messageId)).downloadedCount,
      0,
      'nothing is known of a person',
    );
    await seen;
    await portal.writeDown();
    const known = await portal.engagement(link.messageId);
    assert.deepEqual([known.level, known.viewedCount, known.downloadedCount], ['downloaded', 1, 1]);
  } finally {
    await browser.close();
    await server.close();
    await portal.close();
  }
});

test('every page is accessible on a phone and on a desk, light and dark', async (t) => {
  if (!existsSync(executablePath)) return skipLoudly(t, 'chromium');
  const portal = await testPortal();
  const server = await listenOnFreePort(portal.app);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const { companyId, clock } = portal;
    const paying = {
      iban: 'BE71096123456769',
      paymentLink: 'https://pay.example/?n={number}',
      quoteTerms: 'Halb bei Auftrag.',
    };
    await inCompany(portal.deps.database, companyId, (tx) => changeCompany(tx, companyId, paying, clock.now));
    const link = await portal.newLink({ language: 'de' });
    for (const [width, colorScheme] of [
      [390, 'light'],
      [390, 'dark'],
      [1280, 'light'],
      [1280, 'dark'],
    ] as const)
      for (const path of [
        link.page,
        link.withdraw,
        `${link.page}/open`,
        `${link.page}/thanks/disputed`,
        '/d/invented',
      ])
        assert.deepEqual(
          await problemsOf(browser, server.url + path, width, colorScheme),
          [],
          `${path} ${width}`,
        );
  } finally {
    await browser.close();
    await server.close();
    await portal.close();
  }
});

/** What axe finds, and a page that is wider than its window. */
async function problemsOf(browser: Browser, url: string, width: number, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  await page.addScriptTag({ content: axe });
  const found = await violations(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await context.close();
  return overflow > 0 ? [...found, `${overflow}px too wide`] : found;
}

function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; impact: string }[] }> };
    };
    return (await axe.run()).violations.map((one) => `${one.id} (${one.impact})`);
  });
}
