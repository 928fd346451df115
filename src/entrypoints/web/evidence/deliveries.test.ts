import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Hono } from 'hono';
import PostalMime from 'postal-mime';
import { createApiKey } from '#domain/accounts';
import type { Message } from '#domain/outbox';
import { getDelivery, listUntied } from '#domain/registered';
import { linksOf, linkTokens } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { listenOnLoopback, runInWorld } from '../../../../test/command-line.ts';
import { visitDelivery } from '../../../../test/delivery-visitor.ts';
import { arrive, connectIncamail } from '../../../../test/incamail-account.ts';
import { type TestInstallation, testInstallation, until } from '../../../../test/installation.ts';
import { type FakeIncamail, startIncamail } from '../../../../test/servers/index.ts';
import { type Visitor, visitor } from '../../../../test/staff.ts';
import { makeWebApp } from '../../../roof/web-app.ts';

let installation: TestInstallation;
let fake: FakeIncamail;
let worker: Loop;
let app: Awaited<ReturnType<typeof makeWebApp>>;
let served: Awaited<ReturnType<typeof listenOnLoopback>>;
let browser: Visitor;
let key: string;

before(async () => {
  installation = await testInstallation();
  fake = await startIncamail();
  await connectIncamail(installation, fake);
  app = await makeWebApp(installation);
  served = await listenOnLoopback({ fetch: (request) => app.fetch(request, {}) });
  worker = await startWorker(installation);
  const request = (path: string, init: RequestInit) => app.fetch(new Request(path, init), {});
  browser = visitor({ request } as unknown as Pick<Hono, 'request'>);
  await browser.signIn();
  const { companyId, clock } = installation;
  key = await inCompany(installation.database, companyId, async (tx) => {
    return (await createApiKey(tx, { companyId, name: 'ERP', rights: 'all' }, clock())).key;
  });
});
after(async () => {
  await worker.stop();
  await served.close();
  await app.close();
  await fake.close();
  await installation.close();
});

/** Runs a command of the program against the served API. */
const run = (...argv: readonly string[]) =>
  runInWorld(argv, { running: async () => ({ url: served.url, key }) });
const page = async (path = '/deliveries') => (await browser.get(path)).text();
/** Presses a button: posts its form, and returns the page that follows. */
async function press(to: string, form: Readonly<Record<string, string>> = {}, from = '/deliveries') {
  const answer = await browser.post(to, { csrf: await browser.token(from), ...form });
  assert.equal(answer.status, 303, to);
  return page(answer.headers.get('location') ?? '');
}
const stateOf = async ({ id }: Message) =>
  (await asWorker(installation.database, (tx) => getDelivery(tx, id)))?.state;

async function send(address: string): Promise<Message> {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service: 'registered' });
  assert.ok(message);
  const find = () => asWorker(installation.database, (tx) => getDelivery(tx, message.id));
  await until('the notice has left', async () => (await find())?.notifiedAt, 60_000);
  return message;
}

/** The page of a delivery in a browser that has shown the code. */
async function verified({ id, address }: Message) {
  const [link] = await asWorker(installation.database, (tx) => linksOf(tx, [id]));
  const recipient = visitDelivery(
    app,
    `/r/${linkTokens(installation.linkKey, id, link?.generation ?? 1).page}`,
  );
  assert.equal((await recipient.post('code')).status, 303);
  const code = await until(
    'the code has come',
    async () => {
      const { rows } = await installation.database.owner.query<{ raw: Buffer }>(
        'select raw from sandbox_mails where recipient = $1',
        [address],
      );
      const mails = await Promise.all(rows.map(({ raw }) => PostalMime.parse(raw)));
      return mails.flatMap((mail) => /^(\d{8})\s/.exec(mail.text ?? '')?.[1] ?? [])[0];
    },
    60_000,
  );
  assert.equal((await recipient.post('verify', { code: code ?? '' })).status, 303);
  return recipient;
}

describe('a running delivery', () => {
  test('is listed with its days, and withdrawn by its button, once', async () => {
    const message = await send('w@button.example');
    assert.match(await page(), /w@button\.example[\s\S]*?days left/);
    const to = `/deliveries/${message.id}/withdraw`;
    assert.match(await press(to), /It was withdrawn\./);
    assert.equal(await stateOf(message), 'withdrawn');
    assert.match(await press(to), /It is too late: it was answered or opened\./);
    const missing = await browser.post('/deliveries/msg_00000000000000000000000000/withdraw', {
      csrf: await browser.token('/deliveries'),
    });
    assert.equal(missing.status, 404);
  });

  test('is listed by the command with its days, and withdrawn by it, once', async () => {
    const message = await send('w@command.example');
    const listed = await run('deliveries', '--running');
    assert.equal(listed.code, 0, listed.said);
    const line = new RegExp(
      `^${message.id} · registered · w@command\\.example · waiting · \\d days left$`,
      'm',
    );
    assert.match(listed.out, line);
    const done = await run('delivery', 'withdraw', message.id);
    assert.deepEqual([done.code, done.out], [0, `${message.id} is withdrawn.`]);
    assert.equal(await stateOf(message), 'withdrawn');
    assert.ok(!(await run('deliveries', '--running')).out.includes(message.id));
    assert.ok((await run('deliveries')).out.includes(message.id));
    for (const id of [message.id, 'msg_00000000000000000000000000']) {
      const refused = await run('delivery', 'withdraw', id);
      assert.equal(refused.code, 1);
      assert.match(refused.said, /^[A-Z].{10,}\.$/m);
    }
  });

  test('says in the list and to the command to which colleague it was handed, and when no longer', async () => {
    const message = await send('boss@office.example');
    const recipient = await verified(message);
    const to = { name: 'Ben Klerk', address: 'ben@office.example' };
    assert.equal((await recipient.post('delegate', to)).status, 303);
    assert.match(await page(), /Handed to Ben Klerk \(ben@office\.example\)/);
    assert.match(
      (await run('deliveries', '--running')).out,
      /boss@office\.example.* · Ben Klerk <ben@office\.example>$/m,
    );
    const { items } = JSON.parse((await run('deliveries', '--running', '--json')).out);
    const listed = items.find((one: { messageId: string }) => one.messageId === message.id);
    assert.equal(listed.delegates[0].name, 'Ben Klerk');
    const own = await (await recipient.get()).text();
    const delegate = /name="delegate" value="(msg_\w+)"/.exec(own)?.[1] ?? '';
    assert.equal((await recipient.post('take-back', { delegate })).status, 303);
    assert.match(await page(), /No longer handed to Ben Klerk/);
    assert.match((await run('deliveries')).out, /Ben Klerk <ben@office\.example> \(ended\)/);
  });
});

describe('a receipt that matches no dispatch', () => {
  /** The same invoice twice to one person through the provider: a receipt that refers to neither fits both. */
  async function waiting(address: string) {
    const document = await installation.addInvoice();
    const wish = { to: [address], service: 'incamail_registered' as const };
    const sent = [...(await installation.send(document, wish)), ...(await installation.send(document, wish))];
    await until('the provider has the mails', () =>
      Promise.resolve(fake.smtp.mails.filter((one) => one.to[0]?.startsWith(address)).length === 2),
    );
    await arrive(installation, await fake.receipt(address, 'accepted', { refers: false }));
    const { database, companyId } = installation;
    const [receipt] = await inCompany(database, companyId, (tx) => listUntied(tx, companyId, 5));
    assert.ok(receipt && sent[0] && sent[1]);
    return { receipt: receipt.id, first: sent[0].id, second: sent[1].id };
  }

  test('is tied to the e-mail that was chosen beside it, once; the list then says what it says', async () => {
    const { receipt, first, second } = await waiting('tie@button.example');
    const shown = await page();
    assert.match(shown, /Receipts that match no dispatch/);
    assert.ok(shown.includes(`action="/deliveries/receipts/${receipt}/tie"`));
    for (const id of [first, second]) assert.ok(shown.includes(`<option value="${id}">`), id);
    const to = `/deliveries/receipts/${receipt}/tie`;
    const tied = await press(to, { message: second });
    assert.match(tied, /The receipt is tied to the e-mail\./);
    assert.doesNotMatch(tied, /Receipts that match no dispatch/);
    assert.match(tied, /Accepted, says the provider’s receipt/);
    assert.match(await press(to, { message: first }), /Somebody has decided on this receipt already\./);
  });

  test('is set aside by its button; without a choice, and of what is not there, nothing is tied', async () => {
    const { receipt } = await waiting('aside@button.example');
    const csrf = await browser.token('/deliveries');
    for (const message of ['', 'msg_00000000000000000000000000'])
      assert.equal(
        (await browser.post(`/deliveries/receipts/${receipt}/tie`, { csrf, message })).status,
        404,
      );
    const aside = await press(`/deliveries/receipts/${receipt}/set-aside`);
    assert.match(aside, /The receipt is set aside; it stays archived\./);
    const mail = await browser.get(`/deliveries/receipts/${receipt}/mail.eml`);
    assert.equal(mail.headers.get('content-type'), 'message/rfc822');
  });

  test('is listed, tied and set aside by commands', async () => {
    assert.equal((await run('receipts')).out, 'No receipt waits.');
    const one = await waiting('tie@command.example');
    const listed = await run('receipts');
    assert.match(listed.out, new RegExp(`^${one.receipt} · .* · accepted · signature valid · `, 'm'));
    const tied = await run('receipt', 'tie', one.receipt, one.first);
    assert.deepEqual(
      [tied.code, tied.out],
      [0, `${one.receipt} is tied to ${one.first}; the state follows it.`],
    );
    const again = await run('receipt', 'tie', one.receipt, one.second);
    assert.equal(again.code, 1);
    assert.match(again.said, /^[A-Z].{10,}\.$/m);
    const other = await waiting('aside@command.example');
    assert.deepEqual(
      (await run('receipt', 'set-aside', other.receipt)).out,
      `${other.receipt} waits no longer.`,
    );
    assert.equal((await run('receipt', 'set-aside', other.receipt)).code, 1);
    assert.equal((await run('receipts')).out, 'No receipt waits.');
  });
});

describe('the content of a dispatch', () => {
  /** An ordinary mail that has left. */
  async function sent(address: string): Promise<Message> {
    const [message] = await installation.send(await installation.addInvoice(), { to: [address] });
    assert.ok(message);
    await until('the mail has left', async () =>
      (await installation.messages(message.dispatchId)).every((one) => one.delivery === 'handed_off'),
    );
    return message;
  }

  test('is erased by its button, with a reason, once; the page of the e-mail says so', async () => {
    const message = await sent('e@button.example');
    const at = `/emails/${message.id}`;
    const to = `/dispatches/${message.dispatchId}/erase-content`;
    assert.ok((await page(at)).includes(`action="${to}"`));
    assert.match(await press(to, { reason: ' ', back: at }, at), /Say why\./);
    assert.match(
      await press(to, { reason: 'Wrong person', back: at }, at),
      /The content is erased\. All proofs still hold\./,
    );
    const after = await page(at);
    assert.match(after, /The content of this dispatch was erased on/);
    assert.ok(!after.includes(`action="${to}"`));
    assert.match(await press(to, { reason: 'Again', back: at }, at), /It was erased before\./);
    const elsewhere = await browser.post(to, {
      csrf: await browser.token(at),
      reason: 'x',
      back: 'https://x.example/',
    });
    assert.equal(elsewhere.headers.get('location'), '/emails');
  });

  test('stays while a delivery of it waits for its recipient', async () => {
    const message = await send('e@waits.example');
    const at = `/emails/${message.id}`;
    const to = `/dispatches/${message.dispatchId}/erase-content`;
    assert.match(
      await press(to, { reason: 'Wrong person', back: at }, at),
      /Something of it may still leave or be opened/,
    );
  });

  test('is erased by the command, with a reason, once', async () => {
    const message = await sent('e@command.example');
    const without = await run('erase-content', message.dispatchId);
    assert.equal(without.code, 2);
    assert.match(without.said, /Say why with --reason\./);
    const done = await run('erase-content', message.dispatchId, '--reason', 'Wrong person');
    assert.equal(done.code, 0, done.said);
    // The recipient's mail, and the sender's own copy of it.
    assert.equal(done.out, 'Erased: 2 mails, 0 files. All proofs still hold.');
    const again = await run('erase-content', message.dispatchId, '--reason', 'Again');
    assert.equal(again.code, 1);
    assert.match(again.said, /^[A-Z].{10,}\.$/m);
  });
});
