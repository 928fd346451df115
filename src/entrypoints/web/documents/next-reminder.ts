import { dayIn } from '#base/time';
import { getCustomer } from '#domain/customers';
import { type Document, paidState } from '#domain/documents';
import { planReminders, remindableKinds } from '#domain/reminders';
import type { Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { DocumentFactsModel } from '../screens/document-facts-model.ts';

/** When the document is reminded of next, or until when that rests; null where there is nothing to ask for. */
export async function nextReminder(
  tx: Tx<WebTables>,
  of: { readonly view: View; readonly companyId: string; readonly now: Date },
  document: Document,
): Promise<DocumentFactsModel['reminder']> {
  if (!isAsked(document)) return null;
  const zone = of.view.format.zone;
  const pause = await pauseOf(tx, of.companyId, document, dayIn(zone, of.now));
  const [plan] = await planReminders(tx, { id: of.companyId, timeZone: zone }, of.now, [document]);
  const step = plan?.policy?.steps.findIndex((one) => one.days === plan.step?.days) ?? -1;
  return {
    next: plan && plan.state !== 'stopped' ? fromToday(plan.on, dayIn(zone, of.now)) : null,
    step: step + 1,
    pausedUntil: pause.until,
    pauseReason: pause.reason,
    whyNot: plan?.whyNot ?? null,
  };
}

/** The days of the next reminders of these documents; those that none is planned for are not in it. */
export async function nextReminders(
  tx: Tx<WebTables>,
  of: { readonly view: View; readonly companyId: string; readonly now: Date },
  documents: readonly Document[],
): Promise<Map<string, string>> {
  const asked = documents.filter(isAsked);
  if (asked.length === 0) return new Map();
  const plans = await planReminders(tx, { id: of.companyId, timeZone: of.view.format.zone }, of.now, asked);
  const today = dayIn(of.view.format.zone, of.now);
  return new Map(
    plans.flatMap((one) => {
      const on = one.state === 'stopped' ? null : fromToday(one.on, today);
      return on === null ? [] : [[one.document.id, on]];
    }),
  );
}

/** What has been due for some days comes next today, not on a day that is over. */
function fromToday(on: string | null, today: string): string | null {
  return on !== null && on < today ? today : on;
}

function isAsked(document: Document): boolean {
  const isOpen = remindableKinds.some((kind) => kind === document.kind) && paidState(document) !== 'paid';
  return isOpen && !document.replacedBy && !document.canceledAt && !document.decidedAs;
}

async function pauseOf(tx: Tx<WebTables>, companyId: string, document: Document, today: string) {
  const own = document.remindersPausedUntil;
  if (own && own > today) return { until: own, reason: document.remindersPauseReason };
  const customer = document.customerId ? await getCustomer(tx, companyId, document.customerId) : null;
  const until = customer?.remindersPausedUntil ?? null;
  return until && until > today
    ? { until, reason: customer?.remindersPauseReason ?? null }
    : { until: null, reason: null };
}
