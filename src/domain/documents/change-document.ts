import { after, day } from '#base/time';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { compareDecimals, isDecimal } from './decimal.ts';
import type { By, Document } from './document.ts';
import { documentChanges } from './document-events.ts';
import { type DocumentChange, type DocumentTables, factColumns } from './document-row.ts';
import { lockDocument, updateDocument } from './document-table.ts';
import { type FactProblem, type GivenFacts, isDay, readGivenFacts } from './facts.ts';
import { stillUnknown } from './merge-facts.ts';

/** What may be changed by hand or by a program; absent stays as it is. */
export interface DocumentEdit extends GivenFacts {
  /** What was paid and when; null takes it back. Without an amount: all of it. */
  readonly paid?: { readonly on: string; readonly amount?: string | null } | null;
  readonly disputed?: boolean;
  /** False: the money that the customer speaks of was not found; a payment says it by itself. */
  readonly paymentDeclared?: boolean;
  readonly canceled?: boolean;
  /** No reminders before that day; null: as the policy says. */
  readonly remindersPausedUntil?: string | null;
  /** Why; kept with the pause, and gone with it. */
  readonly remindersPauseReason?: string | null;
}

export type EditProblem =
  | FactProblem
  | { readonly path: string; readonly reason: 'in_the_future' | 'not_positive' };

export type ChangeRefused =
  | { readonly ok: false; readonly reason: 'invalid'; readonly problems: readonly EditProblem[] }
  /** `replaced`: a newer version has taken its place; change that one. */
  | { readonly ok: false; readonly reason: 'unknown_document' | 'replaced' };

type Which = { readonly companyId: string; readonly documentId: string; readonly by: By };

/**
 * Changes facts and payment state of a document. Refuses wrong fields (all of them named) and versions that were replaced.
 * A fact that is given, also as null, settles its guess.
 */
export async function changeDocument(
  tx: Tx<DocumentTables & EvidenceTables>,
  which: Which,
  edit: DocumentEdit,
  now: Date,
): Promise<{ readonly ok: true; readonly document: Document } | ChangeRefused> {
  const changed = await saveChange(tx, which, edit, now);
  if (!changed.ok) return changed;
  await record(tx, changed.facts);
  return { ok: true, document: changed.document };
}

/** `changeDocument` without the record; the caller records `facts` last. */
export async function saveChange(
  tx: Tx<DocumentTables>,
  { companyId, documentId, by }: Which,
  edit: DocumentEdit,
  now: Date,
): Promise<
  { readonly ok: true; readonly document: Document; readonly facts: readonly Fact[] } | ChangeRefused
> {
  const read = readGivenFacts(edit);
  const problems = [...(read.ok ? [] : read.problems), ...stateProblems(edit, now)];
  if (!read.ok || problems.length > 0) return { ok: false, reason: 'invalid', problems };
  const before = await lockDocument(tx, companyId, documentId);
  if (!before) return { ok: false, reason: 'unknown_document' };
  if (before.replacedBy) return { ok: false, reason: 'replaced' };
  const settled = Object.keys(read.facts);
  const guesses = Object.entries(before.proposed).filter(([name]) => !settled.includes(name));
  const proposed = stillUnknown(Object.fromEntries(guesses), { ...before, ...read.facts });
  const document = await updateDocument(tx, companyId, documentId, {
    ...factColumns(read.facts),
    ...stateColumns(edit, before, { ...before, ...read.facts }, now),
    proposed: JSON.stringify(proposed),
  });
  return { ok: true, document, facts: documentChanges(before, document, by, now) };
}

function stateProblems(edit: DocumentEdit, now: Date): EditProblem[] {
  const problems: EditProblem[] = [];
  const { paid, remindersPausedUntil } = edit;
  if (paid) {
    // A day more than ours: somewhere on earth it is tomorrow already.
    const latest = after(now, day).toISOString().slice(0, 10);
    if (!isDay(paid.on)) problems.push({ path: 'paid.on', reason: 'not_a_date' });
    else if (paid.on > latest) problems.push({ path: 'paid.on', reason: 'in_the_future' });
    if (paid.amount && !isDecimal(paid.amount))
      problems.push({ path: 'paid.amount', reason: 'not_an_amount' });
    else if (paid.amount && compareDecimals(paid.amount, '0') <= 0)
      problems.push({ path: 'paid.amount', reason: 'not_positive' });
  }
  if (remindersPausedUntil && !isDay(remindersPausedUntil))
    problems.push({ path: 'remindersPausedUntil', reason: 'not_a_date' });
  return problems;
}

function stateColumns(edit: DocumentEdit, before: Document, fresh: Document, now: Date): DocumentChange {
  const { paid } = edit;
  return {
    ...(paid === undefined ? {} : { paid_on: paid?.on ?? null }),
    ...(paid === undefined ? {} : { paid_amount: paid ? paid.amount || allOf(fresh) : null }),
    ...declaredColumn(edit, before, now),
    ...(edit.disputed === undefined ? {} : { disputed_at: since(edit.disputed, before.disputedAt, now) }),
    ...(edit.canceled === undefined ? {} : { canceled_at: since(edit.canceled, before.canceledAt, now) }),
    // An empty field of a form takes the pause away.
    reminders_paused_until: edit.remindersPausedUntil === '' ? null : edit.remindersPausedUntil,
    reminders_pause_reason:
      edit.remindersPausedUntil === undefined
        ? undefined
        : (edit.remindersPausedUntil && edit.remindersPauseReason?.trim().slice(0, 300)) || null,
  };
}

/** A payment that is recorded answers what the customer said. */
function declaredColumn(edit: DocumentEdit, before: Document, now: Date): DocumentChange {
  if (edit.paid) return { payment_declared_at: null };
  if (edit.paymentDeclared === undefined) return {};
  return { payment_declared_at: since(edit.paymentDeclared, before.paymentDeclaredAt, now) };
}

/** All that is to be paid; a negative sum (money back) counts without its sign; null where no sum is known. */
function allOf(document: Document): string | null {
  return (document.amountDue ?? document.total)?.replace('-', '') ?? null;
}

function since(is: boolean, before: Date | null, now: Date): Date | null {
  return is ? (before ?? now) : null;
}
