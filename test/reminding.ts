import assert from 'node:assert/strict';
import { getCompany } from '#domain/accounts';
import { getDispatches } from '#domain/dispatch';
import { changeDocument, type Document } from '#domain/documents';
import { sequence } from '#domain/evidence';
import { followNotices, listNotices, type NoticeKind } from '#domain/notices';
import { leaseMessages, type Message } from '#domain/outbox';
import {
  createPolicy,
  deletePolicy,
  listPolicies,
  type PolicyChange,
  planReminders,
  runPolicies,
} from '#domain/reminders';
import { sendRunsAnew, workRuns } from '#domain/runs';
import { asWorker, inCompany } from '#stores/database';
import type { TestInstallation } from './installation.ts';

/** The steps of a story about reminders: documents that went out, policies, days that pass, and what became of it. */
export function reminding(installation: TestInstallation, clock: { now: Date }) {
  const { companyId, database } = installation;
  const inOwn = <T>(work: Parameters<typeof inCompany<never, T>>[2]): Promise<T> =>
    inCompany(database as never, companyId, work);
  const lease = async (): Promise<number> => (await leaseMessages(installation.outbox, 100, [])).length;
  const change = (document: Document, edit: Parameters<typeof changeDocument>[2]) => {
    const which = { companyId, documentId: document.id, by: { actor: 'user', id: 'x' } } as const;
    return inOwn((tx) => changeDocument(tx, which, edit, clock.now));
  };
  return {
    inOwn,
    lease,
    ...policiesOf(installation, clock, inOwn),
    ...becameOf(installation),
    /** An invoice that is due on 10 November and has gone out to els@peeters.example. */
    sentInvoice: async (facts: Parameters<TestInstallation['addInvoice']>[0] = {}): Promise<Document> => {
      const usual = { buyerEmail: 'els@peeters.example', issueDate: '2026-10-10', dueDate: '2026-11-10' };
      const invoice = await installation.addInvoice({ ...usual, ...facts });
      await installation.send(invoice);
      await lease();
      return invoice;
    },
    change,
    /** All of it, on 1 November. */
    pay: (document: Document) => change(document, { paid: { on: '2026-11-01' } }),
    planOf: async (document: Document) => {
      const company = await inOwn((tx) => getCompany(tx, companyId));
      assert.ok(company);
      const plan = await inOwn((tx) => planReminders(tx, company, clock.now));
      return plan.find((one) => one.document.id === document.id);
    },
  };
}

function policiesOf(
  installation: TestInstallation,
  clock: { now: Date },
  inOwn: <T>(work: Parameters<typeof inCompany<never, T>>[2]) => Promise<T>,
) {
  const { companyId, author } = installation;
  const work = async (): Promise<void> => {
    await runPolicies(installation);
    while (await workRuns(installation));
    await sendRunsAnew(installation);
  };
  return {
    /** Makes this the only policy of the company. */
    policy: async (change: PolicyChange = {}): Promise<string> => {
      const usual = { name: 'Invoices', mode: 'automatic', bankDays: null, isGrouped: false } as const;
      const made = await inOwn(async (tx) => {
        for (const { id: policyId } of await listPolicies(tx, companyId))
          await deletePolicy(tx, { companyId, policyId, author }, clock.now);
        return createPolicy(tx, { companyId, author, change: { ...usual, ...change } }, clock.now);
      });
      assert.ok(made.ok, JSON.stringify(made));
      return made.policy.id;
    },
    passDay: async (at: string): Promise<void> => {
      clock.now = new Date(at);
      await work();
    },
    work,
  };
}

/** What became of a document's reminders, and which notices are open. */
function becameOf({ companyId, database, messages }: TestInstallation) {
  const remindersOf = async (document: Document) => {
    const found = await asWorker(database, (tx) =>
      getDispatches(tx, companyId, { documentIds: [document.id] }),
    );
    return found.filter((one) => one.purpose === 'reminder');
  };
  return {
    remindersOf,
    messagesOf: async (document: Document): Promise<readonly Message[]> => {
      const [newest] = await remindersOf(document);
      return newest ? messages(newest.id) : [];
    },
    notices: async (kind: NoticeKind) => {
      await sequence(database);
      while ((await followNotices(database, 'wait')) > 0);
      const open = await asWorker(database, (tx) => listNotices(tx, companyId, { before: null, limit: 100 }));
      return open.filter((one) => one.kind === kind);
    },
  };
}
