import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { silentLog } from '#base/log';
import { changeCompany } from '#domain/accounts';
import { sequence } from '#domain/evidence';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';
import { openLiveLines } from './live-lines.ts';
import { openStream } from './subscriber.ts';

let installation: TestInstallation;
let web: Web;
let browser: Visitor;

before(async () => {
  installation = await testInstallation();
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
});
after(async () => {
  await web.close();
  await installation.close();
});

/** An open line and what has come over it so far. */
async function listen(path: string, headers: Readonly<Record<string, string>> = {}) {
  const answer = await browser.get(path, { accept: 'text/event-stream', ...headers });
  assert.equal(answer.status, 200);
  const reader = answer.body!.getReader();
  const line = { text: '', isOver: false, stop: () => reader.cancel() };
  void (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      line.text += Buffer.from(value).toString();
    }
    line.isOver = true;
  })().catch(() => undefined);
  return line;
}

async function heard(line: { readonly text: string }, what: RegExp, ms = 5000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(20)) if (what.test(line.text)) return;
  assert.fail(`waited in vain for ${what} in: ${line.text}`);
}

async function logIndexOfPage(): Promise<number> {
  const html = await (await browser.get('/settings/company')).text();
  return Number(/data-live-after-value="(\d+)"/.exec(html)?.[1]);
}

test('an open page is told which document changed, once the overview knows it', async () => {
  const line = await listen(`/live?after=${await logIndexOfPage()}`);
  const document = await installation.addInvoice();
  await sequence(installation.database);
  await heard(line, new RegExp(`event: changed\\ndata: .*"${document.id}"`));
  const { rows } = await asWorker(installation.database, async (tx) => ({
    rows: await tx
      .selectFrom('document_overview')
      .selectAll()
      .where('document_id', '=', document.id)
      .execute(),
  }));
  assert.equal(rows.length, 1);
  assert.match(line.text, /"counts":\{"notices":0\}/);
  await line.stop();
});

test('a line that broke gets what it has missed, and nothing twice', async () => {
  const first = await listen(`/live?after=${await logIndexOfPage()}`);
  const one = await installation.addInvoice();
  await sequence(installation.database);
  await heard(first, new RegExp(one.id));
  await first.stop();
  const id = /id: (\d+)\nevent: changed/.exec(first.text)?.[1] ?? '';
  const two = await installation.addInvoice();
  await sequence(installation.database);
  const second = await listen('/live?after=0', { 'last-event-id': id });
  await heard(second, new RegExp(two.id));
  assert.doesNotMatch(second.text, new RegExp(one.id));
  await second.stop();
});

test('who has missed too much is told to fetch the page anew', async () => {
  const index = await logIndexOfPage();
  const { companyId, database } = installation;
  for (let count = 0; count < 510; count += 1)
    await inCompany(database, companyId, (tx) =>
      changeCompany(tx, companyId, { undoSeconds: 10 }, new Date()),
    );
  const line = await listen(`/live?after=${index}`);
  await heard(line, /event: stale/, 15_000);
  await line.stop();
});

test('a line ends with its session, and with the process', async () => {
  const lines = await openLiveLines({ database: installation.database, log: silentLog }, 50);
  const ended: string[] = [];
  const about = { companyId: installation.companyId, last: 0 };
  const out = openStream({ ...about, isOpen: async () => false }, (line) => {
    lines.leave(line);
    ended.push('signed out');
  });
  const still = openStream({ ...about, isOpen: async () => true }, (line) => {
    lines.leave(line);
    ended.push('stopped');
  });
  lines.join(out.subscriber);
  lines.join(still.subscriber);
  for (let tries = 0; ended.length === 0 && tries < 100; tries += 1) await pause(20);
  assert.deepEqual(ended, ['signed out']);
  await lines.close();
  assert.deepEqual(ended, ['signed out', 'stopped']);
  assert.equal(lines.size(), 0);
});

test('a browser that reads nothing is cut off before it fills the memory', () => {
  let isEnded = false;
  const { subscriber } = openStream({ companyId: 'com_1', last: 0, isOpen: async () => true }, () => {
    isEnded = true;
  });
  for (let count = 0; count < 400 && !isEnded; count += 1) subscriber.send('x'.repeat(1024));
  assert.equal(isEnded, true);
  subscriber.send('nothing happens');
});
