import type { Language } from '#base/language';
import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import { dayIn } from '#base/time';
import { type AccountTables, type Company, getCompany, hasFeature } from '#domain/accounts';
import { freeDaysOf } from '#domain/calendar';
import type { SubmitTables } from '#domain/dispatch';
import type { DocumentKind } from '#domain/documents';
import { type Fact, record } from '#domain/evidence';
import type { PaymentTables } from '#domain/payments';
import { createRun, type LevelOptions, type RunOptions, type RunTables } from '#domain/runs';
import { fittingTemplates, type TextTemplate } from '#domain/templates';
import { asWorker, type Database, inCompany, type Tx } from '#stores/database';
import { type Planned, type PlanTx, planReminders } from './plan-reminders.ts';
import type { Policy, Step } from './policy.ts';
import {
  insertMarks,
  type ReminderTables,
  selectPolicies,
  selectRemindingCompanies,
  takeTurnOf,
} from './policy-table.ts';
import { textsOfStep } from './step-texts.ts';

export interface ReminderNeeds {
  readonly database: Database<ReminderTables & RunTables & SubmitTables & AccountTables & PaymentTables>;
  readonly clock: Clock;
  readonly log: Log;
}

type RunTx = PlanTx & Tx<RunTables & SubmitTables & AccountTables>;

/**
 * Gives every policy its turn of the day, once its hour has come in the company's zone: what is due becomes a run, which starts itself
 * or waits for a person. Turn, run and marks are one transaction: a reminder is never made twice. Returns how many runs were made.
 */
export async function runPolicies(needs: ReminderNeeds): Promise<number> {
  const companies = await asWorker(needs.database, (tx) => selectRemindingCompanies(tx));
  let count = 0;
  for (const companyId of companies)
    try {
      count += await inCompany(needs.database, companyId, (tx) => runCompany(tx, companyId, needs.clock()));
    } catch (error) {
      // What breaks for one company must not keep the others from theirs.
      needs.log.error({ err: error, companyId }, 'the reminders of a company broke');
    }
  return count;
}

async function runCompany(tx: RunTx, companyId: string, now: Date): Promise<number> {
  const company = await getCompany(tx, companyId);
  if (!company || !hasFeature(company, 'reminders')) return 0;
  const [today, hour] = [dayIn(company.timeZone, now), hourIn(company.timeZone, now)];
  // On a day that is free in the company's calendar nobody has a turn.
  if ((await freeDaysOf(tx, companyId, now))(today)) return 0;
  const turns: Policy[] = [];
  for (const policy of await selectPolicies(tx, companyId))
    if (policy.isActive && hour >= policy.sendHour && (await takeTurnOf(tx, policy, today)))
      turns.push(policy);
  if (turns.length === 0) return 0;
  const planned = (await planReminders(tx, company, now)).filter((one) =>
    turns.some((policy) => policy.id === one.policy?.id),
  );
  const due = planned.filter((one) => one.state === 'due');
  const held = planned.filter((one) => one.whyNot === 'bank_file_old').length;
  if (held > 0) await record(tx, [heldForBankFile(company.id, held, now)]);
  let count = 0;
  for (const batch of batchesOf(due)) count += (await makeRun(tx, company, batch, now)) ? 1 : 0;
  return count;
}

/** What goes out with the same text: by policy and step. Where a policy groups, a customer's highest step stands for all. */
function batchesOf(due: readonly Planned[]): Planned[][] {
  const highest = new Map<string, number>();
  const customerOf = ({ document, policy }: Planned): string =>
    `${policy?.id}/${document.kind}/${policy?.isGrouped ? (document.customerId ?? document.id) : document.id}`;
  for (const one of due)
    highest.set(customerOf(one), Math.max(highest.get(customerOf(one)) ?? -Infinity, one.step?.days ?? 0));
  const batches = new Map<string, Planned[]>();
  for (const one of due) {
    const days = highest.get(customerOf(one));
    const key = `${one.policy?.id}/${one.document.kind}/${days}`;
    batches.set(key, [...(batches.get(key) ?? []), one]);
  }
  return [...batches.values()].map((batch) =>
    batch.sort((a, b) => (b.step?.days ?? 0) - (a.step?.days ?? 0)),
  );
}

async function makeRun(tx: RunTx, company: Company, batch: readonly Planned[], now: Date): Promise<boolean> {
  const [top] = batch;
  if (!top?.policy || !top.step) return false;
  const { policy, step } = top;
  const kept = await keptLanguages(tx, company.id, top.document.kind);
  const created = await createRun(
    tx,
    {
      companyId: company.id,
      author: policy.author,
      origin: 'automatic',
      purpose: 'reminder',
      grouping: policy.isGrouped ? 'customer' : 'document',
      documentIds: batch.map((one) => one.document.id),
      startsItself: policy.mode === 'automatic',
      options: optionsOf(policy, batch, kept),
    },
    now,
  );
  if (!created.ok) return false;
  await insertMarks(
    tx,
    batch.map((one) => ({
      companyId: company.id,
      documentId: one.document.id,
      policyId: policy.id,
      days: one.step?.days ?? step.days,
      runId: created.run.id,
    })),
    now,
  );
  await record(tx, [proposed(created.run.id, policy, step, batch.length, now)]);
  return true;
}

/** The languages in which the company keeps a reminder of its own for this kind: it goes before the built-in text of a level. */
async function keptLanguages(tx: RunTx, companyId: string, kind: DocumentKind): Promise<Set<Language>> {
  const fitting = await fittingTemplates(tx, companyId, { kind, purpose: 'reminder' });
  return new Set(fitting.flatMap((one) => (one.isDefault ? [one.language] : [])));
}

function optionsOf(policy: Policy, batch: readonly Planned[], kept: ReadonlySet<Language>): RunOptions {
  const kind = batch[0]?.document.kind ?? 'invoice';
  const steps = [...new Set(batch.flatMap(({ step }) => step ?? []))].sort((a, b) => b.days - a.days);
  const [top, ...lower] = steps.map((step) => ({
    ...levelOptions(policy, step, kind, kept),
    documentIds: batch.flatMap((one) => (one.step === step ? one.document.id : [])),
  }));
  const { documentIds: _, ...own } = top ?? { documentIds: [] };
  return {
    ...own,
    ...(lower.length > 0 ? { lower } : {}),
    ...(policy.joinPdfs ? { joinPdfs: policy.joinPdfs } : {}),
    condition: { unpaid: true, bankDays: policy.bankDays },
    metadata: { policyId: policy.id, days: steps[0]?.days ?? 0 },
  };
}

function levelOptions(
  policy: Policy,
  step: Step,
  kind: DocumentKind,
  kept: ReadonlySet<Language>,
): LevelOptions {
  const texts = Object.entries(textsOfStep(policy, step, kind)) as [Language, TextTemplate][];
  return {
    ...(step.senderId ? { senderId: step.senderId } : {}),
    // A mail about several documents keeps the text of its level: the company's own is about one.
    texts: Object.fromEntries(texts),
    keptIn: [...kept].filter((language) => !step.texts[language]),
    letter: step.letter,
    ...(step.fileIds?.length ? { fileIds: step.fileIds } : {}),
    ...(step.service ? { service: step.service } : {}),
    ...(step.hideSender === undefined ? {} : { hideSender: step.hideSender }),
  };
}

function proposed(run: string, policy: Policy, step: Step, documents: number, at: Date): Fact {
  const review = policy.mode === 'review';
  return {
    type: 'reminder.proposed',
    companyId: policy.companyId,
    at,
    actor: 'system',
    data: { run, policy: policy.id, days: step.days, documents, review },
  };
}

function heldForBankFile(companyId: string, documents: number, at: Date): Fact {
  return { type: 'reminder.bank_file_old', companyId, at, actor: 'system', data: { documents } };
}

/** The hour that the clocks of a zone show. */
function hourIn(zone: string, at: Date): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
  return Number(format.format(at));
}
