import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser, shotsFolder } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { makeSelfSigned, startDovecot, startPostfix } from '../servers/index.ts';
import { skipLoudly } from '../skip.ts';
import { faultsOf } from './look-at.ts';
import { connectSender, formWith, type Program, programOf, until } from './program.ts';
import { founded, signIn, startEnvoi } from './start.ts';

const far = {
  'gone.example': '5.1.1 User unknown',
  'full.example': '5.2.2 Mailbox full',
  'slow.example': '4.4.1 Connection timed out',
  'small.example': '5.3.4 Message too big for system',
} as const;

test('a mail that comes back through real servers is seen, explained, corrected and resent', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const tls = await makeSelfSigned({ names: ['localhost'] });
  const postfix = await startPostfix({ tls, returns: far });
  if (!postfix) return skipLoudly(t, 'postfix, as root');
  t.after(() => postfix.close());
  const dovecot = await startDovecot(postfix.maildir);
  if (!dovecot) return skipLoudly(t, 'dovecot, as root');
  t.after(() => dovecot.close());
  const { url } = await startEnvoi(t, founded);
  const program = programOf(url);
  const senderId = await connectSender(program, postfix.port);
  await program.ask(`POST /senders/${senderId}/mailbox`, {
    ...{ host: '127.0.0.1', port: dovecot.port, security: 'none' },
    ...{ user: dovecot.user, password: dovecot.password },
  });

  const gone = await send(program, 'els@gone.example', 'B-1');
  const full = await send(program, 'jan@full.example', 'B-2');
  const slow = await send(program, 'an@slow.example', 'B-3');
  assert.deepEqual(await settled(program, gone, 'bounced'), ['mailbox_unknown', 'failed']);
  assert.deepEqual(await settled(program, full, 'bounced'), ['mailbox_full', 'failed']);
  const big = await send(program, 'ria@small.example', 'B-5');
  assert.deepEqual(await settled(program, big, 'bounced'), ['too_big', 'failed']);
  await until('the delay is told', async () => {
    const { items } = await program.ask(`GET /messages/${slow.message}/events`);
    return items.some((event: { type: string }) => event.type === 'message.delayed');
  });
  const { items: blocked } = await program.ask('GET /suppressions');
  assert.deepEqual(
    blocked.map((one: { address: string; reason: string }) => [one.address, one.reason]),
    [['els@gone.example', 'mailbox_unknown']],
  );

  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await signIn(page, url);
  await correct(page, url);
  const resent = await until('the document counts as its resend', async () => {
    const document = await program.ask(`GET /documents/${gone.document}`);
    return document.envelope === 'sent' && document;
  });
  assert.ok(resent);
  assert.ok(
    await until('it has arrived', async () =>
      (await postfix.mails(1)).some((mail) => mail.to === 'els@peeters.example'),
    ),
  );

  await sendAsLink(page, url);
  const again = await send(program, 'els@gone.example', 'B-4');
  assert.deepEqual(await settled(program, again, 'held'), ['suppressed', 'held']);
});

interface Sent {
  readonly document: string;
  readonly message: string;
}

async function send(program: Program, to: string, number: string): Promise<Sent> {
  const form = formWith(await facturxPdf({ number, buyerEmail: to }), 'invoice.pdf', {
    to: [to],
    copyToSender: false,
  });
  const dispatch = await program.ask('POST /dispatches', form);
  return { document: dispatch.documentIds[0], message: dispatch.messages[0].id };
}

/** Waits for the state of a message; returns why, and the envelope of its document. */
async function settled(program: Program, sent: Sent, delivery: string): Promise<readonly [string, string]> {
  const message = await until(`${sent.message} is ${delivery}`, async () => {
    const one = await program.ask(`GET /messages/${sent.message}`);
    return one.delivery === delivery && one;
  });
  const { envelope } = await program.ask(`GET /documents/${sent.document}`);
  return [message.deliveryDetail, envelope];
}

async function correct(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/notices`);
  const notice = page.locator('ul.notices > li', { hasText: 'els@gone.example' });
  await notice.waitFor();
  assert.match((await notice.textContent()) ?? '', /does not exist/);
  assert.match((await notice.locator('details').textContent()) ?? '', /User unknown/);
  assert.deepEqual(await faultsOf(page, 'notices'), []);
  if (shotsFolder) await page.screenshot({ path: `${shotsFolder}/notices-came-back.png`, fullPage: true });
  await notice.locator('input[name=to]').fill('els@peeters.example');
  await notice.locator('button', { hasText: 'Correct and resend' }).click();
  await page.getByText('Sent again to els@peeters.example').waitFor();
}

/** What is too big goes again with a link instead of the file. */
async function sendAsLink(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/notices`);
  const notice = page.locator('ul.notices > li', { hasText: 'B-5' });
  await notice.waitFor();
  assert.match((await notice.textContent()) ?? '', /too big/i);
  await notice.locator('button[value=asLink]').click();
  await page.getByText('Sent again to ria@small.example').waitFor();
}
