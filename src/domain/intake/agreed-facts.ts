import type { Document, GivenFacts } from '#domain/documents';
import { missingFacts } from '#domain/documents';

/** Who is written to, where the document does not say whose it is. */
export interface Buyer {
  readonly name: string;
  readonly emails: readonly string[];
}

/**
 * The facts that a plain PDF lacks for being sent without a person. A guess from its text counts only where the mail, or the name of the
 * file, says the same; what stays unknown makes the document one of kind "other", which needs neither number nor amount. Null: nothing
 * is missing.
 */
export function agreedFacts(document: Document, saidBeside: string, buyer: Buyer | null): GivenFacts | null {
  const missing = missingFacts(document);
  if (missing.length === 0) return null;
  const customer = missing.includes('buyer') && buyer ? { customer: buyer } : {};
  if (missing.every((fact) => fact === 'buyer')) return customer;
  const { proposed } = document;
  const said = squeeze(saidBeside);
  const number =
    document.number ?? (proposed.number && said.includes(squeeze(proposed.number)) ? proposed.number : null);
  const total =
    document.total ??
    (proposed.total && amountForms(proposed.total).some((form) => said.includes(form))
      ? proposed.total
      : null);
  const currency = document.currency ?? (total ? (proposed.currency ?? null) : null);
  const kind = document.kind === 'invoice' && proposed.kind ? proposed.kind : document.kind;
  const isWhole = missingFacts({ ...document, kind, number, total, currency }).every(
    (fact) => fact === 'buyer',
  );
  return { kind: isWhole ? kind : 'other', number, total, currency, ...customer };
}

/** Letters and digits only: "INV 2026/12" and "inv-2026-12" are the same number. */
function squeeze(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.,]/gu, '')
    .replace(/[.,](?!\d)/g, '');
}

/** How an amount is written: 1284.50, 1284,50, 1,284.50, 1.284,50 (blanks are squeezed out). */
function amountForms(decimal: string): string[] {
  const [whole = '', cents = '00'] = decimal.split('.');
  const grouped = (sign: string): string => whole.replace(/\B(?=(\d{3})+$)/g, sign);
  const two = cents.padEnd(2, '0');
  return [`${whole}.${two}`, `${whole},${two}`, `${grouped(',')}.${two}`, `${grouped('.')},${two}`];
}
