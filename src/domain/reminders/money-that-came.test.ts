import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { prepareDispatches } from '#domain/dispatch';
import { type Document, getDocument } from '#domain/documents';
import { getMessages } from '#domain/outbox';
import { type GivenResponse, takeResponse } from '#domain/responses';
import { linksOf } from '#domain/tracking';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { reminding } from '../../../test/reminding.ts';

let installation: TestInstallation;
let story: ReturnType<typeof reminding>;
const clock = { now: new Date() };

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
  story = reminding(installation, clock);
});
after(() => installation.close());
beforeEach(() => {
  clock.now = new Date('2026-11-01T10:00:00Z');
});

async function says(document: Document, given: GivenResponse): Promise<void> {
  const { companyId, database, submit } = installation;
  const taken = await inCompany(database, companyId, async (tx) => {
    const messages = await getMessages(tx, companyId, { documentIds: [document.id] });
    const [link] = await linksOf(
      tx,
      messages.filter((one) => one.role === 'to').map((one) => one.id),
    );
    assert.ok(link);
    return takeResponse(tx, submit, { link, documentId: document.id }, given, clock.now);
  });
  assert.ok(taken.ok, JSON.stringify(taken));
}

const declares = (document: Document) =>
  says(document, { kind: 'payment_declared', paidOn: clock.now.toISOString().slice(0, 10), reference: '' });

const current = (document: Document) =>
  story.inOwn((tx) => getDocument(tx, installation.companyId, document.id));

test('who says that it is paid is reminded of nothing by a policy, and the plan says why before the day', async () => {
  const invoice = await story.sentInvoice();
  await story.policy();
  assert.equal((await story.planOf(invoice))?.state, 'later');
  clock.now = new Date('2026-11-15T10:00:00Z');
  await declares(invoice);
  const plan = await story.planOf(invoice);
  assert.deepEqual([plan?.state, plan?.whyNot], ['stopped', 'payment_declared']);
  await story.passDay('2026-11-17T10:00:00Z');
  assert.equal((await story.planOf(invoice))?.whyNot, 'payment_declared');
  assert.deepEqual(await story.remindersOf(invoice), []);
  await story.change(invoice, { paymentDeclared: false });
  await story.passDay('2026-11-18T10:00:00Z');
  assert.equal((await story.remindersOf(invoice)).length, 1, 'a person found no such money');
  await story.change(invoice, { paid: { on: '2026-11-18' } });
});

test('who says that it is paid while the reminder waits: the mail is held with its reason', async () => {
  const invoice = await story.sentInvoice();
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  await declares(invoice);
  await story.lease();
  for (const { delivery, detail } of await story.messagesOf(invoice))
    assert.deepEqual([delivery, detail], ['held', 'payment_declared']);
});

test('a recorded payment is the answer to a declared one: after a part, reminders go on', async () => {
  const invoice = await story.sentInvoice();
  await declares(invoice);
  assert.ok((await current(invoice))?.paymentDeclaredAt);
  assert.equal((await story.notices('customer_paid')).length > 0, true);
  await story.change(invoice, { paid: { on: '2026-11-01', amount: '10.00' } });
  assert.equal((await current(invoice))?.paymentDeclaredAt, null);
  await story.policy();
  clock.now = new Date('2026-11-17T10:00:00Z');
  assert.equal((await story.planOf(invoice))?.state, 'due');
  await story.change(invoice, { paid: { on: '2026-11-17' } });
});

test('whoever reminds by hand of what is said to be paid is warned', async () => {
  const invoice = await story.sentInvoice();
  await declares(invoice);
  const { companyId, author } = installation;
  const [draft] = await story.inOwn((tx) =>
    prepareDispatches(
      tx,
      [{ companyId, author, origin: 'manual', documentIds: [invoice.id], purpose: 'reminder' }],
      clock.now,
    ),
  );
  assert.ok(draft?.warnings.some((one) => one.kind === 'asks_despite' && one.reason === 'payment_declared'));
  await story.change(invoice, { paid: { on: '2026-11-01' } });
});

test('the notice of a declared payment goes when a person says that reminders go on', async () => {
  const invoice = await story.sentInvoice();
  await declares(invoice);
  const of = async () =>
    (await story.notices('customer_paid')).filter((one) => one.documentId === invoice.id).length;
  assert.equal(await of(), 1);
  await story.change(invoice, { paymentDeclared: false });
  assert.equal(await of(), 0);
  await story.change(invoice, { paid: { on: '2026-11-01' } });
});
