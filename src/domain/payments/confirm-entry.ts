import {
  type By,
  compareDecimals,
  type Document,
  type DocumentTables,
  lockDocuments,
  openAmount,
  saveChange,
  subtractDecimals,
  sumDecimals,
} from '#domain/documents';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { KnownEntry } from './bank-entry.ts';
import { lockEntry, type PaymentTables, updateEntry } from './payment-table.ts';

type ConfirmTx = Tx<PaymentTables & DocumentTables & EvidenceTables>;

export type ConfirmRefusal =
  | 'not_found'
  /** Somebody has confirmed or put it aside already. */
  | 'already_decided'
  | 'document_missing'
  | 'document_replaced'
  | 'document_paid'
  | 'other_currency'
  /** Nothing is left of the money for the last of the documents. */
  | 'too_little';

export type Confirmed =
  | { readonly ok: true; readonly entry: KnownEntry }
  | { readonly ok: false; readonly reason: ConfirmRefusal };

interface Confirming {
  readonly companyId: string;
  readonly entryId: string;
  /** In the order in which the money goes to them. */
  readonly documentIds: readonly string[];
  readonly by: By;
}

/**
 * Takes an entry as the payment of these documents: each gets what is open of it, the last one the rest. What was paid before is
 * added to. Refuses entries that are decided and documents that cannot be paid by it; then nothing has changed.
 */
export async function confirmEntry(tx: ConfirmTx, input: Confirming, now: Date): Promise<Confirmed> {
  const { companyId, by } = input;
  const entry = await lockEntry(tx, companyId, input.entryId);
  if (!entry) return { ok: false, reason: 'not_found' };
  if (entry.state !== 'open') return { ok: false, reason: 'already_decided' };
  const documents = await lockDocuments(tx, companyId, input.documentIds);
  const refusal = refusalOf(entry, documents, input.documentIds);
  if (refusal) return { ok: false, reason: refusal };
  const shares = shareOut(entry.amount, documents);
  if (!shares) return { ok: false, reason: 'too_little' };
  const today = now.toISOString().slice(0, 10);
  // A bank that books ahead writes days to come; the payment counts from today then.
  const [on = today] = [entry.bookedOn, today].sort();
  const facts: Fact[] = [];
  for (const { document, amount } of shares) {
    const paid = { on, amount: sumDecimals([document.paidAmount ?? '0', amount]) };
    const changed = await saveChange(tx, { companyId, documentId: document.id, by }, { paid }, now);
    if (!changed.ok) throw new Error(`The locked document ${document.id} was not paid: ${changed.reason}.`);
    facts.push(...changed.facts);
  }
  const confirmed: KnownEntry = { ...entry, state: 'confirmed', documentIds: documents.map((one) => one.id) };
  await updateEntry(tx, confirmed, { by: by.id ?? '', at: now });
  await record(tx, [...facts, decidedFact(confirmed, by, now)]);
  return { ok: true, entry: confirmed };
}

/** Puts an entry aside: it pays no document that is known here. */
export async function ignoreEntry(
  tx: ConfirmTx,
  input: { readonly companyId: string; readonly entryId: string; readonly by: By },
  now: Date,
): Promise<Confirmed> {
  const entry = await lockEntry(tx, input.companyId, input.entryId);
  if (!entry) return { ok: false, reason: 'not_found' };
  if (entry.state !== 'open') return { ok: false, reason: 'already_decided' };
  const ignored: KnownEntry = { ...entry, state: 'ignored' };
  await updateEntry(tx, ignored, { by: input.by.id ?? '', at: now });
  await record(tx, [decidedFact(ignored, input.by, now)]);
  return { ok: true, entry: ignored };
}

function refusalOf(
  entry: KnownEntry,
  documents: readonly Document[],
  asked: readonly string[],
): ConfirmRefusal | null {
  if (documents.length === 0 || documents.length !== new Set(asked).size) return 'document_missing';
  if (documents.some((one) => one.replacedBy !== null)) return 'document_replaced';
  if (documents.some((one) => one.canceledAt !== null || openAmount(one) === '0')) return 'document_paid';
  const isOther = (one: Document): boolean =>
    entry.currency !== null && one.currency !== null && one.currency !== entry.currency;
  return documents.some(isOther) ? 'other_currency' : null;
}

function shareOut(amount: string, documents: readonly Document[]) {
  let left = amount;
  const shares: { document: Document; amount: string }[] = [];
  for (const [at, document] of documents.entries()) {
    const due = openAmount(document);
    const isLast = at === documents.length - 1;
    const share = isLast || due === null || compareDecimals(left, due) < 0 ? left : due;
    if (compareDecimals(share, '0') <= 0) return null;
    shares.push({ document, amount: share });
    left = subtractDecimals(left, share);
  }
  return shares;
}

function decidedFact(entry: KnownEntry, by: By, at: Date): Fact {
  return {
    type: entry.state === 'confirmed' ? 'payment.matched' : 'payment.ignored',
    companyId: entry.companyId,
    at,
    actor: by.actor,
    data: { entry: entry.id, documents: entry.documentIds, by: by.id },
  };
}
