import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { startPolite } from '../servers/index.ts';
import { hearComplaints, look } from './look.ts';
import { owner, signIn, startEnvoi } from './start.ts';

test('the first day: set up, sign in again, connect a mail server after a wrong password', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { url } = await startEnvoi(t);
  const server = await startPolite({ users: { 'invoices@vautrin.example': 'right horse' } });
  t.after(() => server.close());
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints = hearComplaints(page);
  const faults = [
    ...(await setUp(page, url)),
    ...(await leaveAndReturn(page, url)),
    ...(await connectServer(page, url, server.port)),
    ...(await makeKey(page, url)),
    ...(await changeCompany(page, url)),
    ...(await changeProfile(page, url)),
  ];
  assert.deepEqual(faults, []);
  // Refused forms are answered with 422 and the page that is not there with 404, which browsers write into their console.
  assert.deepEqual(
    complaints.filter((one) => !/status of 4(01|22)|\/nowhere: .*status of 404/.test(one)),
    [],
  );
});

async function setUp(page: Page, url: string): Promise<string[]> {
  await page.goto(url);
  assert.equal(new URL(page.url()).pathname, '/set-up');
  const faults = await look(page, 'set-up');
  await page.fill('[name=company]', 'Vautrin Joinery');
  await page.fill('[name=address]', 'Rue des Tanneurs 41, 1000 Brussels');
  await page.selectOption('[name=country]', 'FR');
  assert.equal(await page.locator('.law:visible').getAttribute('data-country'), 'FR');
  await page.selectOption('[name=country]', 'BE');
  assert.equal(await page.locator('.law:visible').getAttribute('data-country'), 'other');
  await page.fill('[name=name]', 'Claire Vautrin');
  await page.fill('[name=email]', 'claire(at)vautrin.example');
  await page.evaluate(() => document.querySelector('main form')?.setAttribute('novalidate', ''));
  await page.fill('[name=password]', 'short');
  await page.click('button[value=sandbox]');
  await page.waitForSelector('.late');
  assert.equal(await page.inputValue('[name=company]'), 'Vautrin Joinery', 'what was typed is still there');
  faults.push(...(await look(page, 'set-up-refused')));
  await page.fill('[name=email]', owner.email);
  await page.fill('[name=password]', owner.password);
  await page.check('[name=tracking][value=full]');
  await page.check('[name=basis][value=other]');
  await page.click('button[value=sandbox]');
  await page.waitForURL(`${url}/`);
  assert.match((await page.textContent('.side')) ?? '', /Vautrin Joinery/);
  assert.match((await page.textContent('.sandboxed')) ?? '', /No sender is connected/);
  return faults;
}

async function leaveAndReturn(page: Page, url: string): Promise<string[]> {
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name === '__Host-envoi');
  assert.ok(session?.secure && session.httpOnly, 'Chromium keeps the Secure cookie on http://localhost');
  await page.click('.company');
  await page.locator('#company-menu button', { hasText: 'Sign out' }).click();
  await page.waitForURL(`${url}/sign-in`);
  await page.goBack();
  await page.waitForURL((to) => to.pathname === '/sign-in');
  const faults = await look(page, 'sign-in');
  await page.fill('[name=email]', owner.email);
  await page.fill('[name=password]', 'not the password');
  await page.click('main button[type=submit]');
  await page.waitForSelector('[role=alert]');
  assert.match((await page.textContent('[role=alert]')) ?? '', /not right/);
  faults.push(...(await look(page, 'sign-in-refused')));
  await signIn(page, url);
  return faults;
}

async function connectServer(page: Page, url: string, port: number): Promise<string[]> {
  await page.goto(`${url}/settings/senders`);
  const faults = await look(page, 'senders');
  await page.click('text=Add a sender');
  await page.waitForSelector('.methods');
  faults.push(...(await look(page, 'sender-methods')));
  await page.click('.methods a[href*="method=smtp"]');
  await page.waitForSelector('.senderform');
  faults.push(...(await look(page, 'sender-new')));
  await page.fill('[name=address]', 'invoices@gmail.com');
  await page.click('button[value=guess]');
  await page.waitForFunction(
    () => document.querySelector<HTMLInputElement>('[name=host]')?.value === 'smtp.gmail.com',
  );
  assert.match((await page.textContent('.senderform .note')) ?? '', /app password/);
  await page.fill('[name=address]', 'invoices@vautrin.example');
  await page.fill('[name=host]', '127.0.0.1');
  await page.fill('[name=port]', String(port));
  await page.selectOption('[name=security]', 'none');
  await page.fill('[name=user]', 'invoices@vautrin.example');
  await page.fill('[name=password]', 'wrong horse');
  await page.click('main button:has-text("Save and test")');
  await page.waitForSelector('.records .note[data-state=failed]');
  assert.match((await page.textContent('.records .note')) ?? '', /User or password is not right/);
  assert.match((await page.textContent('#f-password-error')) ?? '', /not right/);
  assert.equal(await page.inputValue('[name=password]'), '');
  assert.doesNotMatch(await page.content(), /wrong horse/);
  faults.push(...(await look(page, 'sender-refused')));
  await page.fill('[name=password]', 'right horse');
  await page.click('main button:has-text("Save and test")');
  await page.waitForSelector('.records .note[data-state=opened]');
  assert.equal(await page.locator('.sandboxed').count(), 0, 'mail leaves the house now');
  await page.click('main button:has-text("Send a test")');
  await page.waitForSelector('text=It works. The test is on its way');
  await page.click('text=The whole conversation');
  assert.doesNotMatch(await page.content(), /right horse/);
  faults.push(...(await look(page, 'sender-works')));
  return faults;
}

async function makeKey(page: Page, url: string): Promise<string[]> {
  await page.goto(`${url}/settings/keys`);
  await page.fill('[name=name]', 'Invoicing');
  await page.selectOption('[name=rights]', 'read');
  await page.click('main button:has-text("Make the key")');
  const key = (await page.textContent('.secret')) ?? '';
  const faults = await look(page, 'keys');
  const ask = (): Promise<Response> =>
    fetch(`${url}/api/v1/documents`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal((await ask()).status, 200);
  await page.goto(`${url}/settings/keys`);
  assert.doesNotMatch(await page.content(), new RegExp(key));
  await page.click('main button:has-text("Revoke")');
  await page.click('dialog[open] button:has-text("Revoke")');
  await page.waitForSelector('text=The key was revoked');
  // The API remembers a key for three seconds.
  for (let tries = 0; tries < 60 && (await ask()).status === 200; tries += 1) await page.waitForTimeout(100);
  assert.equal((await ask()).status, 401);
  return faults;
}

async function changeCompany(page: Page, url: string): Promise<string[]> {
  await page.goto(`${url}/settings/company`);
  await page.fill('[name=brandColor]', 'blue');
  await page.fill('[name=cc]', 'no address');
  await page.click('main button:has-text("Save")');
  await page.waitForSelector('.late');
  const faults = await look(page, 'company-refused');
  await page.fill('[name=cc]', 'office@vautrin.example, shop@vautrin.example');
  await page.fill('[name=brandColor]', '#8a2f2f');
  await page.setInputFiles('[name=logo]', {
    name: 'logo.svg',
    mimeType: 'image/png',
    buffer: Buffer.from('<svg/>'),
  });
  await page.click('main button:has-text("Save")');
  await page.waitForSelector('text=This is no picture that can be read');
  await page.setInputFiles('[name=logo]', { name: 'logo.png', mimeType: 'image/png', buffer: await logo() });
  await page.click('main button:has-text("Save")');
  await page.waitForSelector('.note[data-state=opened]');
  const picture = page.locator('.logo img');
  assert.equal(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth), 400);
  assert.equal(await page.inputValue('[name=cc]'), 'office@vautrin.example, shop@vautrin.example');
  faults.push(...(await look(page, 'company')));
  return faults;
}

async function changeProfile(page: Page, url: string): Promise<string[]> {
  await page.goto(`${url}/settings/profile`);
  await page.fill('[name=current]', 'not the password');
  await page.fill('[name=password]', 'a new oak wall');
  await page.click('main button:has-text("Change the password")');
  await page.waitForSelector('text=This is not the present password');
  const faults = await look(page, 'profile');
  await page.fill('[name=current]', owner.password);
  await page.fill('[name=password]', 'a new oak wall');
  await page.click('main button:has-text("Change the password")');
  await page.waitForSelector('text=The password was changed');
  await page.selectOption('[name=language]', 'fr');
  await page.click('main button:has-text("Save")');
  await page.waitForSelector('text=Enregistré');
  await page.goto(`${url}/nowhere`);
  faults.push(...(await look(page, 'not-found')));
  return faults;
}

async function logo(): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp({ create: { width: 900, height: 300, channels: 4, background: '#8a2f2f' } })
    .png()
    .toBuffer();
}
