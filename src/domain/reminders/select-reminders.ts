import { day, dayIn } from '#base/time';
import { type Customer, getCustomers } from '#domain/customers';
import { compareDecimals, type Document, isDecimal, openAmount } from '#domain/documents';
import { type Planned, type PlanTx, planReminders } from './plan-reminders.ts';

/** By what a person or a program picks a batch by hand; what is absent fits all. */
export interface ReminderSelection {
  readonly state?: Planned['state'];
  /** Due at least so many days ago. */
  readonly overdueDays?: number;
  /** At least so much is open. */
  readonly amount?: string;
  /** Part of the customer's name. */
  readonly customer?: string;
  readonly category?: string;
}

/** The plan of today, of which only what fits the selection is left. Sends nothing. */
export async function selectReminders(
  tx: PlanTx,
  company: { readonly id: string; readonly timeZone: string },
  selection: ReminderSelection,
  now: Date,
): Promise<Planned[]> {
  const plan = await planReminders(tx, company, now);
  const ids = [...new Set(plan.flatMap(({ document }) => document.customerId ?? []))];
  const customers = new Map((await getCustomers(tx, company.id, ids)).map((one) => [one.id, one]));
  const today = dayIn(company.timeZone, now);
  const { state } = selection;
  return plan.filter(
    (one) =>
      (state === undefined || one.state === state) &&
      fitsSelection(one.document, customers.get(one.document.customerId ?? ''), selection, today),
  );
}

/** Whether a document of a customer fits what was selected, apart from its state; `today` is a calendar day of the company's zone. */
export function fitsSelection(
  document: Document,
  customer: Pick<Customer, 'name' | 'category'> | undefined,
  { overdueDays = 0, amount = '', customer: name = '', category = '' }: ReminderSelection,
  today: string,
): boolean {
  if (daysOverdue(document, today) < overdueDays) return false;
  if (isDecimal(amount) && compareDecimals(openAmount(document) ?? '0', amount) < 0) return false;
  if (category !== '' && (customer?.category ?? '').toLowerCase() !== category.toLowerCase()) return false;
  return (customer?.name ?? document.buyerName ?? '').toLowerCase().includes(name.toLowerCase());
}

/** Since how many days a document is due; 0 where it is not yet, or has no such day. */
export function daysOverdue({ dueDate }: Pick<Document, 'dueDate'>, today: string): number {
  return dueDate ? Math.max(0, Math.round((Date.parse(today) - Date.parse(dueDate)) / day)) : 0;
}
