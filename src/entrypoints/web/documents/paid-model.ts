import { day } from '#base/time';
import { asksForMoney, type Document, paidState } from '#domain/documents';
import type { PaidModel } from '../screens/document-words.ts';

/** Kinds that are paid. */
const payable: ReadonlySet<string> = new Set(['invoice', 'proforma', 'statement']);

/** How a document is paid on a day (`YYYY-MM-DD` in the company's zone). */
export function paidModel(document: Document, today: string): PaidModel {
  const state = paidState(document);
  if (state === 'paid' && document.paidOn) return { state: 'paid', on: document.paidOn };
  if (document.disputedAt) return { state: 'disputed' };
  if (document.kind === 'quote') return quoteModel(document, today);
  const part =
    state === 'partly' && document.paidAmount
      ? { amount: document.paidAmount, currency: document.currency ?? '' }
      : null;
  if (document.paymentDeclaredAt) return { state: 'declared', ...(part ? { before: part } : {}) };
  if (part) return { state: 'partly', ...part };
  // Until somebody has noted what it was for, reminders of the customer wait.
  if (document.kind === 'credit_note') return { state: 'unsettled' };
  if (!payable.has(document.kind) || !asksForMoney(document)) return { state: 'none' };
  const late = document.dueDate ? Math.round((Date.parse(today) - Date.parse(document.dueDate)) / day) : 0;
  return { state: 'unpaid', daysLate: Math.max(0, late) };
}

/** A quote is open until the customer has decided, or the last day on which he can is over. */
function quoteModel({ decidedAs, dueDate }: Document, today: string): PaidModel {
  if (decidedAs) return { state: decidedAs };
  return dueDate && dueDate < today ? { state: 'expired', on: dueDate } : { state: 'unpaid', daysLate: 0 };
}

/** Tells whether a reminder makes sense: it asks for something, and it was sent. */
export function canRemind(document: Document, paid: PaidModel, isSent: boolean): boolean {
  const isOpen = ['unpaid', 'partly', 'declared'].includes(paid.state);
  return isOpen && isSent && !document.replacedBy && !document.canceledAt;
}
