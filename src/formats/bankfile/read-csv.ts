import { amountOf, type DateOrder, dateOrderOf, dayOf, decimalMarkOf, parseTable } from '#formats/csv';
import { currencyOf } from '#formats/einvoice';
import {
  type BankEntry,
  type BankFileResult,
  longestName,
  longestText,
  maximumEntries,
  oneLine,
} from './bank-file.ts';
import { type Columns, columnsByContent, columnsByHead } from './csv-columns.ts';

/** Lines that a bank puts before the head of its table: account, period, balance. */
const linesBeforeHead = 40;

/**
 * Reads the incoming bookings of a bank's table as CSV: finds encoding, delimiter, head and columns by itself. Refuses a table in
 * which no date or no amount is found; lines that cannot be read are counted.
 */
export function readCsv(bytes: Uint8Array): BankFileResult {
  const table = parseTable(bytes, maximumEntries + linesBeforeHead);
  if (!table.ok)
    return { ok: false, reason: table.reason === 'too_many_rows' ? 'too_many_entries' : table.reason };
  const { rows } = table;
  const head = rows.slice(0, linesBeforeHead).findIndex((row) => columnsByHead(row) !== null);
  const body = rows.slice(head + 1).filter((row) => row.length > 1);
  const columns = head >= 0 ? columnsByHead(rows[head] ?? []) : columnsByContent(body);
  if (!columns) return { ok: false, reason: 'no_columns' };
  return { ok: true, file: { format: 'csv', ...readBody(body, columns) } };
}

interface Reading {
  readonly columns: Columns;
  readonly order: DateOrder;
  readonly mark: '.' | ',';
}

function readBody(rows: readonly (readonly string[])[], columns: Columns) {
  const sums = columns.amount ?? columns.credit ?? 0;
  const column = (at: number): string[] => rows.map((row) => row[at] ?? '');
  const reading = {
    columns,
    order: dateOrderOf(column(columns.date)),
    mark: decimalMarkOf(column(sums)),
  };
  const read = rows.map((row) => readRow(row, reading));
  return {
    account: columns.account === null ? null : oneLine(rows[0]?.[columns.account] ?? '', 40) || null,
    entries: read.flatMap((one) => (typeof one === 'string' ? [] : [one])),
    outgoing: read.filter((one) => one === 'outgoing').length,
    unreadable: read.filter((one) => one === 'unreadable').length,
  };
}

function readRow(row: readonly string[], reading: Reading): BankEntry | 'outgoing' | 'unreadable' {
  const { columns, order, mark } = reading;
  const cell = (at: number | null): string => (at === null ? '' : (row[at] ?? '').trim());
  const bookedOn = dayOf(cell(columns.date), order);
  const typed = cell(columns.amount ?? columns.credit);
  // With a column for each direction, the other one is filled where this one is empty.
  if (bookedOn && columns.amount === null && (typed === '' || !/[1-9]/.test(typed))) return 'outgoing';
  const amount = amountOf(typed, mark);
  if (!bookedOn || amount === null || !/[1-9]/.test(amount)) return 'unreadable';
  const saysOut = /^(d|debit|debet|s|soll|af|dare|-)$/i.test(cell(columns.direction));
  if (amount.startsWith('-') || saysOut) return 'outgoing';
  return {
    bookedOn,
    amount,
    currency: currencyOf(cell(columns.currency) || null),
    name: oneLine(cell(columns.name), longestName),
    text: oneLine(columns.texts.map(cell).join(' '), longestText),
    bankReference: oneLine(cell(columns.reference), 100) || null,
  };
}
