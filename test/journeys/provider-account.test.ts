import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { startOauth, startPolite } from '../servers/index.ts';
import { hearComplaints, look } from './look.ts';
import { formWith, type Program, programOf, until } from './program.ts';
import { founded, signIn, startEnvoi } from './start.ts';

const address = 'claire@vautrin.example';

test('a Google account is connected, sends, loses its consent, and sends what waited once it is connected again', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const google = await startOauth();
  const smtp = await startPolite({ tokens: (user, token) => google.isGood(user, token) });
  t.after(() => Promise.all([google.close(), smtp.close()]));
  const { url } = await startEnvoi(t, {
    ...founded,
    ENVOI_GOOGLE_CLIENT_ID: google.clientId,
    ENVOI_GOOGLE_CLIENT_SECRET: google.clientSecret,
    ENVOI_GOOGLE_ENDPOINTS: `${google.endpoints} smtp=smtp://127.0.0.1:${smtp.port}`,
  });
  const program = programOf(url);
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints = hearComplaints(page);
  await signIn(page, url);

  const faults = await connect(page, url);
  const first = await send(program, '2026-0350');
  await becomes(program, first, 'handed_off');
  assert.deepEqual(
    smtp.mails.map(({ from, to, user }) => [from, to.join(), user]),
    [[address, 'els@peeters.example', address]],
    'and no duplicate to the sender: Google files one itself',
  );

  google.withdraw(address);
  smtp.kick();
  const second = await send(program, '2026-0351');
  await becomes(program, second, 'held');
  await until('the notice', async () => (await program.ask('GET /notices')).items.length > 0);
  faults.push(...(await reconnect(page, url)));
  await becomes(program, second, 'handed_off');
  assert.equal(smtp.mails.length, 2);
  await until('no notice is left', async () => (await program.ask('GET /notices')).items.length === 0);
  assert.deepEqual(faults, []);
  assert.deepEqual(complaints, []);
});

async function connect(page: Page, url: string): Promise<string[]> {
  await page.goto(`${url}/settings/senders?sender=new`);
  const faults = await look(page, 'provider-cards');
  await page.click('li:has(h3:text-is("Google")) a:has-text("Set up")');
  await page.fill('[name=address]', address);
  faults.push(...(await look(page, 'provider-form')));
  await page.click('main form.senderform button[type=submit]');
  await page.waitForSelector('text=Now connect it with Google');
  faults.push(...(await look(page, 'provider-not-connected')));
  await page.click('a:has-text("Connect with Google")');
  assert.match(
    await page.textContent('h1').then(String),
    /May Envoi use the mailbox claire@vautrin\.example/,
  );
  await page.click('a:has-text("Allow")');
  await page.waitForURL(/\/settings\/senders\?tested=/);
  await page.waitForSelector('text=It works.');
  faults.push(...(await look(page, 'provider-connected')));
  return faults;
}

async function reconnect(page: Page, url: string): Promise<string[]> {
  await page.goto(`${url}/notices`);
  await page.waitForSelector('text=has ended');
  const faults = await look(page, 'provider-ended');
  await page.click('a:has-text("Connect with Google again")');
  await page.click('a:has-text("Allow")');
  await page.waitForSelector('text=1 e-mail that waited for this sender goes out now');
  return faults;
}

async function send(program: Program, number: string): Promise<string> {
  const order = { to: ['els@peeters.example'], copyToSender: true };
  const form = formWith(await facturxPdf({ number }), 'invoice.pdf', order);
  const { messages } = await program.ask('POST /dispatches', form);
  assert.equal(messages.length, 1);
  return messages[0].id;
}

function becomes(program: Program, id: string, state: string): Promise<unknown> {
  return until(state, async () => (await program.ask(`GET /messages/${id}`)).delivery === state);
}
