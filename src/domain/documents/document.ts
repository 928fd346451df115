import type { Language } from '#base/language';
import type { DocumentFormat, DocumentKind } from '#formats/einvoice';
import { compareDecimals, subtractDecimals } from './decimal.ts';

/** All kinds of document, in the order of the tabs. */
export const documentKinds = [
  'invoice',
  'quote',
  'credit_note',
  'proforma',
  'delivery_note',
  'work_report',
  'order',
  'receipt',
  'statement',
  'other',
] as const satisfies readonly DocumentKind[];

/** Who on our side does a thing: a person, a program with an API key, or Envoi itself. `id` is the user's or the key's. */
export interface By {
  readonly actor: 'user' | 'program' | 'system';
  readonly id: string | null;
}

/** What is known of a document. Amounts are decimal strings, dates `YYYY-MM-DD`, VAT ids without blanks and dots. */
export interface Facts {
  readonly kind: DocumentKind;
  readonly number: string | null;
  readonly issueDate: string | null;
  readonly dueDate: string | null;
  readonly currency: string | null;
  readonly total: string | null;
  /** What is still to be paid of the total as the document says; null: the total. */
  readonly amountDue: string | null;
  readonly sellerName: string | null;
  readonly buyerName: string | null;
  readonly buyerVatId: string | null;
  readonly buyerCountry: string | null;
  readonly buyerLanguage: Language | null;
  readonly buyerEmails: readonly string[];
}

/** Guesses from the text of a plain PDF, and the customer that they point to: shown in the form, used for nothing else. */
export type ProposedFacts = Partial<Facts> & { readonly customerId?: string };

/** One version of a sales document: the file, its facts and its payment state. */
export interface Document extends Facts {
  readonly id: string;
  readonly companyId: string;
  readonly externalId: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly customerId: string | null;
  readonly proposed: ProposedFacts;
  /** Id of version 1. */
  readonly series: string;
  readonly version: number;
  /** Id of the version that replaced this one. */
  readonly replacedBy: string | null;
  readonly format: DocumentFormat;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  /** What a person reads: the file itself, or the PDF that was drawn from the XML. */
  readonly pdfSha256: string;
  readonly pdfBytes: number;
  /** The structured invoice: the file itself, or what was embedded in the PDF. */
  readonly xmlSha256: string | null;
  readonly xmlBytes: number | null;
  readonly pages: number;
  readonly images: 'waiting' | 'ready' | 'failed';
  readonly paidOn: string | null;
  /** null with `paidOn` set: all of it, where the amount is unknown. */
  readonly paidAmount: string | null;
  readonly disputedAt: Date | null;
  /** Since when the customer says that it is paid; null: he does not, or the company has looked. */
  readonly paymentDeclaredAt: Date | null;
  /** What the customer said to a quote; null: nothing yet. */
  readonly decidedAs: 'accepted' | 'refused' | null;
  readonly canceledAt: Date | null;
  readonly remindersPausedUntil: string | null;
  readonly remindersPauseReason: string | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
}

export type PaidState = 'unpaid' | 'partly' | 'paid';

/** How far a document is paid: measured against what is due, else the total; where neither is known, any payment is all. */
export function paidState(
  document: Pick<Document, 'paidOn' | 'paidAmount' | 'amountDue' | 'total'>,
): PaidState {
  const { paidOn, paidAmount } = document;
  if (paidOn === null) return 'unpaid';
  const due = document.amountDue ?? document.total;
  if (paidAmount === null || due === null) return 'paid';
  return compareDecimals(paidAmount, due) >= 0 ? 'paid' : 'partly';
}

/** What is still to be paid, as a decimal string: `0` when all is, null where no sum is known. */
export function openAmount(
  document: Pick<Document, 'paidOn' | 'paidAmount' | 'amountDue' | 'total'>,
): string | null {
  const due = document.amountDue ?? document.total;
  if (paidState(document) === 'paid') return '0';
  return due === null || document.paidAmount === null ? due : subtractDecimals(due, document.paidAmount);
}

/** Whether a document asks for more than nothing: not one that was paid beforehand, or that gives money back. A quote asks for an answer. */
export function asksForMoney({
  kind,
  amountDue,
  total,
}: Pick<Document, 'kind' | 'amountDue' | 'total'>): boolean {
  const due = amountDue ?? total;
  return kind === 'quote' || due === null || compareDecimals(due, '0') > 0;
}

export type MissingFact = 'number' | 'total' | 'currency' | 'buyer';

const withoutAmount: ReadonlySet<DocumentKind> = new Set([
  'delivery_note',
  'work_report',
  'order',
  'statement',
  'other',
]);
const withoutNumber: ReadonlySet<DocumentKind> = new Set(['statement', 'other']);

/** What a person must fill in before the document is sent; a delivery note, say, needs no amount. */
export function missingFacts(document: Facts & Pick<Document, 'customerId'>): MissingFact[] {
  const needsAmount = !withoutAmount.has(document.kind);
  const missing: [MissingFact, boolean][] = [
    ['number', document.number === null && !withoutNumber.has(document.kind)],
    ['total', document.total === null && needsAmount],
    ['currency', document.currency === null && (needsAmount || document.total !== null)],
    [
      'buyer',
      document.customerId === null && document.buyerName === null && document.buyerEmails.length === 0,
    ],
  ];
  return missing.filter(([, isMissing]) => isMissing).map(([fact]) => fact);
}
