import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../../../test/browser.ts';
import { type Assets, bundleAssets } from '../assets/bundle.ts';
import { contentPolicy } from '../assets/content-policy.ts';
import { serveAsset } from '../assets/serve-asset.ts';
import { LiveEnvelope } from '../kit/index.ts';
import { DocumentsBody } from '../screens/documents.tsx';
import { documentsModel, samplePages, sampleView } from '../screens/sample-pages.tsx';

let assets: Assets;
let origin = '';
let browser: Browser | null = null;
const streams = new Set<ServerResponse>();
let fetchedLists = 0;
const posted: { url: string; body: string }[] = [];

const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  '/live': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    streams.add(response);
    response.on('close', () => streams.delete(response));
  },
  '/fragments/envelope/doc_0': (_request, response) => {
    const view = sampleView('en', '/documents', assets);
    response.end(String(<LiveEnvelope view={view} document="doc_0" envelope={{ state: 'opened' }} />));
  },
  '/fragments/documents/list': (_request, response) => {
    fetchedLists += 1;
    const view = sampleView('en', '/documents', assets);
    const [first, ...rest] = documentsModel.rows;
    const model = {
      ...documentsModel,
      rows: first
        ? [{ ...first, number: 'ANEW', envelope: { state: 'opened' as const } }, ...rest.slice(0, -1)]
        : [],
    };
    response.end(String(<DocumentsBody view={view} model={model} />));
  },
  '/addresses': (_request, response) => {
    response.end(
      JSON.stringify([
        { name: 'Maja Lindqvist', address: 'maja@lindqvist.example', detail: 'Studio Lindqvist' },
      ]),
    );
  },
  '/documents/upload': (_request, response) => {
    const { body = '' } = posted.at(-1) ?? {};
    const name = /filename="([^"]+)"/.exec(body)?.[1] ?? '';
    const ok = name.endsWith('.pdf');
    response.end(
      JSON.stringify({
        ok,
        sentence: ok ? `Read: ${name}` : `Not readable: ${name}`,
        href: ok ? '/documents/doc_4' : undefined,
        title: name,
      }),
    );
  },
  '/send/preview': (_request, response) =>
    response.end('<div class="notes" id="send-notes"><p>Asked anew</p></div>'),
};

const server = createServer(async (request, response) => {
  const url = request.url ?? '/';
  const path = url.split('?')[0] ?? '/';
  const file = serveAsset(assets, path, {});
  if (file.body) return void response.writeHead(200, file.headers).end(file.body);
  if (request.method === 'POST') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    posted.push({ url, body: Buffer.concat(chunks).toString('latin1') });
  }
  const answer = answers[path];
  if (answer) return answer(request, response);
  const page = samplePages[url];
  if (!page) return void response.writeHead(204).end();
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentPolicy('test'),
  });
  response.end(`<!doctype html>${String(page(sampleView('en', url, assets)))}`);
});

before(async () => {
  assets = await bundleAssets();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  await browser?.close();
  server.close();
  server.closeAllConnections();
});

async function open(t: Parameters<typeof launchBrowser>[0], path: string): Promise<Page | null> {
  browser ??= await launchBrowser(t);
  if (!browser) return null;
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  page.on('pageerror', (error) => assert.fail(error));
  await page.goto(origin + path);
  return page;
}

test('ten tabs share one line to the server, and an envelope changes in each of them', async (t) => {
  const page = await open(t, '/documents');
  if (!page) return;
  const tabs = [page];
  while (tabs.length < 10) {
    const tab = await page.context().newPage();
    await tab.goto(`${origin}/documents`);
    tabs.push(tab);
  }
  assert.equal(streams.size, 1);
  const change = { documents: ['doc_0'], messages: [], counts: { notices: 6 } };
  for (const stream of streams) stream.write(`id: 2\nevent: changed\ndata: ${JSON.stringify(change)}\n\n`);
  for (const tab of tabs) {
    await tab.locator('#envelope-doc_0 [data-state="opened"]').waitFor();
    assert.equal(await tab.locator('[data-count="notices"]').first().textContent(), '6');
  }
});

test('a list that changes while one looks keeps its ticks and what is open, and is not fetched for each change', async (t) => {
  const page = await open(t, '/documents');
  if (!page) return;
  await page.waitForFunction(() => document.querySelector('[data-controller~="live"]') !== null);
  const boxes = page.locator('tbody input[type="checkbox"]');
  const before = await boxes.count();
  const [second, third] = [await boxes.nth(1).inputValue(), await boxes.nth(2).inputValue()];
  await boxes.nth(1).check();
  await boxes.nth(2).check();
  const change = { documents: ['doc_none'], messages: [] };
  const say = (id: number): void => {
    for (const stream of streams)
      stream.write(`id: ${id}\nevent: changed\ndata: ${JSON.stringify(change)}\n\n`);
  };
  fetchedLists = 0;
  say(3);
  await page.getByText('ANEW').first().waitFor();
  for (const id of [4, 5, 6]) say(id);
  await page.waitForTimeout(500);
  assert.equal(fetchedLists, 1);
  assert.equal(await boxes.count(), before - 1);
  const ticked = await page
    .locator('tbody input:checked')
    .evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value));
  assert.deepEqual(ticked, [second, third]);
  assert.equal(await page.locator('.bulk strong').textContent(), '2 ticked');
});

test('typed and pasted addresses become tokens, and the posted text stays complete', async (t) => {
  const page = await open(t, '/send?document=doc_0');
  if (!page) return;
  const to = page.locator('#to');
  await to.fill('new@x.example,');
  await to.fill('nonsense');
  await to.press('Enter');
  await to.fill('maj');
  await page.locator('[role="option"]').waitFor();
  await to.press('ArrowDown');
  await to.press('Enter');
  const tokens = page.locator('.tokens:has(#to) .token');
  assert.equal(await tokens.count(), 5);
  assert.equal(await tokens.nth(3).getAttribute('data-state'), 'failed');
  assert.equal(
    await page.locator('input[name="to"]').inputValue(),
    'Els Peeters <els@peeters.example>, boekhouding@peeters.example, new@x.example, nonsense, "Maja Lindqvist" <maja@lindqvist.example>',
  );
  await to.press('Backspace');
  assert.equal(await tokens.count(), 4);
});

test('a change in the send window asks for the preview again', async (t) => {
  const page = await open(t, '/send?document=doc_0');
  if (!page) return;
  await page.fill('#subject', 'Another subject');
  await page.getByText('Asked anew').waitFor();
  assert.match(posted.at(-1)?.body ?? '', /Another subject/);
});

test('dropped files go up one by one and say what became of them', async (t) => {
  const page = await open(t, '/documents');
  if (!page) return;
  const file = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await page.setInputFiles('#add-files', [file('one.pdf'), file('two.txt')]);
  await page.getByText('Read: one.pdf').waitFor();
  await page.getByText('Not readable: two.txt').waitFor();
  assert.equal(await page.locator('.uploads a').getAttribute('href'), '/documents/doc_4');
});

test('the keys search, move, tick, open and leave', async (t) => {
  const page = await open(t, '/documents');
  if (!page) return;
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'find');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  assert.equal(await page.locator('.bulk strong').textContent(), '1 ticked');
  await page.keyboard.press('Escape');
  await page.locator('.bulk').waitFor({ state: 'hidden' });
  await page.keyboard.press('Shift+?');
  await page.locator('#keys-help[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await page.waitForURL('**/notices');
});

test('a tip opens on focus, is tied to its button, and Esc closes it', async (t) => {
  const page = await open(t, '/documents');
  if (!page) return;
  const button = page.locator('#envelope-doc_4 button.env');
  await button.focus();
  const tip = page.locator('#tip-doc_4');
  await tip.waitFor({ state: 'visible' });
  assert.equal(await button.getAttribute('aria-describedby'), 'tip-doc_4');
  await page.keyboard.press('Escape');
  await tip.waitFor({ state: 'hidden' });
});

test('the theme changes at once and is kept in a cookie', async (t) => {
  const page = await open(t, '/documents');
  if (!page) return;
  await page.locator('.who .theme button').click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset['theme']), 'light');
  assert.match(await page.evaluate(() => document.cookie), /theme=light/);
});

test('a deed that cannot be undone asks first, in the page’s own dialog', async (t) => {
  const page = await open(t, '/settings/keys');
  if (!page) return;
  const before = posted.length;
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'No, go back' }).click();
  assert.equal(posted.length, before);
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.locator('#confirm [data-confirm-yes]').click();
  await page.waitForFunction(() => !document.querySelector('dialog[open]'));
  assert.equal(posted.at(-1)?.url, '/settings/keys/key_1/revoke');
});

test('a variable comes into subject and text by a click, and by two braces with the keyboard', async (t) => {
  const page = await open(t, '/settings/templates/tpl_1');
  if (!page) return;
  const subject = page.locator('#subject');
  await subject.fill('No. ');
  await page.getByRole('button', { name: 'document.number' }).click();
  assert.equal(await subject.inputValue(), 'No. {{ document.number }}');
  await subject.pressSequentially(' {{ due');
  await page.getByRole('option', { name: /document\.due_date/ }).waitFor();
  await subject.press('Enter');
  assert.equal(await subject.inputValue(), 'No. {{ document.number }} {{ document.due_date }}');
  const editor = page.locator('trix-editor');
  await editor.click();
  await editor.press('Control+End');
  await editor.pressSequentially(' {{ port');
  await page.getByRole('option', { name: /portal\.url/ }).click();
  assert.match((await editor.textContent()) ?? '', / \{\{ portal\.url \}\}$/);
  assert.match(await page.locator('input[name="html"]').inputValue(), /\{\{ portal\.url \}\}/);
});
