import { stringify } from 'csv-stringify/sync';
import type { View } from '../kit/index.ts';
import { paidWord } from '../screens/document-words.ts';
import type { DocumentRow } from '../screens/documents-model.ts';
import { happeningOf } from '../screens/event-words.ts';

/** A byte order mark: without it Excel takes UTF-8 for the machine's old code page. */
export const byteOrderMark = '\uFEFF';

/** The head of the table, and its separator: where amounts have a decimal comma, spreadsheets expect a semicolon. */
export function exportHead(view: View): string {
  const { t } = view;
  return line(view, [
    t('fact.kind'),
    t('column.number'),
    t('column.customer'),
    t('column.date'),
    t('column.due'),
    t('column.amount'),
    t('fact.currency'),
    t('column.paid'),
    t('column.email'),
    t('column.last'),
    t('export.lastAt'),
  ]);
}

/** One document as the list shows it. */
export function exportLine(view: View, row: DocumentRow): string {
  const { t } = view;
  return line(view, [
    t(`kind.${row.kind}`),
    row.number ?? '',
    row.customer ?? '',
    row.issueDate ?? '',
    row.dueDate ?? '',
    amountText(view, row.total),
    row.currency ?? '',
    paidWord(view, row.paid, row.kind).word,
    t(`envelope.${row.envelope.state}`),
    row.last ? happeningOf(view, row.last).what : '',
    row.last?.at.toISOString() ?? '',
  ]);
}

interface Amount {
  readonly amount: string;
}

function line(view: View, cells: readonly (string | Amount)[]): string {
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

function amountText(view: View, amount: string | null): Amount {
  return { amount: (amount ?? '').replace('.', hasDecimalComma(view) ? ',' : '.') };
}

function hasDecimalComma(view: View): boolean {
  return view.format.money('0.5', '').amount.includes(',');
}
