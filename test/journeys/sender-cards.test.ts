import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { assertGenuine, headerOf } from '../mail/genuine.ts';
import { publish } from '../mail/laboratory.ts';
import {
  type ReceivedMail,
  startDns,
  startOauth,
  startPolite,
  startSink,
  type TestDns,
} from '../servers/index.ts';
import { hearComplaints, look } from './look.ts';
import { type Program, programOf, until } from './program.ts';
import { founded, owner, signIn, startEnvoi } from './start.ts';

interface Scene {
  readonly browser: Browser;
  readonly page: Page;
  readonly url: string;
  readonly program: Program;
  readonly dns: TestDns;
  /** All that any of the servers took. */
  readonly mails: () => readonly ReceivedMail[];
}

const elsewhere = 'claire@free.example';

test('each of the six ways to send is a card that says what customers see, and is set up and tested until its mail arrives', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const dns = await startDns([
    ...['vautrin', 'free'].map((name) => [`${name}.example`, 'MX', '10 mx.free.example'] as const),
    ['mx.free.example', 'A', '127.0.0.1'],
    ['mail.envoi.example', 'A', '127.0.0.1'],
    ['_dmarc.vautrin.example', 'TXT', 'v=DMARC1; p=reject; adkim=s'],
  ]);
  const [google, microsoft, world] = [await startOauth(), await startOauth(), await startSink()];
  const own = await startPolite();
  const accounts = await startPolite({
    tokens: (user, token) => google.isGood(user, token) || microsoft.isGood(user, token),
  });
  const servers = [dns, google, microsoft, world, own, accounts];
  t.after(() => Promise.all(servers.map((one) => one.close())));
  const app = (name: string, { clientId, clientSecret, endpoints }: typeof google) => ({
    [`ENVOI_${name}_CLIENT_ID`]: clientId,
    [`ENVOI_${name}_CLIENT_SECRET`]: clientSecret,
    [`ENVOI_${name}_ENDPOINTS`]: `${endpoints} smtp=smtp://127.0.0.1:${accounts.port}`,
  });
  const { url } = await startEnvoi(t, {
    ...founded,
    ...app('GOOGLE', google),
    ...app('MICROSOFT', microsoft),
    ENVOI_SMTP_URL: 'direct:',
    ENVOI_MX_PORT: String(world.port),
    ENVOI_DNS_SERVERS: dns.address,
    ENVOI_PLATFORM_DOMAIN: 'envoi.example',
    ENVOI_MAIL_HOST: 'mail.envoi.example',
    ENVOI_PUBLIC_IPS: '127.0.0.1',
  });
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints = hearComplaints(page);
  await signIn(page, url);
  const mails = () => [...world.mails, ...own.mails, ...accounts.mails];
  const scene: Scene = { browser, page, url, program: programOf(url), dns, mails };

  const faults = [...(await sixCards(scene)), ...(await ownDomain(scene))];
  await overDomain(t, scene);
  await overServer(scene, own.port);
  await overAccount(scene, 'Google');
  await overAccount(scene, 'Microsoft');
  await overPlatform(scene);
  await unauthenticated(scene);
  await page.goto(`${url}/settings/senders`);
  faults.push(...(await look(page, 'six-senders')));
  assert.deepEqual(faults, []);
  assert.deepEqual(complaints, []);
});

async function sixCards({ page, url }: Scene): Promise<string[]> {
  await page.goto(`${url}/settings/senders?sender=new`);
  const cards = await page.locator('.methods > li').allTextContents();
  const sees = (from: string, answers: string) =>
    new RegExp(`Customers see.*${from}.*Answers go to.*${answers}.*It needs.*\\w`, 's');
  const own = sees('claire@vautrin\\.example', 'claire@vautrin\\.example');
  for (const [at, [title, shown]] of (
    [
      ['Your domain', own],
      ['Your own mail server', own],
      ['Google', own],
      ['Microsoft', own],
      ['Platform address', sees('Vautrin Joinery <no-reply@envoi\\.example>', 'claire@vautrin\\.example')],
      ['Your address, not authenticated', own],
    ] as const
  ).entries()) {
    assert.ok(cards[at]?.startsWith(title), cards[at]);
    assert.match(cards[at] ?? '', shown);
  }
  assert.equal(cards.length, 6);
  assert.match(cards[0] ?? '', /Add a domain/, `what comes first: ${cards[0]}`);
  return look(page, 'sender-cards');
}

/** Adds the domain, looks at what its administrator is given, and has its records set. */
async function ownDomain({ browser, page, url, program, dns }: Scene): Promise<string[]> {
  await page.goto(`${url}/settings/domains`);
  await page.fill('[name=name]', 'vautrin.example');
  await page.click('main form button[type=submit]');
  await page.waitForSelector('text=0 of 4 required records are correct');
  const faults = await look(page, 'domain-pending');
  const stranger = await browser.newPage({ locale: 'en-GB' });
  await stranger.goto((await page.getAttribute('a[href*="/dns/"]', 'href')) ?? '');
  assert.match((await stranger.textContent('main')) ?? '', /DNS settings for vautrin\.example/);
  faults.push(...(await look(stranger, 'domain-public')));
  await stranger.close();
  const [domain] = (await program.ask('GET /domains')).items;
  publish(dns, domain);
  await page.click('button:has-text("Check again")');
  await page.waitForSelector('text=4 of 4 required records are correct');
  faults.push(...(await look(page, 'domain-valid')));
  return faults;
}

async function overDomain(t: TestContext, scene: Scene): Promise<void> {
  await setUp(scene, 'Your domain');
  await scene.page.click('main button:has-text("Save and test")');
  const mail = await tested(scene, 'Your domain');
  await assertGenuine(t, [mail], { domain: 'vautrin.example', dns: scene.dns });
}

async function overServer(scene: Scene, port: number): Promise<void> {
  const { page } = scene;
  await setUp(scene, 'Your own mail server');
  await page.fill('[name=host]', '127.0.0.1');
  await page.fill('[name=port]', String(port));
  await page.selectOption('[name=security]', 'none');
  await page.click('main button:has-text("Save and test")');
  assert.equal((await tested(scene, 'Your own mail server')).from, owner.email);
}

async function overAccount(scene: Scene, provider: 'Google' | 'Microsoft'): Promise<void> {
  const { page } = scene;
  await setUp(scene, provider);
  await page.click('main form.senderform button[type=submit]');
  await page.click(`a:has-text("Connect with ${provider}")`);
  await page.click('a:has-text("Allow")');
  assert.equal((await tested(scene, provider)).user, owner.email);
}

/** The platform's sender is there from the start. */
async function overPlatform(scene: Scene): Promise<void> {
  await scene.page.goto(`${scene.url}/settings/senders`);
  const mail = await tested(scene, 'Platform address');
  assert.match(headerOf(mail.bytes, 'From') ?? '', /^Vautrin Joinery <no-reply@envoi\.example>$/);
}

/** Only once a mailed code has shown that it is one's own. */
async function unauthenticated(scene: Scene): Promise<void> {
  const { page, mails } = scene;
  await setUp(scene, 'Your address, not authenticated');
  await page.fill('[name=address]', elsewhere);
  await page.click('main button:has-text("Save and test")');
  await page.waitForSelector(`text=A code is on its way to ${elsewhere}`);
  const code = await until('the code', async () => {
    const mail = mails().find(({ to }) => to.includes(elsewhere));
    const body = mail?.bytes.toString('latin1').split('\r\n\r\n')[1] ?? '';
    return /\d{4} \d{4}/.exec(Buffer.from(body, 'base64').toString('utf8'))?.[0];
  });
  await page.fill('[id^="code-address-"]', code);
  await page.click('main button:has-text("Confirm")');
  const mail = await tested(scene, 'Your address, not authenticated');
  assert.match(headerOf(mail.bytes, 'From') ?? '', /claire@free\.example/);
}

async function setUp({ page, url }: Scene, title: string): Promise<void> {
  await page.goto(`${url}/settings/senders?sender=new`);
  await page.click(`.methods li:has(h3:text-is("${title}")) a:has-text("Set up")`);
  await page.waitForSelector('.senderform');
}

/** Presses the test button of the sender that sends this way, reads the result, and returns the mail that arrived. */
async function tested({ page, mails }: Scene, way: string): Promise<ReceivedMail> {
  const sender = page.locator(`.records > li:has(small:text("${way}"))`);
  await sender.locator('.note', { hasText: 'It work' }).or(sender.locator('.actions')).first().waitFor();
  const before = new Set(mails());
  await sender.locator(`button:has-text("Send a test to ${owner.email}")`).click();
  await page.waitForSelector(`text=It works. The test is on its way to ${owner.email}.`);
  return until('the test', async () => mails().find((one) => !before.has(one)));
}
