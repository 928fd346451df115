import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { getCustomer, removeContact } from '#domain/customers';
import { cancelDispatch } from '#domain/dispatch';
import type { Document } from '#domain/documents';
import { decideRun, listRuns } from '#domain/runs';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { reminding } from '../../../test/reminding.ts';

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

const runsIn = async (state: 'ready' | 'finished') => {
  const runs = await story.inOwn((tx) => listRuns(tx, installation.companyId, { before: null, limit: 100 }));
  return runs.filter((one) => one.state === state);
};
const decide = (runId: string, deed: 'start' | 'cancel') => {
  const { companyId, author } = installation;
  return story.inOwn((tx) => decideRun(tx, { companyId, runId, author }, deed, clock.now));
};
const stepOf = async (document: Document) => {
  const plan = await story.planOf(document);
  return [plan?.state, plan?.step?.days, plan?.on];
};
/** Nobody of the customer is known any more: a mail about the document has no recipient. */
const loseContacts = ({ customerId }: Document) =>
  story.inOwn(async (tx) => {
    const { companyId } = installation;
    const customer = await getCustomer(tx, companyId, customerId ?? '');
    const by = { actor: 'user', id: 'x' } as const;
    for (const { id: contactId } of customer?.contacts ?? [])
      await removeContact(tx, { companyId, customerId: customerId ?? '', contactId, by }, clock.now);
  });

test('a batch that a person cancels has taken no step: the first level comes again, three days later', async () => {
  const invoice = await story.sentInvoice();
  await story.policy({ mode: 'review' });
  await story.passDay('2026-11-17T10:00:00Z');
  const [waiting] = await runsIn('ready');
  assert.ok(waiting);
  assert.deepEqual(await stepOf(invoice), ['later', 14, '2026-11-24'], 'as long as it waits, it counts');
  await decide(waiting.id, 'cancel');
  assert.deepEqual(await stepOf(invoice), ['later', 7, '2026-11-20']);
  await story.passDay('2026-11-20T10:00:00Z');
  const [again] = await runsIn('ready');
  assert.ok(again);
  await decide(again.id, 'start');
  await story.work();
  const [reminder, ...more] = await story.remindersOf(invoice);
  assert.equal(more.length, 0);
  assert.match(reminder?.subject ?? '', /^Reminder: /);
  assert.deepEqual(
    await stepOf(invoice),
    ['later', 14, '2026-11-27'],
    'what was sent is a step that was taken',
  );
  await story.pay(invoice);
});

test('a line that could not be sent has taken no step, and a person is told which batch it was', async () => {
  const reached = await story.sentInvoice();
  const missed = await installation.addInvoice({
    ...{ buyerName: 'Tapis Weyer', buyerEmail: '', issueDate: '2026-10-10', dueDate: '2026-11-10' },
  });
  await installation.send(missed, { to: ['kl@weyer.example'] });
  await loseContacts(missed);
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  assert.equal((await story.remindersOf(reached)).length, 1);
  assert.equal((await story.remindersOf(missed)).length, 0);
  assert.deepEqual(await stepOf(missed), ['later', 7, '2026-11-20']);
  assert.deepEqual(await stepOf(reached), ['later', 14, '2026-11-24']);
  const [run] = (await runsIn('finished')).filter((one) => one.startsItself);
  const notices = await story.notices('reminders_blocked');
  assert.deepEqual(
    notices.map((one) => one.subjectId),
    [run?.id],
  );
  for (const one of [reached, missed]) await story.pay(one);
});

test('a reminder that is taken back before it left has taken no step', async () => {
  const invoice = await story.sentInvoice();
  await story.policy();
  await story.passDay('2026-11-17T10:00:00Z');
  const [reminder] = await story.remindersOf(invoice);
  assert.ok(reminder);
  const { companyId, author } = installation;
  await story.inOwn((tx) => cancelDispatch(tx, { companyId, dispatchId: reminder.id, author }, clock.now));
  assert.deepEqual((await stepOf(invoice)).slice(1), [7, '2026-11-20']);
  await story.pay(invoice);
});
