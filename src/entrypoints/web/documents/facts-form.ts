import type { EditWithCustomer } from '#domain/customers';
import type { Document, ProposedFacts } from '#domain/documents';
import type { View } from '../kit/index.ts';
import type { PostedForm } from '../staff/read-form.ts';
import { typedAmount } from './typed-amount.ts';

/** The fields of the form of facts. */
export const factFields = [
  'kind',
  'number',
  'customer',
  'issueDate',
  'dueDate',
  'total',
  'currency',
] as const;
export type FactField = (typeof factFields)[number];

/** Which field of the form a path of the domain is. */
export const factNames: Readonly<Record<string, string>> = {
  'customer.name': 'customer',
  'customer.emails': 'customer',
};

/** What is known of a document, as its form shows it. */
export function factValues(document: Document, customer: string | null): Record<FactField, string> {
  return {
    kind: document.kind,
    number: document.number ?? '',
    customer: customer ?? document.buyerName ?? '',
    issueDate: document.issueDate ?? '',
    dueDate: document.dueDate ?? '',
    total: document.total ?? '',
    currency: document.currency ?? '',
  };
}

/** The guesses for what is not known, as the form shows them; `customer` is the name of the proposed customer. */
export function proposedValues(
  document: Document,
  known: Readonly<Record<FactField, string>>,
  customer: string | null,
): Partial<Record<FactField, string>> {
  const { proposed } = document;
  const guesses: Partial<Record<FactField, string | null | undefined>> = {
    number: proposed.number,
    customer: customer ?? proposed.buyerName,
    issueDate: proposed.issueDate,
    dueDate: proposed.dueDate,
    total: proposed.total,
    currency: proposed.currency,
  };
  return Object.fromEntries(
    factFields.flatMap((field) => {
      const guess = guesses[field];
      return known[field] === '' && guess ? [[field, guess]] : [];
    }),
  );
}

/** An amount as its field shows it: with the reader's decimal sign, without groups. */
export function amountField(view: View, amount: string): string {
  return view.format.money('0.5', '').amount.includes(',') ? amount.replace('.', ',') : amount;
}

/**
 * What the form says, as a change of the document; fields that were not posted stay. A customer's name that was proposed and
 * kept is that customer; a name that was there before changes nothing.
 */
export function editOf(
  form: PostedForm,
  known: Readonly<Record<FactField, string>>,
  proposed: { readonly facts: ProposedFacts; readonly customer: string | null },
  prefix = '',
): EditWithCustomer {
  const given = (field: FactField): string | undefined =>
    form.has(prefix + field) ? form.text(prefix + field).trim() : undefined;
  const total = given('total');
  const currency = given('currency');
  const hasTotal = (total ?? known.total) !== '';
  return {
    ...(given('kind') === undefined ? {} : { kind: given('kind') }),
    ...(given('number') === undefined ? {} : { number: given('number') }),
    ...(given('issueDate') === undefined ? {} : { issueDate: given('issueDate') }),
    ...(given('dueDate') === undefined ? {} : { dueDate: given('dueDate') }),
    ...(total === undefined ? {} : { total: typedAmount(total) }),
    // The field stands filled in; without an amount it says nothing.
    ...(currency === undefined ? {} : { currency: hasTotal ? currency : known.currency }),
    ...customerEdit(given('customer'), known.customer, proposed),
  };
}

function customerEdit(
  typed: string | undefined,
  known: string,
  proposed: { readonly facts: ProposedFacts; readonly customer: string | null },
): EditWithCustomer {
  if (typed === undefined || typed === known) return {};
  if (typed === '') return { customerId: null, customer: { name: null } };
  const isProposed = typed === proposed.customer && proposed.facts.customerId;
  return isProposed ? { customerId: proposed.facts.customerId ?? null } : { customer: { name: typed } };
}
