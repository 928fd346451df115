import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeCompany } from '#domain/accounts';
import { changeDocument } from '#domain/documents';
import { sequence } from '#domain/evidence';
import { verifyFiles } from '#domain/proofs';
import { frozenPagesOf, markHandedOver } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { testPortal } from '../../../test/portal.ts';
import { freezeDispatches } from './freeze-dispatches.ts';

let portal: Awaited<ReturnType<typeof testPortal>>;
before(async () => {
  portal = await testPortal();
});
after(() => portal.close());

const kept = (link: { messageId: string; dispatchId: string }) =>
  asWorker(portal.deps.database, (tx) => frozenPagesOf(tx, { companyId: portal.companyId, ...link }));
const bytesOf = async (sha256: string) => String(await portal.deps.files.get(portal.companyId, sha256));

test('the page of a mail that has left is kept as it is, once for all its recipients', async () => {
  const first = await portal.newLink({ language: 'fr', dispatchId: 'dsp_frozen' });
  const second = await portal.newLink({ language: 'fr', dispatchId: 'dsp_frozen' });
  await freezeDispatches(portal.deps);
  assert.equal(await freezeDispatches(portal.deps), 0);
  const [page, ...others] = await kept({ messageId: first.messageId, dispatchId: 'dsp_frozen' });
  assert.deepEqual(others, []);
  assert.deepEqual([page?.language, page?.messageId, page?.images.length], ['fr', null, 4]);
  assert.equal((await kept({ messageId: second.messageId, dispatchId: 'dsp_frozen' }))[0]?.id, page?.id);
  const html = await bytesOf(page!.sha256);
  assert.match(html, /<html lang="fr">.*<style>/s);
  assert.doesNotMatch(html, /<script|\/portal-assets\//);
  assert.match(html, /src="\{\{page\}\}\/page\/doc_\w+\/1\.webp"/);
});

test('no page is kept for a mail in which nothing leads there, such as an answer that is passed on', async () => {
  const of = { dispatchId: 'dsp_note', language: 'nl' };
  const note = await portal.newLink({ ...of, leadsThere: false });
  assert.equal(await freezeDispatches(portal.deps), 0);
  assert.deepEqual(await kept({ messageId: note.messageId, dispatchId: of.dispatchId }), []);
});

test('what is served is kept without the recipient’s address, and the visit names it', async () => {
  const link = await portal.newLink({ language: 'de', dispatchId: 'dsp_served' });
  const html = await (await portal.app.request(link.page)).text();
  await portal.app.request(link.page);
  const [page, ...others] = await kept({ messageId: link.messageId, dispatchId: 'dsp_served' });
  assert.deepEqual(others, []);
  assert.equal(page?.messageId, link.messageId);
  const frozen = await bytesOf(page!.sha256);
  assert.ok(!frozen.includes(link.page) && !frozen.includes('/w/'));
  const words = (text: string) =>
    text
      .replace(/^.*<main/s, '')
      .replace(/<\/main>.*$/s, '')
      .replaceAll(link.page, '{{page}}');
  assert.equal(words(frozen), words(html), 'nothing of the page itself is changed');
});

test('the check of the log reads the page that a visit names, and says when it is gone', async () => {
  const link = await portal.newLink({ language: 'it', dispatchId: 'dsp_gone' });
  await portal.app.request(link.page);
  await portal.writeDown();
  await sequence(portal.deps.database);
  const { database, files } = portal.deps;
  const check = () => verifyFiles(database as never, files);
  assert.equal((await check()).broken, null);
  const [page] = await kept({ messageId: link.messageId, dispatchId: 'dsp_gone' });
  await files.remove(portal.companyId, page!.sha256);
  const { broken } = await check();
  assert.deepEqual([broken?.fault, broken?.part], ['file_missing', `page ${page!.sha256}`]);
});

test('a page that has changed is kept anew, and the older one stays as it was', async () => {
  const [documentId] = portal.documentIds;
  const link = await portal.newLink({ documentIds: [documentId!], dispatchId: 'dsp_changed' });
  await portal.app.request(link.page);
  portal.clock.now = new Date(portal.clock.now.getTime() + 60_000);
  await asWorker(portal.deps.database, (tx) =>
    changeDocument(
      tx as never,
      { companyId: portal.companyId, documentId: documentId!, by: { actor: 'user', id: null } },
      { dueDate: '2027-01-31' },
      portal.clock.now,
    ),
  );
  const fresh = await testPortal({ ...portal.deps });
  await fresh.close();
  const later = portal.app.request(`${link.page}?lang=nl`);
  assert.match(await (await later).text(), /31 januari 2027/);
  const pages = await kept({ messageId: link.messageId, dispatchId: 'dsp_changed' });
  assert.equal(pages.length, 2);
  assert.doesNotMatch(await bytesOf(pages[0]!.sha256), /2027/);
});

test('where nothing may be recorded no visit keeps a page', async () => {
  const link = await portal.newLink({ mode: 'none', dispatchId: 'dsp_none' });
  await portal.app.request(link.page);
  assert.deepEqual(await kept({ messageId: link.messageId, dispatchId: 'dsp_none' }), []);
  await asWorker(portal.deps.database, (tx) => markHandedOver(tx, [link.messageId], portal.clock.now));
  await freezeDispatches(portal.deps);
  assert.equal((await kept({ messageId: link.messageId, dispatchId: 'dsp_none' })).length, 1);
});

test('a payment code is kept as it was drawn', async () => {
  const [documentId] = portal.documentIds;
  await asWorker(portal.deps.database, (tx) =>
    changeCompany(
      tx as never,
      portal.companyId,
      { iban: 'BE68539007547034', accountHolder: 'Vautrin' },
      portal.clock.now,
    ),
  );
  const link = await portal.newLink({ documentIds: [documentId!], dispatchId: 'dsp_code' });
  const html = await (await portal.app.request(link.page)).text();
  assert.match(html, /\.epc\.svg/);
  const [page] = await kept({ messageId: link.messageId, dispatchId: 'dsp_code' });
  const frozen = await bytesOf(page!.sha256);
  assert.doesNotMatch(frozen, /\.epc\.svg/);
  assert.match(frozen, /src="data:image\/svg\+xml;base64,/);
});
