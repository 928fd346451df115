import type { Language } from '#base/language';

/**
 * An electronic invoice as a person reads it: what `drawInvoicePdf` sets on pages. Amounts, quantities and rates are decimal
 * strings as in the source; dates `YYYY-MM-DD`; what the source does not say is null or empty.
 */
export type InvoiceView = {
  readonly language: Language;
  /** A FatturaPA's fiscal original is the XML at the exchange system; what we draw is a courtesy copy and says so. */
  readonly source: 'cii' | 'ubl' | 'fatturapa';
  readonly kind: string | null;
  readonly number: string | null;
  readonly issueDate: string | null;
  readonly dueDate: string | null;
  readonly deliveryDate: string | null;
  readonly currency: string | null;
  readonly seller: PartyView;
  readonly buyer: PartyView;
  readonly references: readonly ReferenceView[];
  readonly notes: readonly string[];
  readonly lines: readonly LineView[];
  readonly adjustments: readonly AdjustmentView[];
  readonly vat: readonly VatView[];
  readonly totals: TotalsView;
  readonly payment: PaymentView;
};

export type PartyView = {
  readonly name: string | null;
  readonly address: readonly string[];
  readonly country: string | null;
  readonly vatId: string | null;
  readonly taxId: string | null;
  readonly contact: string | null;
  readonly phone: string | null;
  readonly email: string | null;
};

export type ReferenceView = {
  readonly kind: 'order' | 'buyer_reference' | 'contract' | 'project' | 'delivery_note' | 'preceding_invoice';
  readonly value: string;
};

export type LineView = {
  readonly id: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly unitPrice: string | null;
  readonly vatRate: string | null;
  readonly amount: string | null;
};

/** A document-level allowance or charge; `amount` carries its sign (an allowance is negative). */
export type AdjustmentView = {
  readonly label: string | null;
  readonly isCharge: boolean;
  readonly amount: string;
};

export type VatView = {
  readonly rate: string | null;
  readonly category: string | null;
  readonly base: string | null;
  readonly amount: string | null;
  readonly reason: string | null;
};

export type TotalsView = {
  readonly net: string | null;
  readonly vat: string | null;
  readonly gross: string | null;
  readonly prepaid: string | null;
  readonly rounding: string | null;
  readonly due: string | null;
};

export type PaymentView = {
  readonly terms: readonly string[];
  readonly accounts: readonly {
    readonly iban: string;
    readonly bic: string | null;
    readonly name: string | null;
  }[];
  readonly reference: string | null;
  readonly instalments: readonly { readonly dueDate: string | null; readonly amount: string | null }[];
};

export const unknownParty: PartyView = {
  name: null,
  address: [],
  country: null,
  vatId: null,
  taxId: null,
  contact: null,
  phone: null,
  email: null,
};
