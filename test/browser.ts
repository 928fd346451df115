import { existsSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { skipLoudly } from './skip.ts';

/**
 * Starts a real browser without a window: the one that CHROMIUM_PATH names, else Debian's. Where there is none, the test is
 * skipped loudly and null comes back. The caller closes it.
 */
export async function launchBrowser(t: TestContext): Promise<Browser | null> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    skipLoudly(t, 'chromium');
    return null;
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Where a test may leave pictures for people to look at (ENVOI_SHOTS); undefined: nowhere. */
export const shotsFolder = process.env['ENVOI_SHOTS'];
