import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { hearComplaints, look } from './look.ts';
import { founded, signIn, startEnvoi } from './start.ts';

/** A browser whose device holds keys, and whose person always shows a finger; `forgets` throws the keys away. */
async function pageWithDevice(t: TestContext) {
  const browser = await launchBrowser(t);
  if (!browser) return null;
  t.after(() => browser.close());
  const page = await browser.newPage({ locale: 'en-GB' });
  const devices = await page.context().newCDPSession(page);
  await devices.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const;
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', { options });
  const forgets = () => devices.send('WebAuthn.clearCredentials', { authenticatorId });
  return { page, forgets };
}

test('a passkey signs in without password and second step, and stops when it is removed', async (t) => {
  const device = await pageWithDevice(t);
  if (!device) return;
  const { page, forgets } = device;
  const { url } = await startEnvoi(t, founded);
  const complaints = hearComplaints(page);
  await signIn(page, url);

  await page.goto(`${url}/settings/profile`);
  await page.fill('[name=keyName]', 'Laptop at work');
  await page.click('#passkeys button:has-text("Make a passkey")');
  await page.waitForSelector('#passkeys h3:has-text("Laptop at work")');
  const faults = await look(page, 'profile-with-passkey');
  assert.match((await page.textContent('#sessions')) ?? '', /Chrome.*this browser/s);

  await signOut(page, url);
  await page.click('button:has-text("Sign in with a passkey")');
  await page.waitForURL((to) => !to.pathname.startsWith('/sign-in'));
  assert.equal(new URL(page.url()).pathname, '/');

  await page.goto(`${url}/settings/profile`);
  await page.click('#passkeys button:has-text("Remove")');
  await page.click('dialog[open] button:has-text("Remove")').catch(() => undefined);
  await page.waitForSelector('#passkeys:not(:has(h3:has-text("Laptop at work")))');
  await signOut(page, url);
  await page.click('button:has-text("Sign in with a passkey")');
  await page.waitForSelector('[role=alert]:has-text("passkey did not fit")');

  await forgets();
  await page.click('button:has-text("Sign in with a passkey")');
  await page.waitForSelector('[data-passkey-target=said]:has-text("did not answer with a key")');
  faults.push(...(await look(page, 'sign-in-without-key')));
  assert.deepEqual(faults, []);
  assert.deepEqual(
    complaints.filter((one) => !/status of 422/.test(one)),
    [],
  );
});

async function signOut(page: Page, url: string): Promise<void> {
  await page.context().clearCookies({ name: /envoi$/ });
  await page.goto(`${url}/sign-in`);
}
