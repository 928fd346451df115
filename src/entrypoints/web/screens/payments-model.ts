import type { Errors } from '../kit/index.ts';

/** A document that money may be for. */
export type PaidDocument = {
  readonly id: string;
  readonly number: string | null;
  readonly customer: string | null;
  readonly open: string | null;
  readonly currency: string | null;
};

export type MatchModel = {
  readonly documents: readonly PaidDocument[];
  readonly because: readonly ('number' | 'amount' | 'name' | 'part')[];
  readonly certainty: 'sure' | 'likely' | 'possible';
};

export type MoneyRow = {
  readonly id: string;
  readonly bookedOn: string;
  readonly amount: string;
  readonly currency: string | null;
  readonly name: string;
  readonly text: string;
  readonly matches: readonly MatchModel[];
};

export type PaymentsModel = {
  readonly tab: 'open' | 'confirmed' | 'ignored';
  readonly counts: Readonly<Record<'open' | 'confirmed' | 'ignored', number>>;
  /** The last file that was brought in, and how many whole days ago that was. */
  readonly last: {
    readonly fileName: string;
    readonly at: Date;
    readonly by: string;
    readonly days: number;
    readonly lastBookedOn: string | null;
  } | null;
  readonly rows: readonly MoneyRow[];
  readonly newer: string | null;
  readonly older: string | null;
  readonly errors: Errors;
};

/** How a match is written in a form: the ids of its documents. */
export function matchValue(match: MatchModel): string {
  return match.documents.map((one) => one.id).join(' ');
}
