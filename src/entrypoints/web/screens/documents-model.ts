import type { Count, EnvelopeModel } from '../kit/index.ts';
import type { DocumentKind, PaidModel } from './document-words.ts';
import type { EventModel } from './event-words.ts';

export type DocumentRow = {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number: string | null;
  readonly customer: string | null;
  /** When it came in: the list's order, newest first, and its months. */
  readonly addedAt: Date;
  readonly issueDate: string | null;
  readonly dueDate: string | null;
  readonly total: string | null;
  readonly currency: string | null;
  readonly paid: PaidModel;
  readonly envelope: EnvelopeModel;
  /** The newest thing that happened. */
  readonly last: EventModel | null;
  /** True when a reminder makes sense: sent, not paid, not disputed. */
  readonly canRemind: boolean;
  /** The day of the reminder that comes next; null: none is planned. */
  readonly nextReminder: string | null;
  /** The customer's category. */
  readonly category: string | null;
};

export const documentFilters = ['never_sent', 'not_opened', 'failed', 'overdue', 'reminded'] as const;

export type DocumentFilter = (typeof documentFilters)[number];

export type DocumentsModel = {
  readonly rows: readonly DocumentRow[];
  /** How many there are per kind; kinds without any are not shown. */
  readonly kinds: readonly { readonly kind: DocumentKind; readonly count: Count }[];
  readonly total: Count;
  readonly kind: DocumentKind | null;
  readonly filter: DocumentFilter | null;
  readonly filterCounts: Readonly<Record<DocumentFilter, Count>>;
  /** What was searched for; empty: nothing. */
  readonly q: string;
  readonly customer: { readonly id: string; readonly name: string } | null;
  /** Addresses of the pages before and after; null at the ends. */
  readonly newer: string | null;
  readonly older: string | null;
};
