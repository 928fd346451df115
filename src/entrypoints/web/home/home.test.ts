import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hour } from '#base/time';
import { catchUp } from '#domain/overview';
import { markHandedOver, writeHits } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
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
