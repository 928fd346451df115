import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hour } from '#base/time';
import { record } from '#domain/evidence';
import { catchUp } from '#domain/overview';
import { markHandedOver, writeHits } from '#domain/tracking';
import { startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import { hitOn } from '../../../../test/tracking.ts';
import type { Web } from '../index.ts';

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

test('an opened e-mail is told under the title of its document, though the event names none', async () => {
  const document = await installation.addInvoice({ number: 'H-77', buyerName: 'Studio Lindqvist' });
  const [message] = await installation.send(document, { to: ['els@peeters.example'] });
  const id = message?.id ?? '';
  const now = new Date();
  await asWorker(installation.database, (tx) => markHandedOver(tx, [id], new Date(now.getTime() - hour)));
  await writeHits(installation.database, [hitOn(id, 'pixel', 0, { at: now })], now);
  await catchUp(installation.database);
  const html = await (await browser.get('/')).text();
  const line = html.split(/<li\b/).find((one) => /opened the e-mail/.test(one)) ?? '';
  assert.match(line, /Invoice H-77 · Studio Lindqvist/);
});

test('the numbers at the head of Home fetch themselves anew with its lists', async () => {
  const html = await (await browser.get('/')).text();
  const piece = await (await browser.get('/fragments/home/body')).text();
  assert.match(piece, /^<div id="home" data-live="any" data-fragment="\/fragments\/home\/body"/);
  assert.match(piece, /<h1.*Waiting for customers/s);
  assert.ok(html.includes(piece));
});

test('what customers answer is told as it comes in', async () => {
  const { database, companyId } = installation;
  const document = await installation.addInvoice({ number: 'H-78' });
  const [message] = await installation.send(document, { to: ['els@peeters.example'] });
  const about = {
    companyId,
    dispatchId: message!.dispatchId,
    messageId: message!.id,
    documentId: document.id,
  };
  const types = [
    'decision.accepted',
    'decision.refused',
    'message.replied',
    'message.forwarded',
    'message.misdirected',
    'payment.declared',
    'document.disputed',
  ] as const;
  const facts = types.map((type) => ({ ...about, type, at: new Date(), actor: 'person' as const, data: {} }));
  await inCompany(database, companyId, (tx) => record(tx, facts));
  await catchUp(database);
  const html = await (await browser.get('/')).text();
  for (const said of [/accepted/, /refused/, /answered/, /passed it on/, /not meant/, /is paid/, /not right/])
    assert.match(html, said);
});

test('of a document whose page was fetched without script Home says so while it waits', async () => {
  const document = await installation.addInvoice({ number: 'H-79', buyerName: 'Quiet Reader' });
  const [message] = await installation.send(document, { to: ['quiet@peeters.example'], copyToSender: false });
  const { database } = installation;
  const worker = await startWorker(installation);
  await until('it has left', async () =>
    (await installation.messages(message!.dispatchId)).every((one) => one.delivery === 'handed_off'),
  );
  await worker.stop();
  const at = new Date(Date.now() + hour);
  await writeHits(database, [hitOn(message!.id, 'page', 0, { at })], at);
  await catchUp(database);
  const line =
    (await (await browser.get('/')).text()).split(/<li\b/).find((one) => /H-79 · s/.test(one)) ?? '';
  assert.match(line, /page fetched, probably by a person/);
});
