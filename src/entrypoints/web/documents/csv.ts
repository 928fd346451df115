import { stringify } from 'csv-stringify/sync';
import type { View } from '../kit/index.ts';

/** A byte order mark: without it Excel takes UTF-8 for the machine's old code page. */
export const byteOrderMark = '\uFEFF';

export interface Amount {
  readonly amount: string;
}

/** One line of a table for spreadsheets. Where amounts have a decimal comma, these expect a semicolon between cells. */
export function csvLine(view: View, cells: readonly (string | Amount)[]): string {
  const values = cells.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell.amount));
  return stringify([values], { delimiter: hasDecimalComma(view) ? ';' : ',', record_delimiter: 'windows' });
}

/**
 * Spreadsheets run what begins so as a formula (OWASP, "CSV Injection"): an apostrophe before it makes it text. Amounts are
 * decimals by their type and stay numbers.
 */
function harmless(text: string): string {
  return /^[\s\u200B\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n|%]/u.test(text) ? `'${text}` : text;
}

/** A decimal as the reader's spreadsheet takes it for a number. */
export function csvAmount(view: View, amount: string | null): Amount {
  return { amount: (amount ?? '').replace('.', hasDecimalComma(view) ? ',' : '.') };
}

function hasDecimalComma(view: View): boolean {
  return view.format.money('0.5', '').amount.includes(',');
}
