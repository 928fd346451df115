import type { Language } from '#base/language';

export type DocumentFormat = 'factur-x' | 'zugferd' | 'cii' | 'ubl' | 'fatturapa' | 'pdf';

export type DocumentKind =
  | 'invoice'
  | 'quote'
  | 'credit_note'
  | 'proforma'
  | 'delivery_note'
  | 'work_report'
  | 'order'
  | 'receipt'
  | 'statement'
  | 'other';

/**
 * What a document says of itself. Amounts are decimal strings as in the file, dates `YYYY-MM-DD`; null where the file is silent.
 * `total` is what was sold, taxes included; `amountDue` what is still to be paid of it.
 */
export type DocumentFacts = {
  readonly kind: DocumentKind | null;
  readonly number: string | null;
  readonly issueDate: string | null;
  readonly dueDate: string | null;
  readonly currency: string | null;
  readonly total: string | null;
  readonly amountDue: string | null;
  readonly sellerName: string | null;
  readonly sellerVatId: string | null;
  readonly buyerName: string | null;
  readonly buyerVatId: string | null;
  /** The e-mails of the buyer's contacts. */
  readonly buyerEmails: readonly string[];
  /** The e-mail address that the buyer names for electronic delivery (EN 16931 BT-49 with scheme EM). */
  readonly buyerDeliveryEmail: string | null;
  readonly buyerCountry: string | null;
  readonly buyerLanguage: Language | null;
};

export const noFacts: DocumentFacts = {
  kind: null,
  number: null,
  issueDate: null,
  dueDate: null,
  currency: null,
  total: null,
  amountDue: null,
  sellerName: null,
  sellerVatId: null,
  buyerName: null,
  buyerVatId: null,
  buyerEmails: [],
  buyerDeliveryEmail: null,
  buyerCountry: null,
  buyerLanguage: null,
};

/** UNTDID 1001 codes that are no invoice; every other code of the invoice standards' lists is one. */
const kindByCode: Readonly<Record<string, DocumentKind>> = {
  '381': 'credit_note',
  '261': 'credit_note',
  '396': 'credit_note',
  '310': 'quote',
  '220': 'order',
  '270': 'delivery_note',
  '351': 'delivery_note',
};

/** The kind that a UNTDID 1001 type code stands for; without a code, what the file's format is for. */
export function kindOfCode(code: string | null, otherwise: DocumentKind): DocumentKind {
  return code === null ? otherwise : (kindByCode[code] ?? 'invoice');
}
