import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { silentLog } from '#base/log';
import { type Clock, systemClock } from '#base/time';
import { loadConfig } from '#config';
import type { Installation, Surroundings } from '../../src/roof/installation.ts';
import { serve } from '../../src/roof/serve.ts';
import { testDatabase } from '../database.ts';
import { freePort } from '../free-port.ts';

export const owner = { email: 'claire@vautrin.example', password: 'oak library wall' };

/** A whole Envoi on a fresh database and a free port, as `envoi serve` starts it; it is stopped and removed with the
 * test. `clock` tells it the time, `smtp` how it dials mail servers. */
export async function startEnvoi(
  t: Pick<TestContext, 'after'>,
  env: Readonly<Record<string, string>> = {},
  clock: Clock = systemClock,
  smtp?: Surroundings['smtp'],
): Promise<{
  readonly url: string;
  readonly smtpInPort: number;
  readonly installation: Installation;
}> {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'envoi-journey-'));
  const port = await freePort();
  const loaded = loadConfig({
    DATABASE_URL: database.url,
    ENVOI_DATA_DIR: folder,
    PORT: String(port),
    ENVOI_SMTP_IN_PORT: '0',
    ENVOI_SUBMISSION_PORT: '0',
    ENVOI_SUBMISSION_TLS_PORT: '0',
    ...env,
  });
  if (!loaded.ok) throw new Error(loaded.problems.join(' '));
  const running = await serve(loaded.config, { clock, log: silentLog, say: () => undefined, smtp });
  t.after(async () => {
    await running.stop();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { installation } = running;
  return { url: loaded.config.publicUrl, smtpInPort: running.smtpInPort ?? 0, installation };
}

/** The variables that make company and owner without the set-up page. */
export const founded = {
  ENVOI_SETUP_COMPANY: 'Vautrin Joinery',
  ENVOI_SETUP_EMAIL: owner.email,
  ENVOI_SETUP_PASSWORD: owner.password,
  ENVOI_SETUP_API_KEY: 'a-key-that-is-long-enough-for-tests',
  ENVOI_SETUP_COUNTRY: 'BE',
};

/** Signs the owner in by the page. */
export async function signIn(
  page: Page,
  url: string,
  who: { readonly email: string; readonly password: string } = owner,
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.fill('input[name=email]', who.email);
  await page.fill('input[name=password]', who.password);
  await page.click('main button[type=submit]');
  await page.waitForURL((to) => !to.pathname.startsWith('/sign-in'));
}
