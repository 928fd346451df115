import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { changeCompany } from '#domain/accounts';
import { changeCalendar } from '#domain/calendar';
import { pauseCustomerReminders } from '#domain/customers';
import type { Document } from '#domain/documents';
import { importBankFile } from '#domain/payments';
import { decideRun, listRuns, workRuns } from '#domain/runs';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { reminding } from '../../../test/reminding.ts';
import { runPolicies } from './index.ts';

let installation: TestInstallation;
let story: ReturnType<typeof reminding>;
const clock = { now: new Date('2026-11-01T10:00:00Z') };

before(async () => {
  installation = await testInstallation({ clock: () => clock.now });
  story = reminding(installation, clock);
});
after(() => installation.close());

beforeEach(() => {
  clock.now = new Date('2026-11-01T10:00:00Z');
});

/** A person has looked at what waits for review, and starts it. */
async function startReviewed(): Promise<void> {
  const { companyId, author } = installation;
  const runs = await story.inOwn((tx) => listRuns(tx, companyId, { before: null, limit: 100 }));
  for (const run of runs.filter((one) => one.state === 'ready'))
    await story.inOwn((tx) => decideRun(tx, { companyId, runId: run.id, author }, 'start', clock.now));
  while (await workRuns(installation));
}

/** How many batches the notices say wait for a person. */
const waitingNotices = async (): Promise<number> => (await story.notices('reminders_wait')).length;

test('an overdue invoice is reminded of once per step, at its level, however often the policy is run', async () => {
  const invoice = await story.sentInvoice();
  await story.policy();
  await story.passDay('2026-11-16T10:00:00Z');
  assert.equal((await story.remindersOf(invoice)).length, 0);
  await story.passDay('2026-11-17T10:00:00Z');
  await story.passDay('2026-11-17T15:00:00Z');
  await Promise.all([runPolicies(installation), runPolicies(installation)]);
  const [first, ...more] = await story.remindersOf(invoice);
  assert.equal(more.length, 0);
  assert.equal(first?.origin, 'automatic');
  assert.match(first?.subject ?? '', /^Reminder: /);
  await story.passDay('2026-11-24T10:00:00Z');
  const [second] = await story.remindersOf(invoice);
  assert.match(second?.subject ?? '', /^Second reminder: /);
  await story.pay(invoice);
});

test('the turn comes with the hour of the company, not of the machine, also when the clocks change', async () => {
  await story.inOwn((tx) =>
    changeCompany(tx, installation.companyId, { timeZone: 'America/New_York' }, clock.now),
  );
  const invoice = await story.sentInvoice({ dueDate: '2026-10-25' });
  await story.policy({ steps: [{ days: 7, senderId: null, letter: false, texts: {} }] });
  // 1 November 2026: New York changes its clocks; 9 h is 14 h UTC from then on.
  await story.passDay('2026-11-01T13:59:00Z');
  assert.equal((await story.remindersOf(invoice)).length, 0);
  await story.passDay('2026-11-01T14:00:00Z');
  assert.equal((await story.remindersOf(invoice)).length, 1);
  await story.inOwn((tx) =>
    changeCompany(tx, installation.companyId, { timeZone: 'Europe/Brussels' }, clock.now),
  );
  await story.pay(invoice);
});

test('a step that falls on a public holiday waits for the next working day, and the plan says so before', async () => {
  const { companyId, author } = installation;
  const keep = (what: Parameters<typeof changeCalendar>[2]) =>
    story.inOwn((tx) =>
      changeCalendar(tx, { company: { id: companyId, country: 'BE' }, by: author }, what, clock.now),
    );
  await keep({ avoids: true, days: [{ day: '2026-12-26', is: 'free', name: 'Closed' }] });
  clock.now = new Date('2026-11-20T10:00:00Z');
  const invoice = await story.sentInvoice({ dueDate: '2026-12-18' });
  await story.policy({ steps: [{ days: 7, senderId: null, letter: false, texts: {} }] });
  const before = await story.planOf(invoice);
  assert.deepEqual(
    [before?.state, before?.on],
    ['later', '2026-12-28'],
    'the 25th and the 26th are free, the 27th is a Sunday',
  );
  await story.passDay('2026-12-25T10:00:00Z');
  const onTheDay = await story.planOf(invoice);
  assert.deepEqual([onTheDay?.state, onTheDay?.on], ['later', '2026-12-28']);
  await story.passDay('2026-12-26T10:00:00Z');
  assert.equal((await story.remindersOf(invoice)).length, 0);
  await story.passDay('2026-12-27T10:00:00Z');
  assert.equal((await story.remindersOf(invoice)).length, 0);
  await story.passDay('2026-12-28T10:00:00Z');
  assert.equal((await story.remindersOf(invoice)).length, 1);
  await keep({ avoids: false, days: [{ day: '2026-12-26', is: 'usual' }] });
  await story.pay(invoice);
});

test('a payment between the dry run and the send: not one mail to somebody who has paid', async () => {
  const [paid, open] = [await story.sentInvoice(), await story.sentInvoice()];
  await story.policy({ mode: 'review' });
  await story.passDay('2026-11-17T10:00:00Z');
  assert.ok((await waitingNotices()) > 0);
  await story.pay(paid);
  await startReviewed();
  assert.equal(await waitingNotices(), 0);
  assert.equal((await story.remindersOf(paid)).length, 0);
  assert.equal((await story.remindersOf(open)).length, 1);
  await story.pay(open);
});

test('a payment after the send and before the last second: the mail is canceled with its reason', async () => {
  await story.lease();
  const invoice = await story.sentInvoice();
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  await story.pay(invoice);
  assert.equal(await story.lease(), 0);
  const [reminder] = await story.remindersOf(invoice);
  const messages = await installation.messages(reminder?.id ?? '');
  assert.ok(messages.length > 0);
  for (const message of messages) assert.deepEqual([message.delivery, message.detail], ['canceled', 'paid']);
});

test('what came up in the last second and needs a person is held, and says why', async () => {
  await story.lease();
  const invoice = await story.sentInvoice();
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  await story.change(invoice, { disputed: true });
  assert.equal(await story.lease(), 0);
  const [reminder] = await story.remindersOf(invoice);
  const [message] = await installation.messages(reminder?.id ?? '');
  assert.deepEqual([message?.delivery, message?.detail], ['held', 'disputed']);
  await story.pay(invoice);
});

test('of three invoices in one mail the paid one is left out, and the others are asked for', async () => {
  const facts = { buyerName: 'Galerie Oost', buyerEmail: 'office@oost.example' };
  const invoices = [
    await story.sentInvoice(facts),
    await story.sentInvoice(facts),
    await story.sentInvoice(facts),
  ];
  await story.policy({ isGrouped: true, mode: 'review' });
  await story.passDay('2026-11-17T10:00:00Z');
  const [paid, ...open] = invoices;
  assert.ok(paid);
  await story.pay(paid);
  await startReviewed();
  const [reminder] = await story.remindersOf(open[0] ?? assert.fail());
  assert.deepEqual([...(reminder?.documentIds ?? [])].sort(), open.map((one) => one.id).sort());
  for (const one of open) await story.pay(one);
});

test('the list says why something is not reminded of', async () => {
  await story.policy({ minimumAmount: '100.00' });
  const never = await installation.addInvoice({ dueDate: '2026-11-10' });
  const small = await story.sentInvoice({ total: '9.00', amountDue: '9.00' });
  const paused = await story.sentInvoice();
  await story.change(paused, {
    remindersPausedUntil: '2026-12-24',
    remindersPauseReason: 'agreed on the phone',
  });
  const resting = await story.sentInvoice({ buyerName: 'Keller Dental', buyerEmail: 'info@keller.example' });
  await story.inOwn((tx) =>
    pauseCustomerReminders(
      tx,
      {
        companyId: installation.companyId,
        customerId: resting.customerId ?? '',
        by: { actor: 'user', id: 'x' },
      },
      { until: '2026-12-24', reason: 'in talks' },
      clock.now,
    ),
  );
  clock.now = new Date('2026-11-20T10:00:00Z');
  const why = async (one: Document) => (await story.planOf(one))?.whyNot;
  assert.equal(await why(never), 'never_sent');
  assert.equal(await why(small), 'below_minimum');
  assert.equal(await why(paused), 'reminders_paused');
  assert.equal(await why(resting), 'reminders_paused');
  clock.now = new Date('2026-12-24T10:00:00Z');
  assert.equal((await story.planOf(paused))?.state, 'due');
  for (const one of [never, small, paused, resting]) await story.pay(one);
});

test('an old bank file holds reminders back until a new one is there', async () => {
  const invoice = await story.sentInvoice();
  await story.policy({ bankDays: 5 });
  clock.now = new Date('2026-11-17T10:00:00Z');
  assert.equal(
    (await story.planOf(invoice))?.state,
    'due',
    'whoever never reads a file of a bank does not wait for one',
  );
  const bytes = Buffer.from('Date;Description;Amount\n16/11/2026;x;1.00');
  const by = { actor: 'user', id: 'x', name: 'Claire' } as const;
  const upload = { companyId: installation.companyId, fileName: 'bank.csv', bytes, by };
  assert.ok((await importBankFile(installation.database, upload, clock.now)).ok);
  assert.equal((await story.planOf(invoice))?.state, 'due');
  await story.passDay('2026-11-23T10:00:00Z');
  assert.equal((await story.planOf(invoice))?.whyNot, 'bank_file_old');
  assert.equal((await story.remindersOf(invoice)).length, 0);
  assert.equal((await story.notices('reminders_bank_old')).length, 1, 'a person is told what they wait for');
  await story.passDay('2026-11-24T10:00:00Z');
  assert.equal((await story.notices('reminders_bank_old')).length, 1);
  const fresh = { ...upload, bytes: Buffer.from('Date;Description;Amount\n23/11/2026;y;1.00') };
  assert.ok((await importBankFile(installation.database, fresh, clock.now)).ok);
  assert.equal((await story.notices('reminders_bank_old')).length, 0);
  await story.pay(invoice);
});

test('a quote is reminded of before it expires, and not after', async () => {
  const quote = await story.sentInvoice();
  await story.change(quote, { kind: 'quote' });
  await story.policy({ kinds: ['quote'], steps: [{ days: -3, senderId: null, letter: false, texts: {} }] });
  await story.passDay('2026-11-07T10:00:00Z');
  assert.equal((await story.remindersOf(quote)).length, 1);
  await story.passDay('2026-11-12T10:00:00Z');
  assert.equal((await story.remindersOf(quote)).length, 1);
});

test('a quote that has expired is reminded of by no step, and a reminder that waited for a person ends', async () => {
  const [quote, waiting] = [await story.sentInvoice(), await story.sentInvoice()];
  for (const one of [quote, waiting]) await story.change(one, { kind: 'quote' });
  const step = { senderId: null, letter: false, texts: {} };
  await story.policy({ kinds: ['quote'], steps: [{ days: 2, ...step }] });
  clock.now = new Date('2026-11-09T10:00:00Z');
  assert.equal(
    (await story.planOf(quote))?.state,
    'stopped',
    'a step at or after the day is none for a quote',
  );
  await story.passDay('2026-11-12T10:00:00Z');
  assert.equal((await story.planOf(quote))?.whyNot, 'expired');
  assert.equal((await story.remindersOf(quote)).length, 0);
  clock.now = new Date('2026-11-09T10:00:00Z');
  await installation.send(waiting, { purpose: 'reminder' });
  clock.now = new Date('2026-11-11T10:00:00Z');
  await story.lease();
  const [reminder] = await story.remindersOf(waiting);
  const [message] = await installation.messages(reminder?.id ?? '');
  assert.deepEqual([message?.delivery, message?.detail], ['canceled', 'expired']);
});
