import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { plainPdf } from '../fixtures/documents.ts';
import { type PoliteServer, startPolite } from '../servers/index.ts';
import { hearComplaints, look } from './look.ts';
import { connectSender, type Program, programOf, until } from './program.ts';
import { founded, owner, signIn, startEnvoi } from './start.ts';

interface Scene {
  readonly page: Page;
  readonly url: string;
  readonly program: Program;
  readonly server: PoliteServer;
  readonly main: string;
}

test('further sender addresses: proven, put into each of the four rules, and said in the send window with the reason', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const server = await startPolite();
  t.after(() => server.close());
  const { url, installation } = await startEnvoi(t, founded);
  const program = programOf(url);
  const main = await connectSender(program, server.port);
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints = hearComplaints(page);
  await signIn(page, url);
  const scene: Scene = { page, url, program, server, main };

  const offers = await addAddress(scene, 'offers@vautrin.example');
  assert.equal(await stateOf(page, offers), 'opened', 'in the same domain there is a green tick at once');
  const claire = await addAddress(scene, 'claire@elsewhere.example');
  assert.equal(await stateOf(page, claire), 'failed', 'in another domain there is a red cross');
  await refuseInRule(scene, claire);
  await proveByCode(scene, claire);
  await proveAnswers(scene, offers);
  const faults = await look(page, 'sender-addresses');

  await perKind(scene, offers);
  await perUser(scene, claire);
  await atSend(scene, offers);
  await perTemplate(scene, offers);

  await setRule(scene, 'per_kind', { 'kinds.quote': offers });
  await page.waitForSelector('text=Saved. The send window says');
  await installation.database.owner.query(
    "update senders set state = 'broken', problem = 'wrong_password' where id = $1",
    [offers],
  );
  await heldWithNotice(scene, offers);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    complaints.filter((one) => !/status of 422/.test(one)),
    [],
  );
});

/** Adds an address beside the main sender and returns its id. */
async function addAddress({ page, url, main, program }: Scene, address: string): Promise<string> {
  await page.goto(`${url}/settings/senders?sender=new&like=${main}`);
  await page.fill('[name=address]', address);
  await page.click('main button:has-text("Save and test")');
  await page.waitForSelector(`text=<${address}>`);
  const { items } = await program.ask('GET /senders');
  return items.find((one: { address: string }) => one.address === address).id;
}

function stateOf(page: Page, senderId: string): Promise<string | null> {
  return page.getAttribute(`#${senderId}`, 'data-state');
}

async function setRule(
  { page, url }: Scene,
  rule: string,
  assigned: Readonly<Record<string, string>>,
): Promise<void> {
  await page.goto(`${url}/settings/senders`);
  await page.check(`[name=rule][value=${rule}]`);
  for (const [name, senderId] of Object.entries(assigned))
    await page.selectOption(`[name="${name}"]`, senderId);
  await page.click('.addressrule button:has-text("Save")');
}

async function refuseInRule(scene: Scene, broken: string): Promise<void> {
  await setRule(scene, 'per_kind', { 'kinds.quote': broken });
  await scene.page.waitForSelector('text=an address in it does not work');
  assert.notEqual((await scene.program.ask('GET /sender-rule')).rule, 'per_kind');
}

/** The digits that were mailed last to an address. */
async function codeFor(server: PoliteServer, address: string): Promise<string> {
  return until('the code', async () => {
    const mail = server.mails.filter(({ to }) => to.includes(address)).at(-1);
    const body = mail?.bytes.toString('latin1').split('\r\n\r\n')[1] ?? '';
    return /\d{4} \d{4}/.exec(Buffer.from(body, 'base64').toString('utf8'))?.[0];
  });
}

async function proveByCode({ page, url, server }: Scene, senderId: string): Promise<void> {
  await page.goto(`${url}/settings/senders`);
  const code = await codeFor(server, 'claire@elsewhere.example');
  await page.fill(`#code-address-${senderId}`, code === '1111 1111' ? '2222 2222' : '1111 1111');
  await page.click(`#${senderId} button:has-text("Confirm")`);
  await page.waitForSelector('.note[data-state=failed]');
  await page.fill(`#code-address-${senderId}`, code);
  await page.click(`#${senderId} button:has-text("Confirm")`);
  await page.waitForSelector(`#${senderId}:not([data-state=failed])`);
  await page.click(`#${senderId} button:has-text("Send a test")`);
  await page.waitForSelector(`#${senderId}[data-state=opened]`);
}

/** Answers in the same domain need no code, in another one they do. */
async function proveAnswers({ page, url, server, program }: Scene, senderId: string): Promise<void> {
  for (const [replyTo, isProven] of [
    ['office@vautrin.example', true],
    ['office@partner.example', false],
  ] as const) {
    await page.goto(`${url}/settings/senders?sender=${senderId}`);
    await page.fill('[name=replyTo]', replyTo);
    await page.click('main button:has-text("Save and test")');
    await page.waitForURL(/tested=/);
    const sender = await program.ask(`GET /senders/${senderId}`);
    assert.deepEqual([sender.replyTo, sender.replyToConfirmed], [replyTo, isProven]);
  }
  await page.fill(`#code-reply_to-${senderId}`, await codeFor(server, 'office@partner.example'));
  await page.click(`#${senderId} button:has-text("Confirm")`);
  await until(
    'the answers are proven',
    async () => (await program.ask(`GET /senders/${senderId}`)).replyToConfirmed,
  );
}

async function addDocument({ program }: Scene, number: string, kind: string): Promise<string> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(await plainPdf({ number }))], 'document.pdf'));
  const customer = { name: 'Peeters BV', emails: ['els@peeters.example'], language: 'en' };
  form.set('facts', JSON.stringify({ kind, number, total: '120.00', currency: 'EUR', customer }));
  return (await program.ask('POST /documents', form)).id;
}

/** Opens the send window; returns the chosen address and why. */
async function windowOf({ page, url }: Scene, documentId: string): Promise<readonly [string, string]> {
  await page.goto(`${url}/send?document=${documentId}`);
  return [await page.inputValue('#senderId'), (await page.textContent('#sender-why')) ?? ''];
}

async function perKind(scene: Scene, offers: string): Promise<void> {
  await setRule(scene, 'per_kind', { 'kinds.quote': offers });
  await scene.page.waitForSelector('text=Saved. The send window says');
  const quote = await windowOf(scene, await addDocument(scene, 'Q-1', 'quote'));
  assert.equal(quote[0], offers);
  assert.match(quote[1], /Because of the kind: Quote/);
  const invoice = await windowOf(scene, await addDocument(scene, 'F-1', 'invoice'));
  assert.equal(invoice[0], scene.main);
  assert.match(invoice[1], /this kind has no address of its own: Invoice/);
}

async function perUser(scene: Scene, claire: string): Promise<void> {
  const name = await scene.page.getAttribute('[name^="users."]', 'name').catch(() => null);
  await scene.page.goto(`${scene.url}/settings/senders`);
  const field = name ?? (await scene.page.getAttribute('[name^="users."]', 'name')) ?? '';
  await setRule(scene, 'per_user', { [field]: claire });
  await scene.page.waitForSelector('text=Saved. The send window says');
  const [senderId, why] = await windowOf(scene, await addDocument(scene, 'F-2', 'invoice'));
  assert.equal(senderId, claire);
  assert.match(why, /sends from it/);
  await setRule(scene, 'per_user', { [field]: '' });
  await scene.page.waitForSelector('text=Saved. The send window says');
  const none = await windowOf(scene, await addDocument(scene, 'F-3', 'invoice'));
  assert.match(none[1], /has no address of their own/, owner.email);
}

async function atSend(scene: Scene, offers: string): Promise<void> {
  await setRule(scene, 'at_send', {});
  await scene.page.waitForSelector('text=Saved. The send window says');
  const [senderId] = await windowOf(scene, await addDocument(scene, 'F-4', 'invoice'));
  assert.equal(senderId, scene.main);
  await scene.page.selectOption('#senderId', offers);
  await scene.page.waitForFunction(() =>
    /Chosen for this send/.test(document.querySelector('#sender-why')?.textContent ?? ''),
  );
}

/** Choosing an address chooses the text that goes out from it, and the reverse. */
async function perTemplate(scene: Scene, offers: string): Promise<void> {
  const { page, program } = scene;
  const text = { kind: 'invoice', purpose: 'first', language: 'en', html: '<p>Hello</p>' };
  const own = await program.ask('PUT /templates', {
    ...text,
    name: 'From the offers desk',
    subject: 'From the offers desk',
    isDefault: false,
    senderId: offers,
  });
  await setRule(scene, 'per_template', {});
  await page.waitForSelector('text=Saved. The send window says');
  await windowOf(scene, await addDocument(scene, 'F-5', 'invoice'));
  const before = await page.inputValue('#templateId');
  await page.selectOption('#senderId', offers);
  await page.waitForFunction(
    (id) => document.querySelector<HTMLSelectElement>('#templateId')?.value === id,
    own.id,
  );
  await windowOf(scene, await addDocument(scene, 'F-6', 'invoice'));
  await page.selectOption('#templateId', own.id);
  await page.waitForFunction(
    (id) => document.querySelector<HTMLSelectElement>('#senderId')?.value === id,
    offers,
  );
  assert.match((await page.textContent('#sender-why')) ?? '', /this text goes out from it/);
  assert.notEqual(before, own.id);
}

/** What a rule sends from an address that broke waits, is told, and is not sent from another. */
async function heldWithNotice(scene: Scene, offers: string): Promise<void> {
  const { page, url, program, server } = scene;
  const count = server.mails.length;
  const sent = await program.ask('POST /dispatches', {
    documentId: await addDocument(scene, 'Q-2', 'quote'),
    to: ['els@peeters.example'],
    copyToSender: false,
  });
  assert.equal(sent.senderId, offers);
  const message = sent.messages[0].id;
  await until('held', async () => (await program.ask(`GET /messages/${message}`)).delivery === 'held');
  await until('the notice', async () => (await program.ask('GET /notices')).items.length > 0);
  await page.goto(`${url}/notices`);
  assert.match(
    (await page.textContent('main')) ?? '',
    /Quote Q-2 to Peeters BV is held.*offers@vautrin\.example could not send.*User or password is not right/s,
  );
  await page.click('.notices a:has-text("Look at the sender")');
  await page.waitForSelector('.senderform');
  assert.equal(await page.inputValue('[name=address]'), 'offers@vautrin.example');
  await page.goto(`${url}/settings/senders`);
  assert.match((await page.textContent('#rule')) ?? '', /does not work: what would leave from it waits/);
  assert.equal(server.mails.length, count, 'nothing left from another address');
}
