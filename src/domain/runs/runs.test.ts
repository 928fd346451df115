import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getDispatches } from '#domain/dispatch';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import {
  createRun,
  decideLine,
  decideRun,
  getRun,
  listLines,
  type NewRun,
  nextOfficeTime,
  readProgress,
  workRuns,
} from './index.ts';

let installation: TestInstallation;
let now = new Date('2026-11-20T09:00:00Z');

before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);

async function make(documentIds: readonly string[], more: Partial<NewRun> = {}): Promise<string> {
  const created = await inOwn((tx) =>
    createRun(
      tx,
      {
        companyId: installation.companyId,
        author: installation.author,
        origin: 'manual',
        purpose: 'first',
        grouping: 'document',
        options: {},
        documentIds,
        ...more,
      },
      now,
    ),
  );
  assert.ok(created.ok);
  return created.run.id;
}

/** Does what a worker does until nothing is left. */
async function work(): Promise<void> {
  while (await workRuns(installation));
}

const decide = (runId: string, deed: Parameters<typeof decideRun>[2]) =>
  inOwn((tx) =>
    decideRun(tx, { companyId: installation.companyId, runId, author: installation.author }, deed, now),
  );
const linesOf = (runId: string) =>
  inOwn((tx) => listLines(tx, { companyId: installation.companyId, runId }, { after: -1, limit: 100 }));
const stateOf = async (runId: string) =>
  (await inOwn((tx) => getRun(tx, installation.companyId, runId)))?.state;
const dispatchesOf = (documentId: string) =>
  asWorker(installation.database, (tx) =>
    getDispatches(tx, installation.companyId, { documentIds: [documentId] }),
  );

test('a dry run says who gets what from whom, and sends nothing', async () => {
  const invoice = await installation.addInvoice({ buyerEmail: 'els@peeters.example' });
  const nobody = await installation.addInvoice({ buyerEmail: null, buyerName: 'Nobody at all' });
  const run = await make([invoice.id, nobody.id]);
  await work();
  assert.equal(await stateOf(run), 'ready');
  const [first, second] = await linesOf(run);
  assert.deepEqual([first?.state, first?.draft?.to], ['ready', ['els@peeters.example']]);
  assert.deepEqual([second?.state, second?.problems[0]?.reason], ['blocked', 'recipient_missing']);
  assert.deepEqual(await dispatchesOf(invoice.id), []);
});

test('a run sends each ready line once, tells its result, and the blocked one stays', async () => {
  const invoice = await installation.addInvoice({ buyerEmail: 'els@peeters.example' });
  const run = await make([invoice.id]);
  await work();
  assert.ok((await decide(run, 'start')).ok);
  await work();
  assert.equal(await stateOf(run), 'finished');
  const [line] = await linesOf(run);
  const [dispatch, ...others] = await dispatchesOf(invoice.id);
  assert.deepEqual([line?.state, line?.dispatchId, others.length], ['sent', dispatch?.id, 0]);
});

test('of two people who start the same run, the second is told that it has started', async () => {
  const invoice = await installation.addInvoice({ buyerEmail: 'a@b.example' });
  const run = await make([invoice.id]);
  await work();
  const both = await Promise.all([decide(run, 'start'), decide(run, 'start')]);
  assert.deepEqual(both.map((one) => one.ok).sort(), [false, true]);
  await Promise.all([workRuns(installation), workRuns(installation), workRuns(installation)]);
  await work();
  assert.equal((await dispatchesOf(invoice.id)).length, 1);
});

test('a document in two runs goes out once, whoever works on them and in whatever order', async () => {
  const invoices = await Promise.all(
    [1, 2, 3].map(() => installation.addInvoice({ buyerEmail: 'a@b.example' })),
  );
  const ids = invoices.map((one) => one.id);
  const [one, two] = [await make(ids), await make(ids)];
  await work();
  await Promise.all([decide(one, 'start'), decide(two, 'start')]);
  await Promise.all([workRuns(installation), workRuns(installation)]);
  await work();
  for (const id of ids) assert.equal((await dispatchesOf(id)).length, 1);
  const three = await make(ids);
  await work();
  assert.deepEqual(
    (await linesOf(three)).map((line) => [line.state, line.problems[0]?.reason]),
    ids.map(() => ['excluded', 'already_sent']),
  );
});

test('a run that was looked at before another one sent the same documents does not send them again', async () => {
  const invoice = await installation.addInvoice({ buyerEmail: 'a@b.example' });
  const [early, late] = [await make([invoice.id]), await make([invoice.id])];
  await work();
  await decide(late, 'start');
  await work();
  await decide(early, 'start');
  await work();
  assert.equal((await linesOf(early))[0]?.problems[0]?.reason, 'sent_meanwhile');
  assert.equal((await dispatchesOf(invoice.id)).length, 1);
});

test('a line that breaks says so, and the others of its batch go out, each once', async () => {
  const invoices: Awaited<ReturnType<typeof installation.addInvoice>>[] = [];
  for (const name of ['one', 'two', 'three'])
    invoices.push(await installation.addInvoice({ buyerEmail: `${name}@batch.example` }));
  const run = await make(invoices.map((one) => one.id));
  await work();
  await installation.database.owner.query(`
    create function refuse_one() returns trigger language plpgsql as $$ begin raise 'not this one'; end $$;
    create trigger refuse_one before insert on dispatch_documents for each row
      when (new.document_id = '${invoices[1]?.id}') execute function refuse_one()`);
  assert.ok((await decide(run, 'start')).ok);
  await work();
  assert.deepEqual(
    (await linesOf(run)).map((line) => [line.state, line.problems[0]?.reason]),
    [
      ['sent', undefined],
      ['refused', 'broken'],
      ['sent', undefined],
    ],
  );
  for (const [invoice, times] of [1, 0, 1].map((count, n) => [invoices[n], count] as const))
    assert.equal((await dispatchesOf(invoice?.id ?? '')).length, times);
  assert.equal(await stateOf(run), 'finished');
});

test('a paused run sends nothing until it goes on', async () => {
  const invoice = await installation.addInvoice({ buyerEmail: 'a@b.example' });
  const run = await make([invoice.id]);
  await work();
  await decide(run, 'start');
  await decide(run, 'pause');
  await work();
  assert.equal((await dispatchesOf(invoice.id)).length, 0);
  await decide(run, 'resume');
  await work();
  assert.equal((await dispatchesOf(invoice.id)).length, 1);
});

test('the documents of a customer go in one mail where that was chosen', async () => {
  const make2 = () =>
    installation.addInvoice({ buyerName: 'Galerie Oost', buyerEmail: 'office@oost.example' });
  const [a, b] = [await make2(), await make2()];
  const run = await make([a.id, b.id], { grouping: 'customer' });
  await work();
  await decide(run, 'start');
  await work();
  const lines = await linesOf(run);
  assert.deepEqual(
    lines.map((line) => [line.documentIds, line.customerName, line.state]),
    [[[a.id, b.id], 'Galerie Oost', 'sent']],
  );
});

test('a sender that is held to a pace gets its turns one after the other', async () => {
  const ids = [];
  for (const _ of [1, 2, 3]) ids.push((await installation.addInvoice({ buyerEmail: 'a@b.example' })).id);
  const run = await make(ids, { options: { perMinute: 1 } });
  await work();
  await decide(run, 'start');
  const sent = async () =>
    (
      await inOwn(async (tx) => {
        const found = await getRun(tx, installation.companyId, run);
        return found ? readProgress(tx, found, now) : null;
      })
    )?.counts.sent;
  await workRuns(installation);
  assert.equal(await sent(), 1);
  await workRuns(installation);
  assert.equal(await sent(), 1);
  now = new Date(now.getTime() + 60_000);
  await workRuns(installation);
  assert.equal(await sent(), 2);
  await decide(run, 'cancel');
});

test('what was left out goes out when a person says so', async () => {
  const invoice = await installation.addInvoice({ buyerEmail: 'a@b.example' });
  await installation.send(invoice);
  const run = await make([invoice.id]);
  await work();
  const [line] = await linesOf(run);
  assert.equal(line?.state, 'excluded');
  const which = { companyId: installation.companyId, runId: run, lineId: line?.id ?? '' };
  await inOwn((tx) => decideLine(tx, which, 'send_again'));
  await work();
  await decide(run, 'start');
  await work();
  assert.equal((await dispatchesOf(invoice.id)).length, 2);
});

test('office hours do not open on a day that is free', () => {
  const free = new Set(['2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01']);
  const next = (from: string) =>
    nextOfficeTime('Europe/Brussels', new Date(from), (day) => free.has(day)).toISOString();
  assert.equal(next('2026-12-24T12:00:00Z'), '2026-12-24T12:00:00.000Z');
  // Christmas is a Friday; the closure goes on to New Year's Day, also a Friday: Monday the 4th, 8 h in Brussels.
  assert.equal(next('2026-12-24T17:30:00Z'), '2027-01-04T07:00:00.000Z');
});

test('office hours are those of the zone, over the change of the clocks and over the weekend', () => {
  const next = (from: string) => nextOfficeTime('Europe/Brussels', new Date(from)).toISOString();
  assert.equal(next('2026-11-20T10:07:00Z'), '2026-11-20T10:07:00.000Z');
  // Friday 18 h: Monday 8 h.
  assert.equal(next('2026-11-20T17:00:00Z'), '2026-11-23T07:00:00.000Z');
  // The clocks go back in the night to 25 October 2026, forward in the one to 29 March.
  assert.equal(next('2026-10-23T17:00:00Z'), '2026-10-26T07:00:00.000Z');
  assert.equal(next('2026-03-27T18:00:00Z'), '2026-03-30T06:00:00.000Z');
  assert.equal(
    nextOfficeTime('Asia/Kathmandu', new Date('2026-11-20T00:00:00Z')).toISOString(),
    '2026-11-20T02:15:00.000Z',
  );
});
