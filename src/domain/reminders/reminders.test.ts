import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { changeCompany, getCompany } from '#domain/accounts';
import { changeCalendar } from '#domain/calendar';
import { pauseCustomerReminders } from '#domain/customers';
import { getDispatches } from '#domain/dispatch';
import { changeDocument, type Document } from '#domain/documents';
import { sequence } from '#domain/evidence';
import { followNotices, listNotices, type NoticeKind } from '#domain/notices';
import { leaseMessages } from '#domain/outbox';
import { importBankFile } from '#domain/payments';
import { decideRun, listRuns, sendRunsAnew, workRuns } from '#domain/runs';
import { deleteTemplate, saveTemplate } from '#domain/templates';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import {
  createPolicy,
  deletePolicy,
  listPolicies,
  type PolicyChange,
  planReminders,
  runPolicies,
} from './index.ts';

let installation: TestInstallation;
let now: Date;

before(async () => {
  now = new Date('2026-11-01T10:00:00Z');
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);

beforeEach(async () => {
  now = new Date('2026-11-01T10:00:00Z');
  await inOwn(async (tx) => {
    const { companyId, author } = installation;
    for (const { id: policyId } of await listPolicies(tx, companyId))
      await deletePolicy(tx, { companyId, policyId, author }, now);
  });
});

async function policy(change: PolicyChange = {}): Promise<void> {
  const usual = { name: 'Invoices', mode: 'automatic', bankDays: null, isGrouped: false } as const;
  const { companyId, author } = installation;
  const made = await inOwn((tx) =>
    createPolicy(tx, { companyId, author, change: { ...usual, ...change } }, now),
  );
  assert.ok(made.ok, JSON.stringify(made));
}

/** An invoice that is due on 10 November and has gone out. */
async function sentInvoice(facts: Parameters<TestInstallation['addInvoice']>[0] = {}): Promise<Document> {
  const invoice = await installation.addInvoice({
    buyerEmail: 'els@peeters.example',
    issueDate: '2026-10-10',
    dueDate: '2026-11-10',
    ...facts,
  });
  await installation.send(invoice);
  await lease();
  return invoice;
}

async function lease(): Promise<number> {
  const leased = await leaseMessages(installation.outbox, 100, []);
  return leased.length;
}

async function passDay(at: string): Promise<void> {
  now = new Date(at);
  await runPolicies(installation);
  while (await workRuns(installation));
}

/** A person has looked at what waits for review, and starts it. */
async function startReviewed(): Promise<void> {
  const { companyId, author } = installation;
  const runs = await inOwn((tx) => listRuns(tx, companyId, { before: null, limit: 100 }));
  for (const run of runs.filter((one) => one.state === 'ready'))
    await inOwn((tx) => decideRun(tx, { companyId, runId: run.id, author }, 'start', now));
  while (await workRuns(installation));
}

/** How many batches the notices say wait for a person. Notices stand above: only their rows are looked at. */
const waitingNotices = async (): Promise<number> => (await openNotices('reminders_wait')).length;

async function openNotices(kind: NoticeKind) {
  await sequence(installation.database);
  while ((await followNotices(installation.database, 'wait')) > 0);
  const { companyId, database } = installation;
  const open = await asWorker(database, (tx) => listNotices(tx, companyId, { before: null, limit: 100 }));
  return open.filter((one) => one.kind === kind);
}

const remindersOf = async (document: Document) =>
  (
    await asWorker(installation.database, (tx) =>
      getDispatches(tx, installation.companyId, { documentIds: [document.id] }),
    )
  ).filter((one) => one.purpose === 'reminder');

const change = (document: Document, edit: Parameters<typeof changeDocument>[2]) =>
  inOwn((tx) =>
    changeDocument(
      tx,
      { companyId: installation.companyId, documentId: document.id, by: { actor: 'user', id: 'x' } },
      edit,
      now,
    ),
  );

const pay = (document: Document) => change(document, { paid: { on: '2026-11-01' } });

async function planOf(document: Document) {
  const company = await inOwn((tx) => getCompany(tx, installation.companyId));
  assert.ok(company);
  const plan = await inOwn((tx) => planReminders(tx, company, now));
  return plan.find((one) => one.document.id === document.id);
}

test('an overdue invoice is reminded of once per step, at its level, however often the policy is run', async () => {
  const invoice = await sentInvoice();
  await policy();
  await passDay('2026-11-16T10:00:00Z');
  assert.equal((await remindersOf(invoice)).length, 0);
  await passDay('2026-11-17T10:00:00Z');
  await passDay('2026-11-17T15:00:00Z');
  await Promise.all([runPolicies(installation), runPolicies(installation)]);
  const [first, ...more] = await remindersOf(invoice);
  assert.equal(more.length, 0);
  assert.equal(first?.origin, 'automatic');
  assert.match(first?.subject ?? '', /^Reminder: /);
  await passDay('2026-11-24T10:00:00Z');
  const [second] = await remindersOf(invoice);
  assert.match(second?.subject ?? '', /^Second reminder: /);
  await pay(invoice);
});

test('the turn comes with the hour of the company, not of the machine, also when the clocks change', async () => {
  await inOwn((tx) => changeCompany(tx, installation.companyId, { timeZone: 'America/New_York' }, now));
  const invoice = await sentInvoice({ dueDate: '2026-10-25' });
  await policy({ steps: [{ days: 7, senderId: null, letter: false, texts: {} }] });
  // 1 November 2026: New York changes its clocks; 9 h is 14 h UTC from then on.
  await passDay('2026-11-01T13:59:00Z');
  assert.equal((await remindersOf(invoice)).length, 0);
  await passDay('2026-11-01T14:00:00Z');
  assert.equal((await remindersOf(invoice)).length, 1);
  await inOwn((tx) => changeCompany(tx, installation.companyId, { timeZone: 'Europe/Brussels' }, now));
  await pay(invoice);
});

test('a step that falls on a public holiday waits for the next working day, and the plan says so before', async () => {
  const { companyId, author } = installation;
  const keep = (what: Parameters<typeof changeCalendar>[2]) =>
    inOwn((tx) => changeCalendar(tx, { company: { id: companyId, country: 'BE' }, by: author }, what, now));
  await keep({ avoids: true, days: [{ day: '2026-12-26', is: 'free', name: 'Closed' }] });
  now = new Date('2026-11-20T10:00:00Z');
  const invoice = await sentInvoice({ dueDate: '2026-12-18' });
  await policy({ steps: [{ days: 7, senderId: null, letter: false, texts: {} }] });
  const before = await planOf(invoice);
  assert.deepEqual(
    [before?.state, before?.on],
    ['later', '2026-12-28'],
    'the 25th and the 26th are free, the 27th is a Sunday',
  );
  await passDay('2026-12-25T10:00:00Z');
  const onTheDay = await planOf(invoice);
  assert.deepEqual([onTheDay?.state, onTheDay?.on], ['later', '2026-12-28']);
  await passDay('2026-12-26T10:00:00Z');
  assert.equal((await remindersOf(invoice)).length, 0);
  await passDay('2026-12-27T10:00:00Z');
  assert.equal((await remindersOf(invoice)).length, 0);
  await passDay('2026-12-28T10:00:00Z');
  assert.equal((await remindersOf(invoice)).length, 1);
  await keep({ avoids: false, days: [{ day: '2026-12-26', is: 'usual' }] });
  await pay(invoice);
});

test('a payment between the dry run and the send: not one mail to somebody who has paid', async () => {
  const [paid, open] = [await sentInvoice(), await sentInvoice()];
  await policy({ mode: 'review' });
  await passDay('2026-11-17T10:00:00Z');
  assert.ok((await waitingNotices()) > 0);
  await pay(paid);
  await startReviewed();
  assert.equal(await waitingNotices(), 0);
  assert.equal((await remindersOf(paid)).length, 0);
  assert.equal((await remindersOf(open)).length, 1);
  await pay(open);
});

test('a payment after the send and before the last second: the mail is canceled with its reason', async () => {
  await lease();
  const invoice = await sentInvoice();
  await policy();
  await passDay('2026-11-17T10:00:00Z');
  await pay(invoice);
  assert.equal(await lease(), 0);
  const [reminder] = await remindersOf(invoice);
  const messages = await installation.messages(reminder?.id ?? '');
  assert.ok(messages.length > 0);
  for (const message of messages) assert.deepEqual([message.delivery, message.detail], ['canceled', 'paid']);
});

test('what came up in the last second and needs a person is held, and says why', async () => {
  await lease();
  const invoice = await sentInvoice();
  await policy();
  await passDay('2026-11-17T10:00:00Z');
  await change(invoice, { disputed: true });
  assert.equal(await lease(), 0);
  const [reminder] = await remindersOf(invoice);
  const [message] = await installation.messages(reminder?.id ?? '');
  assert.deepEqual([message?.delivery, message?.detail], ['held', 'disputed']);
  await pay(invoice);
});

test('of three invoices in one mail the paid one is left out, and the others are asked for', async () => {
  const facts = { buyerName: 'Galerie Oost', buyerEmail: 'office@oost.example' };
  const invoices = [await sentInvoice(facts), await sentInvoice(facts), await sentInvoice(facts)];
  await policy({ isGrouped: true, mode: 'review' });
  await passDay('2026-11-17T10:00:00Z');
  const [paid, ...open] = invoices;
  assert.ok(paid);
  await pay(paid);
  await startReviewed();
  const [reminder] = await remindersOf(open[0] ?? assert.fail());
  assert.deepEqual([...(reminder?.documentIds ?? [])].sort(), open.map((one) => one.id).sort());
  for (const one of open) await pay(one);
});

test('the list says why something is not reminded of', async () => {
  await policy({ minimumAmount: '100.00' });
  const never = await installation.addInvoice({ dueDate: '2026-11-10' });
  const small = await sentInvoice({ total: '9.00', amountDue: '9.00' });
  const paused = await sentInvoice();
  await change(paused, { remindersPausedUntil: '2026-12-24', remindersPauseReason: 'agreed on the phone' });
  const resting = await sentInvoice({ buyerName: 'Keller Dental', buyerEmail: 'info@keller.example' });
  await inOwn((tx) =>
    pauseCustomerReminders(
      tx,
      {
        companyId: installation.companyId,
        customerId: resting.customerId ?? '',
        by: { actor: 'user', id: 'x' },
      },
      { until: '2026-12-24', reason: 'in talks' },
      now,
    ),
  );
  now = new Date('2026-11-20T10:00:00Z');
  const why = async (one: Document) => (await planOf(one))?.whyNot;
  assert.equal(await why(never), 'never_sent');
  assert.equal(await why(small), 'below_minimum');
  assert.equal(await why(paused), 'reminders_paused');
  assert.equal(await why(resting), 'reminders_paused');
  now = new Date('2026-12-24T10:00:00Z');
  assert.equal((await planOf(paused))?.state, 'due');
  for (const one of [never, small, paused, resting]) await pay(one);
});

test('an old bank file holds reminders back until a new one is there', async () => {
  const invoice = await sentInvoice();
  await policy({ bankDays: 5 });
  now = new Date('2026-11-17T10:00:00Z');
  assert.equal(
    (await planOf(invoice))?.state,
    'due',
    'whoever never reads a file of a bank does not wait for one',
  );
  const bytes = Buffer.from('Date;Description;Amount\n16/11/2026;x;1.00');
  const by = { actor: 'user', id: 'x', name: 'Claire' } as const;
  const upload = { companyId: installation.companyId, fileName: 'bank.csv', bytes, by };
  assert.ok((await importBankFile(installation.database, upload, now)).ok);
  assert.equal((await planOf(invoice))?.state, 'due');
  await passDay('2026-11-23T10:00:00Z');
  assert.equal((await planOf(invoice))?.whyNot, 'bank_file_old');
  assert.equal((await remindersOf(invoice)).length, 0);
  assert.equal((await openNotices('reminders_bank_old')).length, 1, 'a person is told what they wait for');
  await passDay('2026-11-24T10:00:00Z');
  assert.equal((await openNotices('reminders_bank_old')).length, 1);
  const fresh = { ...upload, bytes: Buffer.from('Date;Description;Amount\n23/11/2026;y;1.00') };
  assert.ok((await importBankFile(installation.database, fresh, now)).ok);
  assert.equal((await openNotices('reminders_bank_old')).length, 0);
  await pay(invoice);
});

test('a quote is reminded of before it expires, and not after', async () => {
  const quote = await sentInvoice();
  await change(quote, { kind: 'quote' });
  await policy({ kinds: ['quote'], steps: [{ days: -3, senderId: null, letter: false, texts: {} }] });
  await passDay('2026-11-07T10:00:00Z');
  assert.equal((await remindersOf(quote)).length, 1);
  await passDay('2026-11-12T10:00:00Z');
  assert.equal((await remindersOf(quote)).length, 1);
});

test('a quote that has expired is reminded of by no step, and a reminder that waited for a person ends', async () => {
  const [quote, waiting] = [await sentInvoice(), await sentInvoice()];
  for (const one of [quote, waiting]) await change(one, { kind: 'quote' });
  const step = { senderId: null, letter: false, texts: {} };
  await policy({ kinds: ['quote'], steps: [{ days: 2, ...step }] });
  now = new Date('2026-11-09T10:00:00Z');
  assert.equal((await planOf(quote))?.state, 'stopped', 'a step at or after the day is none for a quote');
  await passDay('2026-11-12T10:00:00Z');
  assert.equal((await planOf(quote))?.whyNot, 'expired');
  assert.equal((await remindersOf(quote)).length, 0);
  now = new Date('2026-11-09T10:00:00Z');
  await installation.send(waiting, { purpose: 'reminder' });
  now = new Date('2026-11-11T10:00:00Z');
  await lease();
  const [reminder] = await remindersOf(waiting);
  const [message] = await installation.messages(reminder?.id ?? '');
  assert.deepEqual([message?.delivery, message?.detail], ['canceled', 'expired']);
});

test('what cannot be a policy is refused with its fields', async () => {
  const { companyId, author } = installation;
  const made = await inOwn((tx) =>
    createPolicy(
      tx,
      {
        companyId,
        author,
        change: { name: ' ', kinds: ['receipt'], minimumAmount: '-1', bankDays: 0, steps: [] },
      },
      now,
    ),
  );
  assert.ok(!made.ok && made.reason === 'invalid');
  assert.deepEqual(
    made.problems.map(({ path }) => path),
    ['name', 'kinds', 'minimumAmount', 'bankDays', 'steps'],
  );
});

test('a reminder takes the company’s own template for its kind and language; the own text of a step goes before it', async () => {
  const { companyId } = installation;
  const text = { subject: 'House text {{ document.number }}', html: '<p>From the house.</p>' };
  const cell = { kind: 'invoice', purpose: 'reminder', language: 'en', name: 'House' } as const;
  const given = { ...cell, ...text, senderId: null, isDefault: true };
  const saved = await inOwn((tx) => saveTemplate(tx, { companyId, id: null }, given, now));
  assert.ok(saved.ok);
  const own = { en: { subject: 'Step text', html: '<p>Of the step.</p>' } };
  const plain = { senderId: null, letter: false };
  await policy({
    steps: [
      { days: 7, ...plain, texts: {} },
      { days: 14, ...plain, texts: own },
    ],
  });
  const invoice = await sentInvoice();
  await passDay('2026-11-17T10:00:00Z');
  await passDay('2026-11-24T10:00:00Z');
  const sent = (await remindersOf(invoice)).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  assert.deepEqual(
    sent.map((one) => [one.subject, one.templateId]),
    [
      [`House text ${invoice.number}`, saved.template.id],
      ['Step text', null],
    ],
  );
  await inOwn((tx) => deleteTemplate(tx, companyId, saved.template.id));
});

test('a grouped reminder of one document has the company’s own text; of several, that of its level', async () => {
  const { companyId } = installation;
  const cell = { kind: 'invoice', purpose: 'reminder', language: 'en', name: 'House' } as const;
  const text = { subject: 'House text {{ document.number }}', html: '<p>From the house.</p>' };
  const given = { ...cell, ...text, senderId: null, isDefault: true };
  const saved = await inOwn((tx) => saveTemplate(tx, { companyId, id: null }, given, now));
  assert.ok(saved.ok);
  await policy({ isGrouped: true, steps: [{ days: 7, senderId: null, letter: false, texts: {} }] });
  const single = await sentInvoice({ buyerName: 'Eén', buyerEmail: 'a@een.example' });
  const buyer = { buyerName: 'Twee', buyerEmail: 'b@twee.example' };
  const several = [await sentInvoice(buyer), await sentInvoice(buyer)];
  await passDay('2026-11-17T10:00:00Z');
  const textOf = async (document: Document | undefined) => {
    const [reminder] = document ? await remindersOf(document) : [];
    return [reminder?.templateId ?? null, reminder?.subject.startsWith('House text')];
  };
  assert.deepEqual(await textOf(single), [saved.template.id, true]);
  assert.deepEqual(await textOf(several[0]), [null, false]);
  for (const one of [single, ...several]) await pay(one);
  await inOwn((tx) => deleteTemplate(tx, companyId, saved.template.id));
});

test('where the document of the higher level is paid, the other is asked for at its own level', async () => {
  const facts = { buyerName: 'Galerie Nord', buyerEmail: 'office@nord.example' };
  const plain = { senderId: null, letter: false, texts: {} };
  await policy({
    isGrouped: true,
    steps: [
      { days: 7, ...plain },
      { days: 14, ...plain },
    ],
  });
  const old = await sentInvoice({ ...facts, dueDate: '2026-11-03' });
  const young = await sentInvoice(facts);
  await passDay('2026-11-10T10:00:00Z');
  await lease();
  await passDay('2026-11-17T10:00:00Z');
  const [both] = await remindersOf(young);
  assert.match(both?.subject ?? '', /^Second reminder: 2 documents/);
  await pay(old);
  await lease();
  await sendRunsAnew(installation);
  await lease();
  const anew = (await remindersOf(young)).find((one) => one.canceledAt === null);
  assert.match(anew?.subject ?? '', /^Reminder: /);
  assert.deepEqual(anew?.documentIds, [young.id]);
  await pay(young);
});
