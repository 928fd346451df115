import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { prepareDispatches, requestProblems } from '#domain/dispatch';
import { type Document, getDocument, openAmount, sumDecimals } from '#domain/documents';
import { getMessages } from '#domain/outbox';
import { ignoreEntry, importBankFile, listEntries } from '#domain/payments';
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

async function bankFile(...lines: readonly string[]): Promise<void> {
  const bytes = Buffer.from(['Date;Name;Description;Amount', ...lines].join('\n'));
  const by = { actor: 'user', id: 'x', name: 'Claire' } as const;
  const upload = { companyId: installation.companyId, fileName: 'bank.csv', bytes, by };
  assert.ok((await importBankFile(installation.database, upload, clock.now)).ok);
}

const openEntries = () =>
  story.inOwn((tx) => listEntries(tx, installation.companyId, { state: 'open', before: null, limit: 100 }));

test('money that agrees in number and amount holds reminders back until a person has confirmed it or put it aside', async () => {
  const invoice = await story.sentInvoice({ number: 'F/2026-7001' });
  await story.policy();
  clock.now = new Date('2026-11-17T10:00:00Z');
  await bankFile(`16/11/2026;Peeters;invoice f 2026 7001 thanks;${openAmount(invoice)}`);
  assert.equal((await story.planOf(invoice))?.whyNot, 'payment_seen');
  await story.passDay('2026-11-17T11:00:00Z');
  assert.deepEqual(await story.remindersOf(invoice), []);
  const [entry] = await openEntries();
  assert.ok(entry);
  const by = { actor: 'user', id: 'x' } as const;
  await story.inOwn((tx) =>
    ignoreEntry(tx, { companyId: installation.companyId, entryId: entry.id, by }, clock.now),
  );
  assert.equal((await story.planOf(invoice))?.state, 'due');
  await story.change(invoice, { paid: { on: '2026-11-17' } });
});

test('money of another amount, or that names another document, holds nothing back', async () => {
  const invoice = await story.sentInvoice({ number: 'F/2026-7002' });
  await story.policy();
  clock.now = new Date('2026-11-17T10:00:00Z');
  await bankFile(
    '16/11/2026;Peeters;F/2026-7002;1.00',
    `16/11/2026;Peeters;F/2026-70021;${openAmount(invoice)}`,
  );
  assert.equal((await story.planOf(invoice))?.state, 'due');
  await story.change(invoice, { paid: { on: '2026-11-17' } });
});

test('one sum for several invoices that it names holds the reminders of each, also in the last second', async () => {
  const both = [
    await story.sentInvoice({ number: 'F/2026-7003' }),
    await story.sentInvoice({ number: 'F/2026-7004' }),
  ];
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  const sum = sumDecimals(both.map((one) => openAmount(one) ?? '0'));
  await bankFile(`16/11/2026;Peeters;F/2026-7003 and F/2026-7004;${sum}`);
  await story.lease();
  for (const invoice of both)
    for (const { delivery, detail } of await story.messagesOf(invoice))
      assert.deepEqual([delivery, detail], ['held', 'payment_seen']);
});

test('an invoice of which nothing is due is reminded of by no policy, and by no person', async () => {
  const prepaid = await story.sentInvoice();
  const negative = await story.sentInvoice();
  await story.policy();
  await story.change(prepaid, { amountDue: '0.00' });
  clock.now = new Date('2026-11-12T10:00:00Z');
  assert.equal(await story.planOf(prepaid), undefined, 'it is not among the open ones');
  const { companyId, author } = installation;
  const request = {
    ...{ companyId, author, documentIds: [prepaid.id] },
    ...({ origin: 'manual', purpose: 'reminder' } as const),
  };
  const [draft] = await story.inOwn((tx) => prepareDispatches(tx, [request], clock.now));
  assert.ok(draft);
  const problems = requestProblems(draft, request, clock.now);
  assert.ok(problems.some((one) => one.reason === 'reminder_settled'));
  await story.change(prepaid, { amountDue: null });
  await story.passDay('2026-11-17T10:00:00Z');
  await story.change(prepaid, { amountDue: '0.00' });
  await story.change(negative, { amountDue: '-120.00' });
  await story.lease();
  for (const invoice of [prepaid, negative]) {
    const messages = await story.messagesOf(invoice);
    assert.ok(messages.length > 0);
    for (const { delivery, detail } of messages)
      assert.deepEqual([delivery, detail], ['canceled', 'nothing_due']);
  }
});

test('a newer credit note of the customer holds reminders back, whatever its amount, until it is noted as settled', async () => {
  const buyer = { buyerName: 'Houthandel Maes', buyerEmail: 'jan@maes.example' };
  const invoice = await story.sentInvoice(buyer);
  const settled = await story.sentInvoice({ ...buyer, issueDate: '2026-11-02' });
  const note = await installation.addInvoice({ ...buyer, issueDate: '2026-11-01' });
  await story.change(note, { kind: 'credit_note', total: '40.00', amountDue: '40.00' });
  await story.policy();
  clock.now = new Date('2026-11-18T10:00:00Z');
  assert.equal((await story.planOf(invoice))?.whyNot, 'credit_note');
  assert.equal((await story.planOf(settled))?.state, 'due', 'an older credit note is not for it');
  await story.change(note, { paid: { on: '2026-11-18' } });
  assert.equal((await story.planOf(invoice))?.state, 'due');
  for (const one of [invoice, settled]) await story.change(one, { paid: { on: '2026-11-18' } });
});
