import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getLetters } from '#domain/outbox';
import { listDeliveries, openContent, runDeliveries } from '#domain/registered';
import { createRun, listLines, listRuns, workRuns } from '#domain/runs';
import { asWorker, inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { createPolicy, runPolicies } from './index.ts';

let installation: TestInstallation;
let now = new Date('2026-11-01T10:00:00Z');
before(async () => {
  installation = await testInstallation({ clock: () => now });
});
after(() => installation.close());

const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
  inCompany(installation.database as never, installation.companyId, work);

const overdue = (buyerEmail: string) =>
  installation.addInvoice({
    buyerEmail,
    buyerName: `Firm of ${buyerEmail}`,
    issueDate: '2026-10-10',
    dueDate: '2026-11-10',
  });

test('a reminder level goes out registered: a record for each customer, and neither document nor list is in the mail', async () => {
  const { companyId, author, database } = installation;
  const invoices = [await overdue('els@peeters.example'), await overdue('jan@maes.example')];
  for (const invoice of invoices) await installation.send(invoice);
  const step = { days: 7, senderId: null, letter: true, service: 'registered', texts: {} } as const;
  const change = {
    name: 'Invoices',
    mode: 'automatic',
    bankDays: null,
    isGrouped: false,
    steps: [step],
  } as const;
  assert.ok((await inOwn((tx) => createPolicy(tx, { companyId, author, change }, now))).ok);
  now = new Date('2026-11-17T10:00:00Z');
  await runPolicies(installation);
  while (await workRuns(installation));
  await runDeliveries(installation.registered, installation.clock);
  const which = { isRunning: true, limit: 10 };
  const deliveries = await asWorker(database, (tx) => listDeliveries(tx, companyId, which));
  assert.deepEqual(deliveries.map((one) => one.address).sort(), ['els@peeters.example', 'jan@maes.example']);
  for (const delivery of deliveries) {
    const [message] = await installation.messages(delivery.dispatchId);
    const [letter] = await asWorker(database, (tx) => getLetters(tx, [message?.letterId ?? '']));
    assert.deepEqual(letter?.attachments, []);
    const [document, list, ...more] = delivery.content ?? [];
    assert.equal(more.length, 0);
    assert.equal(document?.documentId, delivery.documentIds[0]);
    assert.equal(list?.documentId, delivery.fileIds[0]);
    for (const { documentId, sha256 } of [document!, list!]) {
      const bytes = await openContent(installation.registered, delivery, documentId);
      assert.match(bytes?.toString('latin1') ?? '', /^%PDF-/);
      assert.match(sha256, /^[0-9a-f]{64}$/);
    }
  }
});

test('a run asks for a service that the plan has not: its lines say so, and nothing leaves', async () => {
  const { companyId, author, database } = installation;
  await database.owner.query(
    `insert into plans (name, features, is_usual) values ('small', '{engagement,reminders}', false)`,
  );
  await database.owner.query(`update companies set plan = 'small' where id = $1`, [companyId]);
  const invoice = await overdue('kim@late.example');
  const made = await inOwn((tx) =>
    createRun(
      tx,
      {
        ...{ companyId, author, origin: 'manual', purpose: 'first', grouping: 'document' },
        documentIds: [invoice.id],
        options: { service: 'confidential' },
      },
      now,
    ),
  );
  assert.ok(made.ok);
  while (await workRuns(installation));
  const [line] = await inOwn((tx) =>
    listLines(tx, { companyId, runId: made.run.id }, { after: -1, limit: 5 }),
  );
  assert.deepEqual(
    [line?.state, line?.problems.map((one) => one.reason)],
    ['blocked', ['service_not_offered']],
  );
  const runs = await inOwn((tx) => listRuns(tx, companyId, { before: null, limit: 5 }));
  assert.equal(runs[0]?.state, 'ready');
});
