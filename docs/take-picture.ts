import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import sharp from 'sharp';
import { silentLog } from '#base/log';
import { loadConfig } from '#config';
import { createApiKey, listCompanyIds } from '#domain/accounts';
import { asWorker, inCompany } from '#stores/database';
import { serve } from '../src/roof/serve.ts';
import { startSink } from '../test/servers/sink.ts';
import { joineryInvoice, parquetInvoice } from './picture-invoices.ts';

/**
 * Takes the picture in the README from the running product: `node --import tsx docs/take-picture.ts`. An installation of its own is
 * set up, an invoice sent and read in the course of three made-up days, then its page is photographed.
 */
const owner = { email: 'claire@vautrin.example', password: 'oak library wall' };
const [firstKey, key] = ['key-of-the-first-start-0123', 'key-of-the-program-0123456'];
const picture = join(import.meta.dirname, 'images/document.png');
const person =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

const folder = await mkdtemp(join(tmpdir(), 'envoi-picture-'));
await chmod(folder, 0o711); // so that the database's own user can pass
const port = 3961;
const url = `http://localhost:${port}`;
let ahead = 0;
const sink = await startSink();
const running = await serve(config(), {
  clock: () => new Date(Date.now() + ahead),
  log: silentLog,
  say: console.log,
});
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await connect();
  await tell();
  await photograph(browser);
} finally {
  await browser.close();
  await running.stop();
  await sink.close();
  await rm(folder, { recursive: true, force: true });
}

function config() {
  const loaded = loadConfig({
    PORT: String(port),
    ENVOI_SMTP_IN_PORT: '0',
    ENVOI_DATA_DIR: folder,
    ENVOI_SETUP_COMPANY: 'Vautrin Joinery',
    ENVOI_SETUP_EMAIL: owner.email,
    ENVOI_SETUP_PASSWORD: owner.password,
    ENVOI_SETUP_API_KEY: firstKey,
  });
  if (!loaded.ok) throw new Error(loaded.problems.join(' '));
  return loaded.config;
}

/** Gives the company a mail server, which takes everything, and its invoicing program a key. */
async function connect(): Promise<void> {
  const { database, clock } = running.installation;
  const [companyId] = await asWorker(database, listCompanyIds);
  if (!companyId) throw new Error('There is no company.');
  await inCompany(database, companyId, (tx) =>
    createApiKey(tx, { companyId, name: 'Vautrin ERP', rights: 'all', key }, clock()),
  );
  const settings = { host: '127.0.0.1', port: sink.port, security: 'none' };
  const sender = { method: 'smtp', address: 'invoices@vautrin.example', settings };
  const made = await ask('/senders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sender),
  });
  const { id } = (await made.json()) as { id: string };
  await ask(`/senders/${id}/validate`, { method: 'POST' });
}

/** What happens before the picture: the clock of the installation starts three days back and is put forward. */
async function tell(): Promise<void> {
  at(-2, '08:41');
  await send(parquetInvoice, ['els@peeters.example']);
  const to = ['Anna Maes <anna.maes@bellevue.example>', 'Accounts <accounts@bellevue.example>'];
  const messages = await send(joineryInvoice, to);
  const [anna, accounts] = messages.filter((message) => message.role === 'to');
  if (!anna || !accounts) throw new Error('The invoice went to nobody.');
  at(-2, '10:05');
  await open(anna);
  at(-2, '10:06');
  await read(anna, false);
  at(-1, '08:12');
  await open(accounts);
  at(0, '07:30');
  await open(anna);
  at(0, '07:31');
  await read(anna, true);
}

/** Puts the clock to that time of day (UTC), `days` from today. */
function at(days: number, time: string): void {
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  ahead = Date.parse(`${day}T${time}:00Z`) - Date.now();
}

interface Message {
  readonly id: string;
  readonly role: string;
  readonly portalUrl: string;
}

async function send(xml: string, to: readonly string[]): Promise<readonly Message[]> {
  const form = new FormData();
  form.set('file', new Blob([xml], { type: 'application/xml' }), 'invoice.xml');
  form.set('dispatch', JSON.stringify({ to }));
  const answer = await ask('/dispatches', { method: 'POST', body: form });
  const { id } = (await answer.json()) as { id: string };
  for (;;) {
    const { messages } = (await (await ask(`/dispatches/${id}`)).json()) as {
      messages: (Message & { delivery: string })[];
    };
    if (messages.every((message) => message.delivery === 'handed_off')) return messages;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...init.headers, authorization: `Bearer ${key}` };
  const answer = await fetch(`${url}/api/v1${path}`, { ...init, headers });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer;
}

/** Shows the pictures of the mail, as a mail program does. */
async function open(message: Message): Promise<void> {
  const raw = await (await ask(`/messages/${message.id}/raw`)).text();
  const text = raw.replace(/=\r\n/g, '').replaceAll('=3D', '=');
  const pixel = /http[^"\s]*\/o\/[\w-]+\.gif/.exec(text)?.[0];
  if (!pixel) throw new Error('The mail has no pixel.');
  await fetch(pixel, { headers: { 'user-agent': person } });
}

/** Follows the link in the mail, looks for some seconds, and takes the file along if wanted. */
async function read(message: Message, takesFile: boolean): Promise<void> {
  const context = await browser.newContext({ userAgent: person });
  const page = await context.newPage();
  await page.goto(message.portalUrl);
  await page.waitForTimeout(3500);
  const link = page.locator('a[href*="/file/"]').first();
  if (takesFile)
    await page.evaluate(
      async (href) => (await fetch(href)).arrayBuffer(),
      await link.getAttribute('href').then(String),
    );
  await page.waitForTimeout(1000);
  await context.close();
}

async function photograph(from: Browser): Promise<void> {
  const page = await from.newPage({ viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 1 });
  await page.goto(`${url}/sign-in`);
  await page.fill('input[name=email]', owner.email);
  await page.fill('input[name=password]', owner.password);
  await page.click('main button[type=submit]');
  await page.waitForURL((now) => now.pathname !== '/sign-in');
  await page.goto(`${url}/documents?q=2026-0147`);
  await page.locator('a[href*="/documents/doc_"]').first().click();
  await page.waitForSelector('h1');
  await page.waitForTimeout(3000);
  const png = await page.screenshot();
  await sharp(png).png({ palette: true, colours: 128, effort: 10, compressionLevel: 9 }).toFile(picture);
}
