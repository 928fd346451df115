import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { relabelHits, writeHits } from '#domain/tracking';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import { hitOn, rulesWithNewcomer } from '../../../../test/tracking.ts';
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

test('an opening says why it counts or not, and a judgement made anew is what every screen says', async () => {
  const { database, clock } = installation;
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: ['els@peeters.example'], copyToSender: false });
  const at = new Date(clock().getTime() + 3_600_000);
  const hit = hitOn(message!.id, 'view', 60, { at, ip: '198.51.100.7', session: 's', pages: [1] });
  await writeHits(database, [hit], at);
  const pages = [`/documents/${document.id}`, `/emails/${message!.id}`];
  for (const path of pages) {
    const html = await (await browser.get(path)).text();
    assert.match(html, /viewed|Document viewed/);
    assert.match(html, /stayed visible in a browser for at least two seconds/);
    assert.match(html, /Rule visible_in_browser/);
  }
  await relabelHits(database, rulesWithNewcomer('newer-1'), at);
  for (const path of pages) {
    const html = await (await browser.get(path)).text();
    assert.match(html, /link checked by a machine|Link checked by a machine/);
    assert.match(html, /A rule of this installation says so: newcomer_network/);
    assert.match(html, /This label was given anew on/);
    assert.doesNotMatch(html, /visible_in_browser/);
  }
});
