import type { DocumentFormat } from './facts.ts';
import type { ReadDocument } from './read-document.ts';

/** What `envoi read-document` prints: facts only, never guesses. The names are fixed by the contract. */
export type DescribedDocument = {
  readonly format: DocumentFormat;
  readonly kind: string | null;
  readonly number: string | null;
  readonly issueDate: string | null;
  readonly dueDate: string | null;
  readonly currency: string | null;
  readonly total: string | null;
  readonly amountDue: string | null;
  readonly sellerName: string | null;
  readonly buyerName: string | null;
  readonly buyerEmails: readonly string[];
};

/** Describes what was read as plain data; absent facts are null. */
export function describeRead(document: ReadDocument): DescribedDocument {
  const { facts } = document;
  return {
    format: document.format,
    kind: facts.kind,
    number: facts.number,
    issueDate: facts.issueDate,
    dueDate: facts.dueDate,
    currency: facts.currency,
    total: facts.total,
    amountDue: facts.amountDue,
    sellerName: facts.sellerName,
    buyerName: facts.buyerName,
    buyerEmails: facts.buyerEmails,
  };
}
