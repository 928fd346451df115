import { mkdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { shotsFolder } from '../browser.ts';

const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/**
 * Says what is wrong with the page as it stands: serious accessibility faults and scrolling sideways, at its own width and on
 * a phone; takes pictures, light and dark, where ENVOI_SHOTS names a folder.
 */
export async function faultsOf(page: Page, name: string): Promise<string[]> {
  const size = page.viewportSize();
  const faults = await lookAt(page, `${name} wide`);
  await page.setViewportSize({ width: 390, height: 844 });
  faults.push(...(await lookAt(page, `${name} phone`)));
  if (size) await page.setViewportSize(size);
  return faults;
}

async function lookAt(page: Page, name: string): Promise<string[]> {
  await shoot(page, name);
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as { axe: Axe };
    const { violations } = await tool.run({ iframes: false });
    const { scrollWidth, clientWidth } = document.documentElement;
    return { violations, wide: scrollWidth - clientWidth };
  });
  const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [
    ...serious.map(
      ({ id, nodes }) =>
        `${name}: ${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} (${node.failureSummary.slice(0, 300)})`).join(' | ')}`,
    ),
    ...(found.wide > 0 ? [`${name}: scrolls sideways by ${found.wide} px`] : []),
  ];
}

interface Axe {
  run(options: object): Promise<{
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  }>;
}

async function shoot(page: Page, name: string): Promise<void> {
  if (!shotsFolder) return;
  mkdirSync(shotsFolder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const file = `${name.replace(/[^\w]+/g, '_')}-${colorScheme}.png`;
    await page.screenshot({ path: `${shotsFolder}/${file}`, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}
