import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { record } from '#domain/evidence';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
import type { Web } from '../index.ts';
import { newestEvents } from './event-models.ts';

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

/** The folded lines of a document, newest first, as text. */
async function linesOf(documentId: string): Promise<string[]> {
  const html = await (await browser.get(`/documents/${documentId}`)).text();
  return [...html.matchAll(/<details class="dispatch".*?<summary.*?<\/summary>/gs)].map(([line]) =>
    line.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '),
  );
}

test('the folded line of a dispatch says which reminder it is and whom it went to', async () => {
  const document = await installation.addInvoice();
  const to = ['els@peeters.example', 'jan@peeters.example', 'an@peeters.example'];
  await installation.send(document, { to, cc: ['cc@peeters.example'] });
  await installation.send(document, { to: ['els@peeters.example'], purpose: 'reminder' });
  await installation.send(document, { to, purpose: 'reminder' });
  const [second = '', one = '', first = ''] = await linesOf(document.id);
  assert.match(second, /Reminder 2 .* els@peeters\.example \+2 ·/);
  assert.match(one, /Reminder 1 .* els@peeters\.example ·/);
  assert.match(first, /First e-mail (?!\d).* els@peeters\.example \+2 ·/);
});

test('who is busy does not hide what happened to the others, and what is left out is said', async () => {
  const { database, companyId } = installation;
  const document = await installation.addInvoice();
  const to = ['busy@peeters.example', 'quiet@peeters.example'];
  const [busy, quiet] = await installation.send(document, { to, copyToSender: false });
  const about = {
    companyId,
    dispatchId: busy!.dispatchId,
    documentId: document.id,
    actor: 'person' as const,
  };
  const opened = Array.from({ length: 130 }, (_, n) => ({
    ...about,
    type: 'visit.pixel_fetched' as const,
    messageId: busy!.id,
    at: new Date(Date.now() + n),
    data: { n },
  }));
  const replied = {
    ...about,
    type: 'message.replied' as const,
    messageId: quiet!.id,
    at: new Date(),
    data: {},
  };
  await inCompany(database, companyId, (tx) => record(tx, [...opened, replied]));
  const { events, isCut } = await inCompany(database, companyId, (tx) =>
    newestEvents(tx, busy!.dispatchId, 100),
  );
  const own = events.filter((event) => event.messageId === busy!.id);
  assert.deepEqual([own.length, own[0]?.data['n'], own.at(-1)?.data['n'], isCut], [100, 30, 129, true]);
  assert.ok(events.some((event) => event.type === 'message.replied'));
  assert.match(
    await (await browser.get(`/documents/${document.id}`)).text(),
    /Only the newest is shown here/,
  );
  assert.doesNotMatch(await (await browser.get(`/emails/${quiet!.id}`)).text(), /Only the newest/);
});
