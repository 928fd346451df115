import { mkdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { shotsFolder } from '../browser.ts';

const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

type Axe = {
  run(options: object): Promise<{
    violations: { id: string; impact: string | null; nodes: { html: string }[] }[];
  }>;
};

/**
 * Looks at a page as it is, wide and narrow, light and dark: returns serious accessibility faults and sideways scrolling as
 * sentences, and leaves pictures where ENVOI_SHOTS says.
 */
export async function look(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [390, 'dark'],
    [1280, 'dark'],
    [390, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    faults.push(...(await faultsOf(page, `${name} ${width} ${colorScheme}`)));
    if (!shotsFolder) continue;
    mkdirSync(shotsFolder, { recursive: true });
    await page.screenshot({ path: `${shotsFolder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

async function faultsOf(page: Page, name: string): Promise<string[]> {
  await page.evaluate(axe);
  const { violations, wide } = await page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: Axe }).axe.run({ iframes: false });
    const { scrollWidth, clientWidth } = document.documentElement;
    return { violations: found.violations, wide: scrollWidth - clientWidth };
  });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [
    ...serious.map(
      ({ id, nodes }) => `${name}: ${id}: ${nodes.map((one) => one.html.slice(0, 160)).join(' | ')}`,
    ),
    ...(wide > 0 ? [`${name}: scrolls sideways by ${wide} px`] : []),
  ];
}

/** Everything that a browser complains about in its console, and scripts that fail: a page of ours gives no cause. */
export function hearComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  return complaints;
}
