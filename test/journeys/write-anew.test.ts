import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { startPolite } from '../servers/index.ts';
import { hearComplaints, look } from './look.ts';
import { connectSender, type Program, programOf, until } from './program.ts';
import { founded, signIn, startEnvoi } from './start.ts';

test('a reminder in own words waits because one invoice was paid; somebody mends the words and sends what is left', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const server = await startPolite();
  t.after(() => server.close());
  const { url } = await startEnvoi(t, founded);
  const program = programOf(url);
  await connectSender(program, server.port);
  await program.ask('PATCH /company', { undoSeconds: 1 });
  const held = await heldReminder(program);
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints = hearComplaints(page);
  await signIn(page, url);

  const faults = await openWindow(page, url);
  await page.click('a:has-text("Close")');
  await page.waitForURL(/\/emails\/msg_/);
  assert.equal((await program.ask(`GET /dispatches/${held}`)).messages[0].delivery, 'held');
  await page.click('a:has-text("Write it anew")');
  await page.waitForSelector('trix-editor');
  await page.fill('trix-editor', 'Only the second one, please.');
  await page.keyboard.press('Control+Enter');
  await until('the mended mail', async () => server.mails.length > 0);
  const [mail] = server.mails;
  assert.match(String(mail?.bytes), /Only the second one, please/);
  assert.match(String(mail?.bytes), /Subject: Two open invoices/);
  assert.equal((await program.ask(`GET /dispatches/${held}`)).messages[0].deliveryDetail, 'sent_anew');
  assert.deepEqual(faults, []);
  // Turbo says so of a page whose bytes were still coming when the next one was asked for.
  assert.deepEqual(
    complaints.filter((one) => !one.endsWith('signal is aborted without reason')),
    [],
  );
});

/** A reminder of two invoices of which one is paid in the last second; returns its dispatch. */
async function heldReminder(program: Program): Promise<string> {
  const documentIds: string[] = [];
  for (const number of ['2026-0601', '2026-0602']) {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(await facturxPdf({ number }))], `${number}.pdf`));
    documentIds.push((await program.ask('POST /documents', form)).id);
  }
  const words = { subject: 'Two open invoices', text: 'Both of them, please.', copyToSender: false };
  const sendAt = new Date(Date.now() + 3000).toISOString();
  const { id } = await program.ask('POST /dispatches', {
    ...{ documentIds, purpose: 'reminder', sendAt },
    ...words,
  });
  const paid = { on: new Date().toISOString().slice(0, 10) };
  await program.ask(`PATCH /documents/${documentIds[0]}`, { paid });
  await until('it waits', async () => {
    const [message] = (await program.ask(`GET /dispatches/${id}`)).messages;
    return message.delivery === 'held' && message.deliveryDetail === 'own_words';
  });
  return id;
}

/** From the notice; the words that waited stand in the open editor. */
async function openWindow(page: Page, url: string): Promise<string[]> {
  await page.goto(`${url}/notices`);
  const faults = await look(page, 'notice-own-words');
  await page.click('a:has-text("Write it anew")');
  await page.waitForSelector('trix-editor');
  assert.equal(((await page.textContent('trix-editor')) ?? '').trim(), 'Both of them, please.');
  assert.equal(await page.inputValue('#subject'), 'Two open invoices');
  assert.match((await page.textContent('.compose .note')) ?? '', /takes the place of an e-mail that waits/);
  return [...faults, ...(await look(page, 'send-anew'))];
}
