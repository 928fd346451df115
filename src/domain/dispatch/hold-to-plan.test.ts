import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import {
  type Feature,
  getCompany,
  givePlan,
  invite,
  listInvitations,
  type PlanLimits,
  replacePlans,
} from '#domain/accounts';
import type { Document } from '#domain/documents';
import { sequence } from '#domain/evidence';
import { followNotices, listNotices } from '#domain/notices';
import { createRun, decideRun, getRun, listLines, workRuns } from '#domain/runs';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { startPolite } from '../../../test/servers/index.ts';
import { sendNewLink } from './answer-visitor.ts';
import { cancelDispatch } from './cancel-dispatch.ts';
import { closeCustomerLinks } from './close-links.ts';
import { planUse } from './plan-use.ts';
import { prepareDispatch } from './prepare-dispatch.ts';
import { submitDispatch } from './submit-dispatch.ts';
import { takeBackDelivery } from './take-back-delivery.ts';

let installation: TestInstallation;
let server: Awaited<ReturnType<typeof startPolite>>;
let now = new Date('2026-11-28T09:00:00Z');
let invoice: Document;

before(async () => {
  server = await startPolite();
  installation = await testInstallation({ clock: () => now });
  await installation.connect(server.port);
  invoice = await installation.addInvoice();
});
after(async () => {
  await installation.close();
  await server.close();
});

/** Each test has a month of its own. */
beforeEach(() => {
  now = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, 15, 9));
});

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);

function limit(limits: PlanLimits | null, features: readonly Feature[] = ['users', 'api']): Promise<void> {
  const plans = [{ name: 'small', features, limits: limits ?? {}, isUsual: true }];
  return asWorker(installation.database, (tx) => replacePlans(tx, limits ? plans : [], now));
}

function submit(to: readonly string[], replaces?: string) {
  const { submit: settings, companyId, author } = installation;
  const request = { companyId, author, origin: 'api', documentIds: [invoice.id], to, replaces } as const;
  return inOwn((tx) => submitDispatch(tx, settings, request, now));
}

async function send(count: number): Promise<string> {
  const sent = await submit(Array.from({ length: count }, (_, n) => `r${n}@b.example`));
  if (sent.ok) return sent.dispatch.id;
  assert.equal(sent.reason, 'invalid');
  return sent.problems.map(({ reason, value }) => `${reason} ${value}`).join();
}

const used = () =>
  inOwn(async (tx) => {
    const company = await getCompany(tx, installation.companyId);
    assert.ok(company);
    return (await planUse(tx, company, now)).messages?.used;
  });

const noticeKinds = async () => {
  await sequence(installation.database);
  await followNotices(installation.database);
  const open = await inOwn((tx) => listNotices(tx, installation.companyId, { before: null, limit: 50 }));
  return open.map((one) => one.kind).filter((kind) => kind.startsWith('plan_'));
};

test('a company without a limit is not counted', async () => {
  await limit(null);
  await send(2);
  const rows = await asWorker(installation.database, (tx) => tx.selectFrom('plan_use').selectAll().execute());
  assert.deepEqual(rows, []);
});

test('what was sent before the limit came counts, and what finds no room is refused whole with its reason', async () => {
  await limit(null);
  await send(2);
  await limit({ messagesPerMonth: 4 });
  assert.match(await send(3), /^plan_limit 2\/4 2027-04-01$/);
  assert.match(await send(2), /^dsp_/);
  assert.match(await send(1), /^plan_limit 4\/4 2027-04-01$/);
  assert.equal(await used(), 4);
});

test('of those who send at once, exactly as many pass as there is room for', async () => {
  await limit({ messagesPerMonth: 5 });
  const all = await Promise.all(Array.from({ length: 9 }, () => send(1)));
  assert.equal(all.filter((one) => one.startsWith('dsp_')).length, 5);
  assert.equal(await used(), 5);
});

test('what is taken back before it leaves gives its room back', async () => {
  await limit({ messagesPerMonth: 2 });
  const dispatchId = await send(2);
  const { companyId, author } = installation;
  const canceled = await inOwn((tx) => cancelDispatch(tx, { companyId, dispatchId, author }, now));
  assert.ok(canceled.ok);
  assert.equal(await used(), 0);
  assert.match(await send(2), /^dsp_/);
});

test('a delivery that is withdrawn before its notice leaves gives its room back, and one behind a link that closes too', async () => {
  await limit({ messagesPerMonth: 2 }, ['users', 'api', 'registered']);
  const { companyId, author, submit: settings } = installation;
  const request = { companyId, author, origin: 'api', documentIds: [invoice.id] } as const;
  const behind = { service: 'registered', sendAt: new Date(now.getTime() + 3_600_000) } as const;
  const planned = async (to: string) => {
    const sent = await inOwn((tx) => submitDispatch(tx, settings, { ...request, ...behind, to: [to] }, now));
    assert.ok(sent.ok);
    return sent.messages[0]?.id ?? '';
  };
  const [first] = [await planned('a@b.example'), await planned('c@b.example')];
  assert.equal(await used(), 2);
  await inOwn((tx) => takeBackDelivery(tx, { companyId, messageId: first, by: 'usr_x' }, now));
  assert.equal(await used(), 1);
  const by = { actor: 'user' as const, id: 'usr_x' };
  await inOwn((tx) => closeCustomerLinks(tx, { companyId, documentId: invoice.id, by }, now));
  assert.equal(await used(), 0);
});

test('a month begins by the clocks of the company', async () => {
  await limit({ messagesPerMonth: 1 });
  now = new Date('2027-12-31T22:59:00Z'); // Brussels: one minute before January
  assert.match(await send(1), /^dsp_/);
  assert.match(await send(1), /^plan_limit/);
  now = new Date('2027-12-31T23:00:00Z');
  assert.match(await send(1), /^dsp_/);
});

test('owners are told at four fifths and when nothing is left, until the next month is counted', async () => {
  await limit({ messagesPerMonth: 5 });
  await send(3);
  assert.deepEqual(await noticeKinds(), []);
  await send(1);
  assert.deepEqual(await noticeKinds(), ['plan_limit_near']);
  await send(1);
  assert.deepEqual(await noticeKinds(), ['plan_limit_reached']);
  now = new Date(now.getTime() + 31 * 86_400_000);
  await send(1);
  assert.deepEqual(await noticeKinds(), []);
});

test('who is about to send is told of the plan from four fifths on, and when there is no room; nobody is without a limit', async () => {
  const said = async (people: number) => {
    const { companyId, author } = installation;
    const to = Array.from({ length: people }, (_, n) => `w${n}@b.example`);
    const request = { companyId, author, origin: 'api', documentIds: [invoice.id], to } as const;
    const draft = await inOwn((tx) => prepareDispatch(tx, request, now));
    const ofPlan = draft?.warnings.flatMap((one) => ('wanted' in one ? [one] : []));
    return ofPlan?.map(({ kind, wanted, used, limit: most }) => [kind, wanted, used, most]);
  };
  await limit(null);
  assert.deepEqual(await said(50), []);
  await limit({ messagesPerMonth: 10 });
  await send(4);
  assert.deepEqual(await said(3), []);
  assert.deepEqual(await said(4), [['plan_near', 4, 4, 10]]);
  assert.deepEqual(await said(6), [['plan_near', 6, 4, 10]]);
  assert.deepEqual(await said(7), [['plan_full', 7, 4, 10]]);
});

test('what owners were told of a limit goes away when it is raised, and when there is none any more', async () => {
  for (const other of [{ messagesPerMonth: 50 }, null]) {
    await limit({ messagesPerMonth: 1 });
    await send(1);
    assert.deepEqual(await noticeKinds(), ['plan_limit_reached']);
    await limit(other);
    assert.deepEqual(await noticeKinds(), []);
    now = new Date(now.getTime() + 31 * 86_400_000);
  }
});

test('a customer who asks for a new link gets it, limit or not', async () => {
  await limit({ messagesPerMonth: 1 });
  const dispatchId = await send(1);
  const [message] = await installation.messages(dispatchId);
  assert.ok(message);
  assert.equal(await sendNewLink(installation.database, installation.submit, message.id, now), true);
  assert.equal(await used(), 1);
});

test('lines of a run for which there is no room wait with the reason, and go when there is', async () => {
  await limit({ messagesPerMonth: 3 });
  // Each of them goes to the customer's bookkeeping too.
  const { companyId, author } = installation;
  const invoices = [1, 2].map((n) => installation.addInvoice({ buyerEmail: `line${n}@b.example` }));
  const documentIds = (await Promise.all(invoices)).map((one) => one.id);
  const order = { companyId, author, documentIds, origin: 'manual', purpose: 'first', grouping: 'document' };
  const made = await inOwn((tx) => createRun(tx, { ...order, options: {} } as never, now));
  assert.ok(made.ok);
  const runId = made.run.id;
  const work = async () => {
    while (await workRuns(installation));
  };
  const lines = async () =>
    (await inOwn((tx) => listLines(tx, { companyId, runId }, { after: -1, limit: 9 })))
      .map((line) => [line.state, line.problems[0]?.reason ?? null])
      .sort();
  await work();
  await inOwn((tx) => decideRun(tx, { companyId, runId, author }, 'start', now));
  await work();
  assert.deepEqual(await lines(), [
    ['ready', 'plan_limit'],
    ['sent', null],
  ]);
  const waiting = await inOwn((tx) => getRun(tx, companyId, runId));
  assert.equal(waiting?.state, 'running');
  assert.ok(waiting.waitsUntil && waiting.waitsUntil > now);
  await limit({ messagesPerMonth: 4 });
  await work();
  assert.equal((await lines()).filter(([state]) => state === 'sent').length, 1, 'not before it looks again');
  now = waiting.waitsUntil;
  await work();
  assert.deepEqual((await inOwn((tx) => getRun(tx, companyId, runId)))?.state, 'finished');
  assert.deepEqual(await lines(), [
    ['sent', null],
    ['sent', null],
  ]);
});

test('of two invitations at once only one finds the last place', async () => {
  await limit({ users: 2 });
  const { companyId, author } = installation;
  const by = { actor: 'user', id: author.id } as const;
  const ask = (email: string) => inOwn((tx) => invite(tx, { companyId, email, role: 'member', by }, now));
  const made = await Promise.all([ask('mari@b.example'), ask('jan@b.example')]);
  assert.deepEqual(made.map((one) => (one.ok ? 'ok' : one.reason)).sort(), ['ok', 'user_limit']);
  const [open] = await inOwn((tx) => listInvitations(tx, companyId, now));
  assert.equal((await ask(open?.email ?? '')).ok, true, 'the same person again takes no place');
  await asWorker(installation.database, (tx) => givePlan(tx, companyId, 'small', now));
});

/** A dispatch to so many people whose messages wait for other words; returns one of them. */
async function held(dispatchId: string): Promise<string> {
  await asWorker(installation.database, (tx) =>
    tx
      .updateTable('messages')
      .set({ delivery: 'held', detail: 'own_words' })
      .where('dispatch_id', '=', dispatchId)
      .where('role', '=', 'to')
      .execute(),
  );
  const [first] = await installation.messages(dispatchId);
  return first?.id ?? '';
}

test('what is written anew takes over the room of what waited; only more people need more, and fewer leave some', async () => {
  await limit({ messagesPerMonth: 2 });
  const waiting = await held(await send(2));
  const more = await submit(['a@b.example', 'b@b.example', 'c@b.example'], waiting);
  assert.deepEqual(more.ok ? [] : more.reason === 'invalid' && more.problems.map((one) => one.reason), [
    'plan_limit',
  ]);
  const same = await submit(['a@b.example', 'b@b.example'], waiting);
  assert.ok(same.ok, JSON.stringify(same));
  assert.equal(await used(), 2);
  const fewer = await submit(['a@b.example'], await held(same.dispatch.id));
  assert.ok(fewer.ok, JSON.stringify(fewer));
  assert.equal(await used(), 1);
});
