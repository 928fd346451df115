import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asWorker } from '#stores/database';
import { testPortal } from '../../../test/portal.ts';

let portal: Awaited<ReturnType<typeof testPortal>>;
before(async () => {
  portal = await testPortal();
});
after(() => portal.close());

test('documents of a mail that are too large for one ZIP are offered one by one, with a sentence', async () => {
  const { page } = await portal.newLink();
  const zip = await portal.app.request(`${page}/all.zip`);
  assert.equal(zip.status, 200);
  assert.equal(Buffer.from(await zip.arrayBuffer()).toString('latin1', 0, 2), 'PK');
  // The limit is 250 MB; what a document has is believed by its row.
  await asWorker(portal.deps.database, (tx) =>
    tx
      .updateTable('documents')
      .set({ pdf_bytes: 126 * 2 ** 20 })
      .where('id', 'in', portal.documentIds)
      .execute(),
  );
  const tooLarge = await portal.app.request(`${page}/all.zip`);
  assert.equal(tooLarge.status, 413);
  assert.match(await tooLarge.text(), /too large for one ZIP\. Download each of them by itself/);
});
