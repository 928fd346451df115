import { dayIn } from '#base/time';
import { getCustomer } from '#domain/customers';
import { type Document, paidState } from '#domain/documents';
import { planReminders, remindableKinds } from '#domain/reminders';
import type { Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { DocumentFactsModel } from '../screens/document-facts.tsx';

/** When the document is reminded of next, or until when that rests; null where there is nothing to ask for. */
export async function nextReminder(
  tx: Tx<WebTables>,
  of: { readonly view: View; readonly companyId: string; readonly now: Date },
  document: Document,
): Promise<DocumentFactsModel['reminder']> {
  const isAsked = remindableKinds.some((kind) => kind === document.kind) && paidState(document) !== 'paid';
  if (!isAsked || document.replacedBy || document.canceledAt) return null;
  const zone = of.view.format.zone;
  const pause = await pauseOf(tx, of.companyId, document, dayIn(zone, of.now));
  const [plan] = await planReminders(tx, { id: of.companyId, timeZone: zone }, of.now, [document]);
  const step = plan?.policy?.steps.findIndex((one) => one.days === plan.step?.days) ?? -1;
  return {
    next: plan && plan.state !== 'stopped' ? plan.on : null,
    step: step + 1,
    pausedUntil: pause.until,
    pauseReason: pause.reason,
    whyNot: plan?.whyNot ?? null,
  };
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
