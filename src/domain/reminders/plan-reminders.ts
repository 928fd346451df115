import { dayIn } from '#base/time';
import { type CalendarTables, freeDaysOf, type IsFree, nextWorkingDay } from '#domain/calendar';
import { type DispatchTables, sendHistories } from '#domain/dispatch';
import { compareDecimals, type Document, openAmount, openDocuments } from '#domain/documents';
import { type ConditionTables, type StopReason, stopsOf } from '#domain/outbox';
import type { RunTables } from '#domain/runs';
import type { SenderTables } from '#domain/senders';
import type { Tx } from '#stores/database';
import { placeOf } from './due-step.ts';
import type { Policy, Step } from './policy.ts';
import { type ReminderTables, selectPolicies } from './policy-table.ts';
import { stepsTaken } from './steps-taken.ts';

export type PlanTx = Tx<
  ReminderTables & RunTables & ConditionTables & DispatchTables & CalendarTables & SenderTables
>;

/** Why a document that is looked at is not reminded of today. */
export type WhyNot =
  | StopReason
  | 'never_sent'
  | 'no_due_date'
  | 'below_minimum'
  | 'no_policy'
  | 'all_steps_taken';

/** One document as the policies see it today. */
export interface Planned {
  readonly document: Document;
  readonly policy: Policy | null;
  readonly step: Step | null;
  /** The day of the step; null where there is none. */
  readonly on: string | null;
  /** `due`: its turn is today. `later`: on that day. `stopped`: not at all, and why. */
  readonly state: 'due' | 'later' | 'stopped';
  readonly whyNot: WhyNot | null;
  readonly reminders: number;
  readonly lastOn: string | null;
}

/** Where a company has more open documents, those that are due first are looked at. */
const mostDocuments = 20_000;

/**
 * Works out for every open document of the company (or those given) which reminder its policy has for it, when, and why none goes out.
 * `withPaused` policies count too. Changes nothing.
 */
export async function planReminders(
  tx: PlanTx,
  company: { readonly id: string; readonly timeZone: string },
  now: Date,
  only?: readonly Document[],
): Promise<Planned[]> {
  const policies = (await selectPolicies(tx, company.id)).filter((one) => one.isActive);
  const kinds = [...new Set(['invoice' as const, ...policies.flatMap((one) => one.kinds)])];
  const documents = only ?? (await openDocuments(tx, company.id, { kinds, limit: mostDocuments }));
  const ids = documents.map((one) => one.id);
  const histories = await sendHistories(tx, company.id, ids);
  const takenOf = await stepsTaken(tx, company, ids, (id) => histories.get(id)?.reminders ?? 0);
  const today = dayIn(company.timeZone, now);
  const isFree = await freeDaysOf(tx, company.id, now);
  const placed = documents.map((document): Planned => {
    const policy = policyFor(document, policies);
    const history = histories.get(document.id);
    const lastOn = history?.lastReminderAt ? dayIn(company.timeZone, history.lastReminderAt) : null;
    const { done, triedOn } = takenOf(document.id, policy?.id);
    const rest = [lastOn, triedOn].flatMap((on) => on ?? []).sort();
    const taken = { done, lastOn: rest.at(-1) ?? null };
    const first = onWorkingDay(place(document, policy, today, taken), today, isFree);
    const sent = first.state === 'due' && !history ? stopped('never_sent', first) : first;
    return { document, policy, reminders: history?.reminders ?? 0, lastOn, ...sent };
  });
  return lookAgain(tx, company, placed, now);
}

/** The first that names its kind and of which it reaches the smallest amount; where it reaches none, the first that names its kind. */
function policyFor(document: Document, policies: readonly Policy[]): Policy | null {
  const ofKind = policies.filter((one) => one.kinds.includes(document.kind));
  return ofKind.find((one) => !isTooSmall(document, one)) ?? ofKind[0] ?? null;
}

function isTooSmall(document: Document, { minimumAmount }: Policy): boolean {
  const open = openAmount(document);
  return minimumAmount !== null && open !== null && compareDecimals(open, minimumAmount) < 0;
}

type Found = Pick<Planned, 'step' | 'on' | 'state' | 'whyNot'>;

function place(
  document: Document,
  policy: Policy | null,
  today: string,
  taken: { done: readonly number[]; lastOn: string | null },
): Found {
  const nothing = { step: null, on: null };
  if (!policy) return stopped('no_policy', nothing);
  if (!document.dueDate) return stopped('no_due_date', nothing);
  const isQuote = document.kind === 'quote';
  if (isQuote && document.dueDate < today) return stopped('expired', nothing);
  // A quote is asked about while it is valid: at its last day and later there is nothing to wait for.
  const steps = isQuote ? policy.steps.filter((step) => step.days < 0) : policy.steps;
  const found = placeOf(steps, document.dueDate, today, taken);
  if (found.kind === 'over') return stopped('all_steps_taken', nothing);
  if (isTooSmall(document, policy)) return stopped('below_minimum', found);
  return { step: found.step, on: found.on, state: found.kind, whyNot: null };
}

/** What falls on a day that is free in the company's calendar waits for the next working day. */
function onWorkingDay(found: Found, today: string, isFree: IsFree): Found {
  if (found.on === null || found.state === 'stopped') return found;
  const on = nextWorkingDay(found.on > today ? found.on : today, isFree);
  return on > today ? { ...found, on, state: 'later' } : found;
}

function stopped(whyNot: WhyNot, found: Pick<Found, 'step' | 'on'>): Found {
  return { step: found.step, on: found.on, state: 'stopped', whyNot };
}

/**
 * The same look as in the last second, so that the list says beforehand what would happen then. What comes later is stopped by what does not pass by
 * itself: a pause and an old bank file may be over by then.
 */
async function lookAgain(
  tx: PlanTx,
  company: { readonly id: string; readonly timeZone: string },
  placed: readonly Planned[],
  now: Date,
): Promise<Planned[]> {
  const coming = placed.filter((one) => one.state !== 'stopped');
  const stops = await stopsOf(
    tx,
    coming.map(({ document, policy, state }) => ({
      companyId: company.id,
      dispatchId: null,
      documentIds: [document.id],
      condition: {
        unpaid: true,
        bankDays: state === 'due' ? (policy?.bankDays ?? null) : null,
        ...(state === 'later' ? { despite: { [document.id]: ['reminders_paused' as const] } } : {}),
      },
      zone: company.timeZone,
    })),
    now,
  );
  const reasons = new Map(
    coming.map(({ document }, n) => [
      document.id,
      stops[n]?.documents.get(document.id) ?? stops[n]?.whole ?? null,
    ]),
  );
  return placed.map((one) => {
    const reason = reasons.get(one.document.id);
    return reason ? { ...one, ...stopped(reason, one) } : one;
  });
}
