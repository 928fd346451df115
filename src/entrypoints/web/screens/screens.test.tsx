import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { languages } from '#base/language';
import { launchBrowser, shotsFolder } from '../../../../test/browser.ts';
import { type Assets, bundleAssets } from '../assets/bundle.ts';
import { contentPolicy } from '../assets/content-policy.ts';
import { serveAsset } from '../assets/serve-asset.ts';
import { samplePages, sampleView } from './sample-pages.tsx';

/** Wide and light, narrow and dark: the other two only for pictures, because the browser takes a minute per round. */
const variants = [
  [1280, 'light'],
  [390, 'dark'],
  ...(shotsFolder
    ? ([
        [1280, 'dark'],
        [390, 'light'],
      ] as const)
    : []),
] as const;
const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64',
);

let assets: Assets;
let origin = '';
const language: 'en' | 'fr' | 'it' = 'en';
const server = createServer((request, response) => {
  const path = request.url ?? '/';
  const file = serveAsset(assets, path, {});
  if (file.body) return void response.writeHead(200, file.headers).end(file.body);
  const page = samplePages[path];
  if (!page) {
    response.writeHead(path.endsWith('.png') ? 200 : 204, { 'content-type': 'image/png' });
    return void response.end(path.endsWith('.png') ? pixel : undefined);
  }
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentPolicy('test'),
  });
  response.end(`<!doctype html>${String(page(sampleView(language, path, assets)))}`);
});

before(async () => {
  assets = await bundleAssets();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

test('every page renders in every language without an unfilled argument', () => {
  for (const each of languages)
    for (const [path, page] of Object.entries(samplePages)) {
      const html = String(page(sampleView(each, path, assets)));
      // The settings name the variables of file names and payment links, in braces and quoted nowhere else.
      const explained = /[^<]*\{(dueDate|cents)\}[^<]*/g;
      const visible = html
        .replace(/data-[a-z-]+="[^"]*"/g, '')
        .replace(explained, '')
        .replace(/<textarea.*?<\/textarea>/gs, '');
      assert.doesNotMatch(
        visible,
        /\{(who|count|name|at|customer|document|seconds)\}|undefined|\[object/,
        `${each} ${path}`,
      );
      assert.doesNotMatch(html, / style="|<script(?![^>]* src=)/, `${path} must hold the content policy`);
    }
});

test('every page is free of serious accessibility faults, errors and sideways scrolling, wide and narrow, light and dark', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const faults: string[] = [];
  for (const [width, colorScheme] of variants) {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      hasTouch: width < 500,
    });
    const page = await context.newPage();
    page.on(
      'console',
      (message) => message.type() === 'error' && faults.push(`${page.url()}: ${message.text()}`),
    );
    page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
    for (const path of Object.keys(samplePages)) {
      await page.goto(origin + path);
      faults.push(...(await look(page, `${path} ${width} ${colorScheme}`)));
      if (shotsFolder) await shoot(page, `${path}-${width}-${colorScheme}`);
    }
    await context.close();
  }
  assert.deepEqual(faults, []);
});

async function look(page: Page, name: string): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const run = (
      globalThis as unknown as {
        axe: {
          run: (
            options: object,
          ) => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
        };
      }
    ).axe;
    const { violations } = await run.run({ iframes: false });
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return { violations, wide };
  });
  const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [
    ...serious.map(
      ({ id, nodes }) => `${name}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    ),
    ...(found.wide > 0 ? [`${name}: scrolls sideways by ${found.wide} px`] : []),
  ];
}

async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(shotsFolder!, { recursive: true });
  await page.screenshot({ path: `${shotsFolder}/${name.replace(/[^\w]+/g, '_')}.png`, fullPage: true });
}
