import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { eraseContent } from '#domain/erasure';
import { verifyFiles } from '#domain/proofs';
import { getDelivery } from '#domain/registered';
import { linksOf, linkTokens } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { launchBrowser } from '../../../test/browser.ts';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { hearComplaints, look } from '../../../test/journeys/look.ts';
import { listenOnFreePort } from '../../../test/portal.ts';
import { makeWebApp } from '../../roof/web-app.ts';

let installation: TestInstallation;
let app: Awaited<ReturnType<typeof makeWebApp>>;
let server: Awaited<ReturnType<typeof listenOnFreePort>>;
let worker: Loop;

before(async () => {
  installation = await testInstallation();
  app = await makeWebApp(installation);
  server = await listenOnFreePort(app as never);
  worker = await startWorker(installation);
});
after(async () => {
  await worker.stop();
  await server.close();
  await app.close();
  await installation.close();
});

const deliveryOf = (id: string) => asWorker(installation.database, (tx) => getDelivery(tx, id));

/** The newest of the eight-digit codes that came to a mailbox. */
async function newestCode(address: string): Promise<string> {
  const codes = await until(
    'the code has come',
    async () => {
      const { rows } = await installation.database.owner.query<{ raw: Buffer }>(
        'select raw from sandbox_mails where recipient = $1 order by received_at',
        [address],
      );
      const mails = await Promise.all(rows.map(({ raw }) => PostalMime.parse(raw)));
      const found = mails.flatMap((mail) => /^(\d{8})\s/.exec(mail.text ?? '')?.[1] ?? []);
      return found.length > 0 && found;
    },
    60_000,
  );
  return codes.at(-1) ?? '';
}

async function send(address: string) {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service: 'registered' });
  assert.ok(message);
  await until('the notice has left', async () => (await deliveryOf(message.id))?.notifiedAt != null, 60_000);
  const [link] = await asWorker(installation.database, (tx) => linksOf(tx, [message.id]));
  const token = linkTokens(installation.linkKey, message.id, link?.generation ?? 1).page;
  return { message, url: `${server.url}/d/${token}` };
}

/** Presses the button with these words, by keyboard reach alone where it can, and waits for what comes. */
async function press(page: Page, words: RegExp): Promise<void> {
  await Promise.all([
    page.waitForLoadState('networkidle'),
    page.getByRole('button', { name: words }).first().click(),
  ]);
  await page.waitForLoadState('networkidle');
}

test('a recipient takes a delivery in a real browser, at a desk and on a phone, step by step without a fault', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  t.after(() => browser.close());
  const { message, url } = await send('anna@desk.example');
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints = hearComplaints(page);
  const faults: string[] = [];
  await page.goto(url);
  faults.push(...(await look(page, 'delivery-1-ask')));
  await press(page, /Send the code/);
  faults.push(...(await look(page, 'delivery-2-code')));
  await page.fill('#code', '00000000');
  await press(page, /^Continue/);
  assert.match((await page.textContent('main, body')) ?? '', /did not fit/);
  await page.fill('#code', await newestCode('anna@desk.example'));
  await press(page, /^Continue/);
  faults.push(...(await look(page, 'delivery-3-decide')));
  await page.locator('details summary').filter({ hasText: 'colleague' }).click();
  await page.fill('[name=name]', 'Maximiliane-Alexandra von Hohenstein-Lindqvist');
  await page.fill('[name=address]', 'maximiliane.alexandra@a-very-long-name-of-a-firm.example');
  await press(page, /Hand it over/);
  faults.push(...(await look(page, 'delivery-4-handed')));
  await press(page, /^Accept/);
  faults.push(...(await look(page, 'delivery-5-accepted')));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('link', { name: /Download/ })
      .first()
      .click(),
  ]);
  assert.match(download.suggestedFilename(), /\.pdf$/);
  assert.equal((await deliveryOf(message.id))?.state, 'accepted');

  await eraseAndLook(page, message);
  faults.push(...(await look(page, 'delivery-6-erased')));
  assert.deepEqual(faults, []);
  // The wrong code comes back with 422, which a browser notes.
  assert.deepEqual(
    complaints.filter((one) => !/422/.test(one)),
    [],
  );
});

/** The sender erases the content: its key and sealed files go, the page says so, and nothing is missed. */
async function eraseAndLook(page: Page, message: { readonly id: string; readonly dispatchId: string }) {
  const { author, companyId, clock, database, files } = installation;
  const sealed = (await deliveryOf(message.id))?.content?.map((one) => one.sealedSha256) ?? [];
  assert.ok(sealed.length > 0 && (await files.has(companyId, sealed[0] ?? '')));
  const by = { actor: 'user' as const, id: author.id, name: 'Claire Vautrin' };
  const order = { companyId, dispatchId: message.dispatchId, by, reason: 'Asked for' };
  // Refused as long as a receipt is on its way.
  const isErased = async () => (await eraseContent(installation, order, clock())).ok;
  await until('all receipts have left, and it is erased', isErased, 60_000);
  assert.ok(!(await files.has(companyId, sealed[0] ?? '')));
  assert.equal((await deliveryOf(message.id))?.contentKey, null);
  await page.reload();
  assert.match((await page.textContent('body')) ?? '', /The sender has erased the content/);
  assert.equal(await page.getByRole('link', { name: /Download/ }).count(), 0);
  assert.equal((await verifyFiles(database, files)).broken, null);
}
