import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { startPolite } from '../servers/index.ts';
import { hearComplaints, look } from './look.ts';
import { connectSender, type Program, programOf, until } from './program.ts';
import { founded, signIn, startEnvoi } from './start.ts';

test('a wrong password is said before anything is queued; one that goes wrong later holds the e-mail until it is mended', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const users: Record<string, string> = { invoices: 'right horse' };
  const server = await startPolite({ users });
  t.after(() => server.close());
  const { url } = await startEnvoi(t, founded);
  const program = programOf(url);
  const senderId = await connectSender(program, server.port, { user: 'invoices', password: 'wrong horse' });
  const form = new FormData();
  form.set('file', new File([new Uint8Array(await facturxPdf({ number: '2026-0340' }))], 'invoice.pdf'));
  const document = await program.ask('POST /documents', form);
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints = hearComplaints(page);
  await signIn(page, url);

  const faults = await tryToSend(page, `${url}/send?document=${document.id}`, senderId);
  assert.deepEqual((await program.ask('GET /messages')).items, [], 'nothing was queued');
  faults.push(...(await mendPassword(page)));
  await program.ask(`PATCH /senders/${senderId}`, { isDefault: true });

  users['invoices'] = 'a new horse';
  const order = { documentId: document.id, to: ['els@peeters.example'], copyToSender: false };
  const { messages } = await program.ask('POST /dispatches', order);
  await becomes(program, messages[0].id, 'held');
  await until('the notice', async () => (await program.ask('GET /notices')).items.length > 0);
  faults.push(...(await seeNotice(page, url)));
  users['invoices'] = 'right horse';
  await page.goto(`${url}/settings/senders/${senderId}`);
  await page.click('main button:has-text("Save and test")');
  await becomes(program, messages[0].id, 'handed_off');
  assert.deepEqual(
    server.mails.map(({ to }) => to.join()),
    ['els@peeters.example'],
  );
  await until('no notice is left', async () => (await program.ask('GET /notices')).items.length === 0);
  assert.deepEqual(faults, []);
  // A window that comes back with what is wrong is answered with 422, which browsers write into their console.
  assert.deepEqual(
    complaints.filter((one) => !/status of 422/.test(one)),
    [],
  );
});

function becomes(program: Program, id: string, state: string): Promise<unknown> {
  return until(state, async () => (await program.ask(`GET /messages/${id}`)).delivery === state);
}

async function tryToSend(page: Page, address: string, senderId: string): Promise<string[]> {
  await page.goto(address);
  await page.selectOption('[name=senderId]', senderId);
  await page.waitForFunction(() =>
    /password is not right/.test(document.querySelector('#send-notes')?.textContent ?? ''),
  );
  await page.click('#send-foot button');
  await page.waitForSelector('[name=anyway]');
  assert.match(page.url(), /\/send/);
  return look(page, 'send-wrong-password');
}

/** From the window to the sender, by the way out that the warning offers. */
async function mendPassword(page: Page): Promise<string[]> {
  await page.click('#send-notes a');
  await page.fill('[name=password]', 'right horse');
  await page.click('main button:has-text("Save and test")');
  await page.waitForSelector('.records .note[data-state=opened]');
  return look(page, 'sender-mended');
}

async function seeNotice(page: Page, url: string): Promise<string[]> {
  await page.goto(`${url}/notices`);
  const said = (await page.textContent('main')) ?? '';
  assert.match(said, /invoices@vautrin\.example/);
  const faults = await look(page, 'notice-sender-broken');
  await page.goto(url);
  assert.match((await page.textContent('main')) ?? '', /invoices@vautrin\.example/, 'Home says it too');
  return faults;
}
