import type { Errors } from '../kit/index.ts';
import type { DocumentKind, PaidModel } from './document-words.ts';

export type DocumentFactsModel = {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number: string | null;
  /** `id` is null while it is only a name. */
  readonly customer: { readonly id: string | null; readonly name: string } | null;
  readonly issueDate: string | null;
  readonly dueDate: string | null;
  readonly total: string | null;
  readonly currency: string | null;
  readonly paid: PaidModel;
  /** What the facts were read from: "Factur-X", or null when a person typed them. */
  readonly readFrom: string | null;
  /** Facts without which it cannot be sent well. */
  readonly missing: readonly ('number' | 'customer' | 'issueDate' | 'dueDate' | 'total' | 'currency')[];
  readonly reminder: {
    /** The day of the next automatic reminder, and which step. */
    readonly next: string | null;
    readonly step: number;
    readonly pausedUntil: string | null;
    readonly pauseReason?: string | null;
    /** Why none is planned, as the domain's stable word. */
    readonly whyNot?: string | null;
  } | null;
  /** The facts as a form: asked for, or because something is missing or was refused. */
  readonly editing: {
    readonly values: Readonly<Partial<Record<string, string>>>;
    readonly errors: Errors;
    /** Fields whose value is a guess from the text of the file, for a person to confirm. */
    readonly proposed?: readonly string[];
  } | null;
  /** Customers that may be meant, for completion. */
  readonly customerNames?: readonly string[];
  /** The form for a payment in part: what is proposed, or what was refused. */
  readonly paying?: { readonly on: string; readonly amount: string; readonly errors: Errors } | null;
};
