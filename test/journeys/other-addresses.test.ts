import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { launchBrowser } from '../browser.ts';
import { freePort } from '../free-port.ts';
import { founded, signIn, startEnvoi } from './start.ts';

test('one can sign in by 127.0.0.1 and by the address in the network, where the page says that it is not encrypted', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { url } = await startEnvoi(t, { ...founded, HOST: '0.0.0.0' });
  const { port } = new URL(url);
  const inNetwork = Object.values(networkInterfaces())
    .flat()
    .find((one) => one && !one.internal && one.family === 'IPv4')?.address;
  for (const host of ['127.0.0.1', inNetwork]) {
    if (!host) continue;
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    const here = `http://${host}:${port}`;
    await page.goto(`${here}/sign-in`);
    assert.equal(await page.locator('text=not encrypted').count(), host === '127.0.0.1' ? 0 : 1, host);
    await signIn(page, here);
    const names = (await context.cookies()).map(({ name }) => name);
    assert.ok(names.includes(host === '127.0.0.1' ? '__Host-envoi' : 'envoi'), `${host}: ${names.join(' ')}`);
    await page.goto(`${here}/settings/company`);
    await page.click('main button:has-text("Save")');
    await page.waitForSelector('.note[data-state=opened]');
    await context.close();
  }
});

test('a portal with a host of its own learns who is staff when somebody signs in, and shows nothing of the staff', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const port = await freePort();
  const [staff, portal] = [`http://app.envoi.localhost:${port}`, `http://bills.envoi.localhost:${port}`];
  await startEnvoi(t, { ...founded, PORT: String(port), PUBLIC_URL: staff, ENVOI_PORTAL_URL: portal });
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, staff);
  const isMarked = async () => (await context.cookies(portal)).some(({ name }) => name === 'envoi_staff');
  for (let tries = 0; tries < 100 && !(await isMarked()); tries += 1) await page.waitForTimeout(50);
  assert.ok(await isMarked());
  assert.equal((await page.goto(`${portal}/sign-in`))?.status(), 404);
  assert.equal((await page.goto(`${portal}/`))?.status(), 404);
});
