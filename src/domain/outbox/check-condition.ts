import { after, day, dayIn } from '#base/time';
import { type Customer, type CustomerTables, getCustomers } from '#domain/customers';
import {
  compareDecimals,
  creditNotesOf,
  type Document,
  type DocumentTables,
  getDocuments,
  openAmount,
  paidState,
} from '#domain/documents';
import { lastImports, type PaymentTables } from '#domain/payments';
import type { Tx } from '#stores/database';
import type { Condition } from './condition.ts';
import { selectDeliveriesOf } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

/** Why a reminder does not go out. The first four end it; the others wait for a person. */
export type StopReason =
  | 'paid'
  | 'document_canceled'
  | 'document_replaced'
  | 'reminders_paused'
  | 'disputed'
  | 'credit_note'
  | 'first_failed'
  | 'bank_file_old';

const final: ReadonlySet<StopReason> = new Set([
  'paid',
  'document_canceled',
  'document_replaced',
  'reminders_paused',
]);

/** Tells whether a reason ends the message (`canceled`), or lets it wait for a person (`held`). */
export function endsMessage(reason: StopReason): boolean {
  return final.has(reason);
}

export type ConditionTables = OutboxTables & DocumentTables & CustomerTables & PaymentTables;

export interface Conditional {
  readonly companyId: string;
  readonly dispatchId: string | null;
  readonly documentIds: readonly string[];
  readonly condition: Condition;
  /** The company's time zone: pauses end by its calendar. */
  readonly zone: string;
}

/** Looks whether the condition of a mail still holds: why it does not, or null. Reads in the caller's transaction. */
export async function reasonToStop(
  tx: Tx<ConditionTables>,
  { companyId, dispatchId, documentIds, condition, zone }: Conditional,
  now: Date,
): Promise<StopReason | null> {
  if (!condition.unpaid) return null;
  const documents = await getDocuments(tx, companyId, documentIds);
  const customerIds = [...new Set(documents.flatMap((one) => one.customerId ?? []))];
  const customers = await getCustomers(tx, companyId, customerIds);
  const today = dayIn(zone, now);
  for (const document of documents) {
    const reason = reasonOf(document, customers, today);
    if (reason) return reason;
  }
  if (await hasCreditNote(tx, companyId, documents)) return 'credit_note';
  if (await hasFailed(tx, companyId, documentIds, dispatchId)) return 'first_failed';
  return (await isBankFileOld(tx, companyId, condition, now)) ? 'bank_file_old' : null;
}

function reasonOf(document: Document, customers: readonly Customer[], today: string): StopReason | null {
  const customer = customers.find((one) => one.id === document.customerId);
  if (paidState(document) === 'paid') return 'paid';
  if (document.canceledAt) return 'document_canceled';
  if (document.replacedBy) return 'document_replaced';
  const pauses = [document.remindersPausedUntil, customer?.remindersPausedUntil];
  if (pauses.some((until) => until && until > today)) return 'reminders_paused';
  return document.disputedAt ? 'disputed' : null;
}

/** A credit note of the customer, no older than the invoice, that settles it: nobody has said yet which one it is for. */
async function hasCreditNote(
  tx: Tx<ConditionTables>,
  companyId: string,
  documents: readonly Document[],
): Promise<boolean> {
  for (const document of documents) {
    const open = openAmount(document);
    if (!document.customerId || open === null || document.kind === 'quote') continue;
    const notes = await creditNotesOf(tx, companyId, document.customerId, document.issueDate);
    const settles = (note: Document): boolean =>
      note.currency === document.currency &&
      note.total !== null &&
      compareDecimals(note.total.replace('-', ''), open) === 0;
    if (notes.some(settles)) return true;
  }
  return false;
}

/** All mails about the document that went out before have failed: whoever never got the first one is not asked again. */
async function hasFailed(
  tx: Tx<ConditionTables>,
  companyId: string,
  documentIds: readonly string[],
  dispatchId: string | null,
): Promise<boolean> {
  const earlier = (await selectDeliveriesOf(tx, companyId, documentIds)).filter(
    (one) => one.dispatchId !== dispatchId,
  );
  const failed = ['rejected', 'expired', 'bounced', 'complained'];
  return documentIds.some((id) => {
    const own = earlier.filter((one) => one.documentId === id && one.delivery !== 'canceled');
    return own.length > 0 && own.every((one) => failed.includes(one.delivery));
  });
}

async function isBankFileOld(
  tx: Tx<ConditionTables>,
  companyId: string,
  { bankDays }: Condition,
  now: Date,
): Promise<boolean> {
  if (bankDays === null) return false;
  const last = (await lastImports(tx, [companyId])).get(companyId);
  return !last || after(last, bankDays * day) < now;
}
