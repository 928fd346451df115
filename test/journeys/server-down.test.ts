import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { minute } from '#base/time';
import { launchBrowser } from '../browser.ts';
import { facturxPdf } from '../fixtures/documents.ts';
import { startSink } from '../servers/index.ts';
import { hearComplaints, look } from './look.ts';
import { connectSender, formWith, type Program, programOf, until } from './program.ts';
import { founded, signIn, startEnvoi } from './start.ts';

test('while the mail server is down an e-mail waits and says so; once it is back, it goes out once', async (t) => {
  let aheadMs = 0;
  const { url } = await startEnvoi(t, founded, () => new Date(Date.now() + aheadMs));
  const program = programOf(url);
  const up = await startSink();
  await connectSender(program, up.port);
  await up.close();
  const order = { to: ['els@peeters.example'], copyToSender: false };
  const dispatch = await program.ask(
    'POST /dispatches',
    formWith(await facturxPdf({ number: '2026-0330' }), 'invoice.pdf', order),
  );
  const messageId: string = dispatch.messages[0].id;
  await becomes(program, messageId, 'deferred');
  assert.equal((await program.ask(`GET /dispatches/${dispatch.id}`)).state, 'waiting');

  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints = hearComplaints(page);
  await signIn(page, url);
  const faults = await seeItWait(page, url, messageId);

  const back = await startSink({ port: up.port });
  t.after(() => back.close());
  aheadMs += 6 * minute;
  await becomes(program, messageId, 'handed_off');
  // It changes while one looks.
  await page.waitForSelector('.pagehead .env[data-state=sent]');
  faults.push(...(await look(page, 'message-sent-at-last')));
  aheadMs += 60 * minute;
  await program.ask(
    'POST /dispatches',
    formWith(await facturxPdf({ number: '2026-0331' }), 'second.pdf', order),
  );
  await until('the next mail', async () => back.count === 2);
  assert.equal(back.mails.filter(({ bytes }) => bytes.includes('2026-0330')).length, 1);
  assert.deepEqual(faults, []);
  assert.deepEqual(complaints, []);
});

function becomes(program: Program, id: string, state: string): Promise<unknown> {
  return until(state, async () => (await program.ask(`GET /messages/${id}`)).delivery === state);
}

async function seeItWait(page: Page, url: string, messageId: string): Promise<string[]> {
  await page.goto(`${url}/emails/${messageId}`);
  const said = (await page.textContent('main')) ?? '';
  assert.match(said, /1st try/);
  assert.match(said, /next try/);
  const faults = await look(page, 'message-deferred');
  return faults;
}
