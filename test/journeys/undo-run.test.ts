import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { startPolite } from '../servers/index.ts';
import { hearComplaints, look } from './look.ts';
import { connectSender, programOf, until } from './program.ts';
import { founded, signIn, startEnvoi } from './start.ts';

const numbers = ['2026-0501', '2026-0502', '2026-0503'];

test('somebody sends three documents in one go, takes it back in time, and nothing leaves until he starts it again', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const server = await startPolite();
  t.after(() => server.close());
  const { url } = await startEnvoi(t, founded);
  const program = programOf(url);
  await connectSender(program, server.port);
  for (const number of numbers) {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(await facturxPdf({ number }))], `${number}.pdf`));
    await program.ask('POST /documents', form);
  }
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints = hearComplaints(page);
  await signIn(page, url);

  const run = await sendMany(page, url);
  await program.ask('PATCH /company', { undoSeconds: 20 });
  const faults = await startIt(page);
  const due = Date.now() + 20_000;
  await page.keyboard.press('z');
  faults.push(...(await seeItTakenBack(page)));
  await page.waitForTimeout(Math.max(0, due - Date.now()) + 2000);
  assert.equal(server.mails.length, 0, 'also after the seconds are over');
  assert.deepEqual((await program.ask('GET /dispatches')).items, []);
  assert.equal((await program.ask(`GET ${run}`)).state, 'ready');
  const { items } = await program.ask('GET /documents?envelope=none');
  assert.equal(items.length, numbers.length, 'every document is as it was');

  await program.ask('PATCH /company', { undoSeconds: 3 });
  await page.reload();
  await page.click('button[value=start]');
  await page.waitForSelector('.run-starting');
  assert.equal(server.mails.length, 0, 'nothing leaves while the seconds are counted');
  // The page comes back by itself when they are over, and says how far it is.
  await page.waitForSelector('.run-progress:has-text("All 3 e-mails are done")');
  await until('three mails', async () => server.mails.length === numbers.length);
  faults.push(...(await look(page, 'run-finished')));
  assert.deepEqual(faults, []);
  assert.deepEqual(complaints, []);
});

/** Ticks all documents of the list and has them looked at; returns the path of the run. */
async function sendMany(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/documents`);
  for (const box of await page.locator('.docs tbody input[type=checkbox]').all()) await box.check();
  await page.click('button:has-text("Send many")');
  await page.waitForURL(/\/runs\/run_/);
  await page.waitForSelector('.run-progress:has-text("Nothing has left yet: 3 e-mails would go out.")');
  return new URL(page.url()).pathname;
}

async function startIt(page: Page): Promise<string[]> {
  await page.click('button[value=start]');
  await page.waitForSelector('.run-starting');
  assert.match((await page.textContent('.run-starting')) ?? '', /Starts in \d+ s.*3 e-mails go out then\./s);
  return look(page, 'run-starting');
}

/** The screen says that it was taken back, and offers the start again. */
async function seeItTakenBack(page: Page): Promise<string[]> {
  await page.waitForSelector('.run-starting', { state: 'detached' });
  await page.waitForSelector('text=Taken back. Nothing has left');
  await page.waitForSelector('.run-progress:has-text("Nothing has left yet: 3 e-mails would go out.")');
  assert.equal(await page.locator('button[value=start]').count(), 1);
  return look(page, 'run-taken-back');
}
