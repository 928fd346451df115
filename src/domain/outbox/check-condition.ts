import { after, day, dayIn } from '#base/time';
import { type Customer, type CustomerTables, getCustomers } from '#domain/customers';
import {
  asksForMoney,
  creditNotesOf,
  type Document,
  type DocumentTables,
  getDocuments,
  paidState,
} from '#domain/documents';
import { lastImports, type PaymentTables, seenMoney } from '#domain/payments';
import type { Tx } from '#stores/database';
import type { Condition, StopReason } from './condition.ts';
import { selectDeliveriesOf } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

const final: ReadonlySet<StopReason> = new Set([
  'paid',
  'nothing_due',
  'decided',
  'expired',
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

/** Everything that speaks against asking for these documents again just now, by document; those against which nothing does are left out. */
export async function reasonsAgainst(
  tx: Tx<ConditionTables>,
  asked: Pick<Conditional, 'companyId' | 'documentIds' | 'zone'>,
  now: Date,
): Promise<Map<string, readonly StopReason[]>> {
  const { companyId, documentIds } = asked;
  if (documentIds.length === 0) return new Map();
  const condition = { unpaid: true, bankDays: null };
  const material = await readMaterial(tx, companyId, [{ ...asked, dispatchId: null, condition }], now);
  const found = documentIds.map((id) => [id, reasonsOf(id, material, material.deliveries)] as const);
  return new Map(found.filter(([, reasons]) => reasons.length > 0));
}

interface Material {
  readonly documents: ReadonlyMap<string, Document>;
  readonly customers: readonly Customer[];
  readonly creditNotes: readonly Document[];
  readonly deliveries: readonly Earlier[];
  readonly paidBySeenMoney: ReadonlySet<string>;
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
    paidBySeenMoney: await seenMoney(tx, companyId, documents),
    lastImport: (await lastImports(tx, [companyId])).get(companyId),
    today: dayIn(asked[0]?.zone ?? 'UTC', now),
  };
}

function judge({ documentIds, dispatchId, condition }: Conditional, material: Material, now: Date): Stops {
  const earlier = material.deliveries.filter((one) => one.dispatchId !== dispatchId);
  const documents = new Map<string, StopReason>();
  for (const id of documentIds) {
    const known = condition.despite?.[id] ?? [];
    const reason = reasonsOf(id, material, earlier).find((one) => !known.includes(one));
    if (reason) documents.set(id, reason);
  }
  return { documents, whole: isBankFileOld(material.lastImport, condition, now) ? 'bank_file_old' : null };
}

/** All that speaks against asking for a document again, what ends the matter first. */
function reasonsOf(id: string, material: Material, earlier: readonly Earlier[]): StopReason[] {
  const document = material.documents.get(id);
  if (!document) return [];
  const customer = material.customers.find((one) => one.id === document.customerId);
  const pauses = [document.remindersPausedUntil, customer?.remindersPausedUntil];
  const rules: readonly (readonly [holds: boolean, reason: StopReason])[] = [
    [paidState(document) === 'paid', 'paid'],
    [!asksForMoney(document), 'nothing_due'],
    [document.decidedAs !== null, 'decided'],
    [isExpired(document, material.today), 'expired'],
    [document.canceledAt !== null, 'document_canceled'],
    [document.replacedBy !== null, 'document_replaced'],
    [pauses.some((until) => until && until > material.today), 'reminders_paused'],
    [document.disputedAt !== null, 'disputed'],
    [document.paymentDeclaredAt !== null, 'payment_declared'],
    [material.paidBySeenMoney.has(id), 'payment_seen'],
    [hasCreditNote(document, material.creditNotes), 'credit_note'],
    [hasFailed(id, earlier), 'first_failed'],
  ];
  return rules.flatMap(([holds, reason]) => (holds ? [reason] : []));
}

/** A quote cannot be accepted any more after its last day. */
function isExpired({ kind, dueDate }: Document, today: string): boolean {
  return kind === 'quote' && dueDate !== null && dueDate < today;
}

/** A credit note of the customer, no older than the invoice, that nobody has noted as settled: nobody has said yet what it is for. */
function hasCreditNote(document: Document, notes: readonly Document[]): boolean {
  const { customerId, currency } = document;
  if (!customerId || document.kind === 'quote') return false;
  return notes.some(
    (note) =>
      note.customerId === customerId &&
      isNoOlder(note, document) &&
      (note.currency === null || currency === null || note.currency === currency) &&
      paidState(note) !== 'paid',
  );
}

/** By their own dates; where one has none, by when they came in. */
function isNoOlder(note: Document, document: Document): boolean {
  if (note.issueDate !== null && document.issueDate !== null) return note.issueDate >= document.issueDate;
  return note.createdAt >= document.createdAt;
}

/** All mails about the document that went out before have failed: whoever never got the first one is not asked again. */
function hasFailed(documentId: string, earlier: readonly Earlier[]): boolean {
  const failed = ['rejected', 'expired', 'bounced', 'complained'];
  const own = earlier.filter((one) => one.documentId === documentId && one.delivery !== 'canceled');
  return own.length > 0 && own.every((one) => failed.includes(one.delivery));
}

/** Who never brought in a file of a bank looks at his account in another way: there is no file to wait for. */
function isBankFileOld(last: Date | undefined, { bankDays }: Condition, now: Date): boolean {
  return bankDays !== null && last !== undefined && after(last, bankDays * day) < now;
}
