import assert from 'node:assert/strict';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { makeEvidence } from '#domain/proofs';
import { launchBrowser, shotsFolder } from '../../../test/browser.ts';
import { plainPdf } from '../../../test/fixtures/documents.ts';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { listenOnFreePort } from '../../../test/portal.ts';
import { makeWebApp } from '../../roof/web-app.ts';

let installation: TestInstallation;
let app: Awaited<ReturnType<typeof makeWebApp>>;
let server: Awaited<ReturnType<typeof listenOnFreePort>>;
let folder: string;

before(async () => {
  installation = await testInstallation();
  app = await makeWebApp(installation);
  server = await listenOnFreePort(app as never);
  folder = await mkdtemp(join(tmpdir(), 'envoi-verify-'));
  const { author, companyId, clock, proofs } = installation;
  const [message] = await installation.send(await installation.addInvoice(), { to: ['els@peeters.example'] });
  const order = { companyId, dispatchId: message?.dispatchId ?? '', actor: 'user', by: author.id } as const;
  const made = await makeEvidence(proofs, order, clock());
  assert.ok(made.ok);
  await writeFile(join(folder, 'good.asice'), made.bytes);
  const flipped = Buffer.from(made.bytes);
  const at = flipped.indexOf('%PDF-') + 900;
  flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
  await writeFile(join(folder, 'flipped.asice'), flipped);
  await writeFile(join(folder, 'foreign.pdf'), await plainPdf());
  await writeFile(join(folder, 'empty.asice'), '');
  await writeFile(join(folder, 'cut.asice'), made.bytes.subarray(0, 5000));
  const huge = await open(join(folder, 'huge.asice'), 'w');
  await huge.truncate(301 * 2 ** 20);
  await huge.close();
});
after(async () => {
  await server.close();
  await app.close();
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the page says of each file, in whole sentences. */
const said: readonly (readonly [file: string, words: RegExp, never: RegExp])[] = [
  ['good.asice', /everything holds.*The seal is of this installation/s, /proves nothing/],
  ['flipped.asice', /not as it was sealed, so it proves nothing.*Does not hold:.*report\.pdf/s, /everything/],
  ['foreign.pdf', /This is no evidence file, or it was damaged/, /undefined|everything holds/],
  ['cut.asice', /This is no evidence file, or it was damaged/, /undefined|everything holds/],
  ['empty.asice', /This file is empty/, /undefined|everything holds/],
  ['huge.asice', /too large to be checked in a browser/, /undefined|everything holds/],
];

async function walk(browser: Browser, width: number): Promise<void> {
  const page = await browser.newPage({ locale: 'en-GB', viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}/verify`, { waitUntil: 'networkidle' });
  for (const [file, words, never] of said) {
    await page.setInputFiles('#evidence', join(folder, file));
    const text = await wordsOf(page, words);
    assert.match(text, words, `${file} at ${width}`);
    assert.doesNotMatch(text, never, `${file} at ${width}`);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.ok(!isWide, `${file} fits ${width} pixels`);
    if (shotsFolder)
      await page.screenshot({ path: join(shotsFolder, `verify-${file}-${width}.png`), fullPage: true });
  }
  assert.deepEqual(complaints, []);
  await page.close();
}

async function wordsOf(page: Page, words: RegExp): Promise<string> {
  const has = (source: string) =>
    new RegExp(source, 's').test(document.querySelector('#result')?.textContent ?? '');
  await page.waitForFunction(has, words.source, { timeout: 30_000 }).catch(() => undefined);
  return (await page.textContent('#result')) ?? '';
}

test('in a real browser each file gets a clear sentence, on a desk and on a phone', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  for (const width of [1280, 390]) await walk(browser, width);
});
