import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { systemClock } from '#base/time';
import { launchBrowser } from '../browser.ts';
import { freePort } from '../free-port.ts';
import { makeAuthority, makeSelfSigned, startPolite, startRudeServer } from '../servers/index.ts';
import { look } from './look.ts';
import { founded, signIn, startEnvoi } from './start.ts';

const text = async (page: Page): Promise<string> => (await page.textContent('main')) ?? '';

/** Posts a form of the page and waits until it has come back. */
async function press(page: Page, button: string): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute('data-before', ''));
  await page.evaluate(() => document.querySelector('main form')?.setAttribute('novalidate', ''));
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.click(button);
  await answered;
}

test('what is typed as one’s own domain and is none comes back with a sentence, and another way to send is offered', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { url } = await startEnvoi(t, {
    ...founded,
    ENVOI_SMTP_URL: 'direct:',
    ENVOI_DNS_SERVERS: `127.0.0.1:${await freePort()}`,
  });
  const page = await browser.newPage({ locale: 'en-GB' });
  await signIn(page, url);
  const wrong: readonly (readonly [typed: string, said: RegExp])[] = [
    ['https://vautrin.example/shop', /address of the web/],
    ['vautrin .example', /no spaces/],
    ['claire@vautrin.example', /e-mail address/],
    ['vаutrin.example', /several alphabets/],
    ['xn--a.example', /cannot be a domain/],
    ['co.uk', /Everybody can register/],
    ['gmail.com', /SMTP, Google or Microsoft/],
  ];
  for (const [typed, said] of wrong) {
    await page.goto(`${url}/settings/domains`);
    await page.fill('[name=name]', typed);
    await press(page, 'main form button[type=submit]');
    await page.waitForSelector('#f-name-error');
    assert.match((await page.textContent('#f-name-error')) ?? '', said, typed);
    assert.equal(await page.inputValue('[name=name]'), typed, 'what was typed is still there');
  }
  assert.equal(await page.locator('.records li').count(), 0, 'none of them was added');
  assert.deepEqual(await look(page, 'domain-refused'), []);

  await page.click('a:has-text("Send another way")');
  await page.waitForSelector('.methods');
  assert.match(await text(page), /Your own mail server/);
  await page.goto(`${url}/settings/domains`);
  await page.fill('[name=name]', 'somebody-elses.example');
  await press(page, 'main form button[type=submit]');
  await page.waitForURL(/\/settings\/domains\/dom_/);
  assert.match(await text(page), /ENVOI_MAIL_HOST/, 'the records page says what the operator has not told');
  assert.equal(await page.locator('a:has-text("Send another way")').count(), 1);
});

test('servers inside the house are refused where the operator forbids them, each with a sentence', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { url } = await startEnvoi(t, { ...founded, ENVOI_PRIVATE_HOSTS: 'refused' });
  const page = await browser.newPage({ locale: 'en-GB' });
  await signIn(page, url);
  const hosts: readonly (readonly [host: string, said: RegExp])[] = [
    ['127.0.0.1', /does not connect to that address/],
    ['localhost', /does not connect to that address/],
    ['10.1.2.3', /does not connect to that address/],
    ['[::1]', /does not connect to that address/],
    ['169.254.169.254', /does not connect to that address/],
    ['127.1', /no server name/],
    ['smtp://mail.vautrin.example', /no server name/],
  ];
  for (const [host, said] of hosts) {
    await openForm(page, url, { host, port: 587 });
    await press(page, 'main button:has-text("Save and test")');
    await page.waitForSelector('#f-host-error');
    assert.match((await page.textContent('#f-host-error')) ?? '', said, host);
  }
});

test('the test of a sender says in plain words what its server does not like, at the field that mends it', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const stranger = await makeSelfSigned({ names: ['mail.other.example'] });
  const withTls = await startPolite({ tls: { ...stranger, mode: 'starttls' } });
  const authority = await makeAuthority();
  const other = await authority.issue({ names: ['mail.other.example'] });
  const misnamed = await startPolite({ tls: { ...other, mode: 'starttls' } });
  const hangs = await startRudeServer([{ at: 'greeting', silent: true }]);
  const forbids = await startRudeServer([
    { at: 'mail', reply: '553 5.7.1 Sender address rejected: not owned by user' },
  ]);
  const noMail = await startRudeServer([{ at: 'greeting', raw: 'HTTP/1.1 400 Bad Request\r\n\r\n' }]);
  const grey = await startRudeServer([
    { at: 'rcpt', when: /claire@/, reply: '451 4.7.1 Greylisted, please try again in 300 seconds' },
  ]);
  const servers = [withTls, misnamed, hangs, forbids, noMail, grey];
  t.after(() => Promise.all(servers.map((one) => one.close())));
  const dialing = { ca: authority.ca, timeouts: { greeting: 300 } };
  const { url } = await startEnvoi(t, founded, systemClock, dialing);
  const page = await browser.newPage({ locale: 'en-GB' });
  await signIn(page, url);
  const cases: readonly (readonly [port: number, security: string, field: string, said: RegExp])[] = [
    [withTls.port, 'starttls', 'host', /certificate is not trusted/],
    [misnamed.port, 'starttls', 'host', /belongs to mail\.other\.example, not to this server name/],
    [hangs.port, 'none', 'port', /took the connection and said nothing. Are the port and the kind of enc/],
    [forbids.port, 'none', 'address', /does not let this account send/],
    [noMail.port, 'none', 'port', /does not speak SMTP/],
    [await freePort(), 'none', 'port', /does not answer on that port/],
  ];
  for (const [port, security, field, said] of cases) {
    await openForm(page, url, { host: '127.0.0.1', port, security });
    await press(page, 'main button:has-text("Save and test")');
    await page.waitForSelector(`#f-${field}-error`);
    assert.match((await page.textContent(`#f-${field}-error`)) ?? '', said, `${port} ${security}`);
  }
  await openForm(page, url, { host: '127.0.0.1', port: grey.port, security: 'none' });
  await page.fill('[name=perMinute]', '30');
  await page.fill('[name=perDay]', '0');
  await press(page, 'main button:has-text("Save and test")');
  await page.waitForSelector('#f-perMinute-error');
  assert.match(await text(page), /A limit is a whole number/);
  await page.fill('[name=perDay]', '500');
  await press(page, 'main button:has-text("Save and test")');
  await page.waitForSelector('.records .note[data-state=opened]');
  assert.match(await text(page), /at most 30 a minute, at most 500 a day/, 'limits are there from the start');
  await press(page, 'main button:has-text("Send a test")');
  await page.waitForSelector('text=not the test to');
  assert.match(await text(page), /not the test to claire@vautrin\.example: .*lets new senders wait/s);
});

/** The form of a new sender with a server of its own. */
async function openForm(
  page: Page,
  url: string,
  server: { readonly host: string; readonly port: number; readonly security?: string },
): Promise<void> {
  await page.goto(`${url}/settings/senders?sender=new&method=smtp`);
  await page.fill('[name=address]', 'invoices@vautrin.example');
  await page.fill('[name=host]', server.host);
  await page.fill('[name=port]', String(server.port));
  await page.selectOption('[name=security]', server.security ?? 'starttls');
}
