import { compareDecimals } from './decimal.ts';
import type { Document } from './document.ts';

/** What is still to be paid, as a decimal string: what is due, or the total, less what was paid; null where nothing is, or nobody knows. */
export function amountToPay(
  document: Pick<Document, 'amountDue' | 'total' | 'paidOn' | 'paidAmount'>,
): string | null {
  const due = document.amountDue ?? document.total;
  if (due === null || (document.paidOn !== null && document.paidAmount === null)) return null;
  const open = document.paidOn === null ? due : minus(due, document.paidAmount ?? '0');
  return compareDecimals(open, '0') > 0 ? open : null;
}

/** Exact, for amounts that are not negative and have at most six places. */
function minus(a: string, b: string): string {
  const millionths = (text: string): bigint => {
    const [whole = '0', places = ''] = text.split('.');
    return BigInt(whole + places.padEnd(6, '0'));
  };
  const rest = millionths(a) - millionths(b);
  if (rest <= 0n) return '0';
  const digits = String(rest).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, '')}`;
}
