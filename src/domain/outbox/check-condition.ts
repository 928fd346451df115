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

/** What of a mail may not go: documents with their reasons, and a reason that concerns the whole of it. */
export interface Stops {
  readonly documents: ReadonlyMap<string, StopReason>;
  readonly whole: StopReason | null;
}

const noStops: Stops = { documents: new Map(), whole: null };

/** Looks whether the condition of a mail still holds: why it does not, or null. Reads in the caller's transaction. */
export async function reasonToStop(
  tx: Tx<ConditionTables>,
  asked: Conditional,
  now: Date,
): Promise<StopReason | null> {
  const [stops = noStops] = await stopsOf(tx, [asked], now);
  const [reason] = stops.documents.values();
  return reason ?? stops.whole;
}

/** Looks at every document of many mails of one company, in their order and in as many questions as for one mail. */
export async function stopsOf(
  tx: Tx<ConditionTables>,
  asked: readonly Conditional[],
  now: Date,
): Promise<Stops[]> {
  const conditional = asked.filter((one) => one.condition.unpaid);
  const [first] = conditional;
  if (!first) return asked.map(() => noStops);
  const material = await readMaterial(tx, first.companyId, conditional, now);
  return asked.map((one) => (one.condition.unpaid ? judge(one, material, now) : noStops));
}

interface Material {
  readonly documents: ReadonlyMap<string, Document>;
  readonly customers: readonly Customer[];
  readonly creditNotes: readonly Document[];
  readonly deliveries: readonly Earlier[];
  readonly lastImport: Date | undefined;
  readonly today: string;
}

type Earlier = Awaited<ReturnType<typeof selectDeliveriesOf>>[number];

async function readMaterial(
  tx: Tx<ConditionTables>,
  companyId: string,
  asked: readonly Conditional[],
  now: Date,
): Promise<Material> {
  if (asked.some((one) => one.companyId !== companyId))
    throw new Error('Conditions that are looked at together are of one company.');
  const ids = [...new Set(asked.flatMap((one) => one.documentIds))];
  const documents = await getDocuments(tx, companyId, ids);
  const customerIds = [...new Set(documents.flatMap((one) => one.customerId ?? []))];
  return {
    documents: new Map(documents.map((one) => [one.id, one])),
    customers: await getCustomers(tx, companyId, customerIds),
    creditNotes: await creditNotesOf(tx, companyId, customerIds),
    deliveries: await selectDeliveriesOf(tx, companyId, ids),
    lastImport: (await lastImports(tx, [companyId])).get(companyId),
    today: dayIn(asked[0]?.zone ?? 'UTC', now),
  };
}

function judge({ documentIds, dispatchId, condition }: Conditional, material: Material, now: Date): Stops {
  const earlier = material.deliveries.filter((one) => one.dispatchId !== dispatchId);
  const documents = new Map<string, StopReason>();
  for (const id of documentIds) {
    const document = material.documents.get(id);
    const reason =
      (document && reasonOf(document, material.customers, material.today)) ??
      (document && hasCreditNote(document, material.creditNotes) ? 'credit_note' : null) ??
      (hasFailed(id, earlier) ? 'first_failed' : null);
    if (reason) documents.set(id, reason);
  }
  return { documents, whole: isBankFileOld(material.lastImport, condition, now) ? 'bank_file_old' : null };
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
function hasCreditNote(document: Document, notes: readonly Document[]): boolean {
  const open = openAmount(document);
  const { issueDate } = document;
  if (!document.customerId || open === null || document.kind === 'quote') return false;
  return notes.some(
    (note) =>
      note.customerId === document.customerId &&
      (issueDate === null || (note.issueDate !== null && note.issueDate >= issueDate)) &&
      note.currency === document.currency &&
      note.total !== null &&
      compareDecimals(note.total.replace('-', ''), open) === 0,
  );
}

/** All mails about the document that went out before have failed: whoever never got the first one is not asked again. */
function hasFailed(documentId: string, earlier: readonly Earlier[]): boolean {
  const failed = ['rejected', 'expired', 'bounced', 'complained'];
  const own = earlier.filter((one) => one.documentId === documentId && one.delivery !== 'canceled');
  return own.length > 0 && own.every((one) => failed.includes(one.delivery));
}

function isBankFileOld(last: Date | undefined, { bankDays }: Condition, now: Date): boolean {
  return bankDays !== null && (!last || after(last, bankDays * day) < now);
}
