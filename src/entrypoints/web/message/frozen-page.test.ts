import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#base/ids';
import { record } from '#domain/evidence';
import type { HitActor } from '#domain/tracking';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../../test/installation.ts';
import { testWeb, type Visitor, visitor } from '../../../../test/staff.ts';
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

/** The page of a mail, served to those one after the other, a different one each time; and the hash of each. */
async function servedTo(actors: readonly HitActor[]) {
  const { database, companyId } = installation;
  const document = await installation.addInvoice();
  const to = ['els@peeters.example'];
  const [message] = await installation.send(document, { to, copyToSender: false });
  const { id: messageId, dispatchId } = message!;
  const hashes = actors.map((_, n) => `${n}${messageId.toLowerCase().slice(-12)}`.padEnd(64, '0'));
  await inCompany(database, companyId, async (tx) => {
    for (const [n, actor] of actors.entries()) {
      const at = new Date(Date.now() + n * 60_000);
      const sha256 = hashes[n] ?? '';
      const kept = {
        company_id: companyId,
        dispatch_id: dispatchId,
        message_id: messageId,
        frozen_at: at,
        sha256,
      };
      await tx
        .insertInto('frozen_pages')
        .values({ ...kept, id: newId('frozenPage', at), language: 'en', logo: null, images: '[]' as never })
        .execute();
      const about = { companyId, dispatchId, messageId, at, actor };
      await record(tx, [{ ...about, type: 'visit.page_fetched', data: { served: sha256 } }]);
    }
  });
  const html = await (await browser.get(`/emails/${messageId}/page`)).text();
  const title = /<h1[^>]*>([^<]*)/.exec(html)?.[1];
  return { title, shown: hashes.findIndex((hash) => html.includes(`SHA-256 ${hash.slice(0, 16)}`)) };
}

test('a page that only machines and unknown programs fetched is not said to have been seen', async () => {
  assert.deepEqual(await servedTo(['scanner', 'unknown']), {
    title: 'The page for els@peeters.example',
    shown: 1,
  });
});

test('the version that a person fetched last is shown first, whatever a scanner fetched after him', async () => {
  assert.deepEqual(await servedTo(['scanner', 'person', 'person', 'scanner']), {
    title: 'The page as els@peeters.example saw it',
    shown: 2,
  });
});
