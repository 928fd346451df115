import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createCustomer, putContact } from '#domain/customers';
import { erasePerson } from '#domain/privacy';
import { linksOf, writeHits } from '#domain/tracking';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { hitOn } from '../../../test/tracking.ts';
import { stopTracking } from './index.ts';

let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
});
after(() => installation.close());

const to = ['els@peeters.example'];

/** Sends a mail with a Cc and returns the one of the address. */
async function mailTo(address: string) {
  const document = await installation.addInvoice();
  const messages = await installation.send(document, { to, cc: [address], copyToSender: false });
  return messages.find((one) => one.address === address)!;
}

async function modeOf(messageId: string): Promise<string | undefined> {
  return (await asWorker(installation.database, (tx) => linksOf(tx, [messageId])))[0]?.mode;
}

async function byOwner() {
  const { database, companyId, author } = installation;
  return { database, companyId, by: { actor: 'user', id: author.id } as const };
}

test('who withdraws is not recorded by the next mail, without being a contact, and the others of it are', async () => {
  const { database } = installation;
  const first = await mailTo('cc@elsewhere.example');
  assert.equal(await modeOf(first.id), 'full');
  await stopTracking(database, first.id, new Date());
  const document = await installation.addInvoice();
  const cc = ['CC@elsewhere.example'];
  const messages = await installation.send(document, { to, cc, copyToSender: false });
  const modes = await Promise.all(messages.map(async (one) => [one.role, await modeOf(one.id)]));
  assert.deepEqual(Object.fromEntries(modes), { to: 'full', cc: 'none' });
  const next = messages.find((one) => one.role === 'cc')!;
  await writeHits(database, [hitOn(next.id, 'pixel', 0, { at: new Date() })], new Date());
  const { rows } = await asWorker(database, async (tx) => ({
    rows: await tx.selectFrom('hits').select('id').where('message_id', '=', next.id).execute(),
  }));
  assert.deepEqual(rows, []);
});

test('who was erased is not recorded by the next mail, although his contact is gone or added anew', async () => {
  const { database, companyId, by } = await byOwner();
  const address = 'erased@elsewhere.example';
  assert.equal(await modeOf((await mailTo(address)).id), 'full');
  await inCompany(database, companyId, (tx) => erasePerson(tx, { companyId, address, by }, new Date()));
  assert.equal(await modeOf((await mailTo(address)).id), 'none');
  const again = { name: 'Elsewhere', contacts: [{ email: address }] };
  await inCompany(database, companyId, (tx) => createCustomer(tx, { companyId, by }, again, new Date()));
  assert.equal(await modeOf((await mailTo(address)).id), 'none');
});

test('a refusal ends when the company notes that he agrees, and how he said so; without the how it is refused', async () => {
  const { database, companyId, by } = await byOwner();
  const email = 'later@elsewhere.example';
  await stopTracking(database, (await mailTo(email)).id, new Date());
  const given = (trackingHow?: string) => ({ email, tracking: 'granted', trackingHow });
  const made = await inCompany(database, companyId, (tx) =>
    createCustomer(tx, { companyId, by }, { name: 'Later', contacts: [{ email }] }, new Date()),
  );
  const customerId = made.ok ? made.customer.id : '';
  const put = (how?: string) =>
    inCompany(database, companyId, (tx) =>
      putContact(tx, { companyId, customerId, by }, given(how), new Date()),
    );
  const bare = await put();
  assert.deepEqual(bare.ok ? [] : 'problems' in bare && bare.problems, [
    { path: 'trackingHow', reason: 'required' },
  ]);
  assert.equal((await put('withdrawn on the portal')).ok, false);
  assert.equal(await modeOf((await mailTo(email)).id), 'none');
  assert.equal((await put('on the phone, 3 March')).ok, true);
  assert.equal(await modeOf((await mailTo(email)).id), 'full');
});

test('a refusal keeps no address', async () => {
  const { database, companyId } = installation;
  const address = 'quiet@elsewhere.example';
  await stopTracking(database, (await mailTo(address)).id, new Date());
  const rows = await inCompany(database, companyId, (tx) =>
    tx.selectFrom('tracking_refusals').selectAll().where('company_id', '=', companyId).execute(),
  );
  assert.ok(rows.length > 0 && rows.every((row) => row.address_hash.length === 32));
  assert.ok(!rows.some((row) => row.address_hash.includes('elsewhere')));
});
