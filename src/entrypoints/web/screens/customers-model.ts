import type { Errors } from '../kit/index.ts';

export type CustomerRow = {
  readonly id: string;
  readonly name: string;
  readonly contacts: readonly string[];
  readonly category: string | null;
  readonly documents: number;
  /** Unpaid, per currency. */
  readonly open: readonly { readonly amount: string; readonly currency: string }[];
  readonly lastAt: Date | null;
  /** An address of theirs may not be mailed. */
  readonly suppressed: boolean;
};

/** Customers that may be one and the same, and what they share. */
export type SameModel = {
  readonly reason: 'vat_id' | 'address';
  readonly value: string;
  readonly customers: readonly { readonly id: string; readonly name: string }[];
};

export type CustomersModel = {
  readonly rows: readonly CustomerRow[];
  readonly q: string;
  readonly newer: string | null;
  readonly older: string | null;
  readonly same?: readonly SameModel[];
  /** The form for a new customer: what was typed and what was wrong; null while nobody asked for it. */
  readonly adding?: {
    readonly values: Readonly<Partial<Record<string, string>>>;
    readonly errors: Errors;
  } | null;
};
