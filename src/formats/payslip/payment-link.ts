/** The facts of a document that may stand in a payment link. */
export interface PaymentFacts {
  readonly number: string | null;
  /** A decimal string. */
  readonly amount: string;
  readonly currency: string;
  readonly customer: string | null;
}

const names = ['number', 'amount', 'cents', 'currency', 'customer'] as const;

/** Tells whether a text can be a company's payment link: an https address whose braces hold only names that we know. */
export function isPaymentLink(text: string): boolean {
  if (text.length > 500 || !/^https:\/\/[^\s{}/]+(\/|\?|$)/.test(text)) return false;
  const rest = text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    (names as readonly string[]).includes(name) ? '' : whole,
  );
  return !/[{}\s"'<>]/.test(rest) && URL.canParse(text.replace(/[{}]/g, ''));
}

/** The address at which this document is paid; null where the link asks for a fact that is not known. */
export function paymentLink(template: string, facts: PaymentFacts): string | null {
  const values: Readonly<Record<string, string | null>> = {
    number: facts.number,
    amount: facts.amount,
    cents: centsOf(facts.amount),
    currency: facts.currency,
    customer: facts.customer,
  };
  let isWhole = true;
  const url = template.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (!value) isWhole = false;
    return encodeURIComponent(value ?? '');
  });
  return isWhole ? url : null;
}

function centsOf(amount: string): string {
  const [whole = '0', places = ''] = amount.split('.');
  return String(BigInt(whole + places.padEnd(2, '0').slice(0, 2)));
}
