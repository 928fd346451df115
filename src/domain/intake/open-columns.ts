import { amountOf, dateOrderOf, dayOf, decimalMarkOf, headWords } from '#formats/csv';

export type OpenColumn =
  | 'number'
  | 'kind'
  | 'issueDate'
  | 'dueDate'
  | 'total'
  | 'open'
  | 'paid'
  | 'currency'
  | 'customer'
  | 'email'
  | 'vatId'
  | 'language';

/** Words of heads in en, fr, it, ro, de, nl, without accents and in lower case; the first that fits counts. */
const heads: readonly (readonly [OpenColumn, RegExp])[] = [
  ['email', /e-?mail|courriel|posta elettronica/],
  ['vatId', /^vat|^tva|partita iva|^p\.? ?iva|^cui$|^cif$|ust-?id|mwst-?nr|btw-?n/],
  ['language', /languag|langue|lingua|limba|sprache|^taal/],
  ['currency', /currenc|devise|monnaie|valuta|moneda|wahrung|^whg/],
  ['dueDate', /^due|echeance|scaden|scadent|fallig|verval/],
  [
    'open',
    /open|outstanding|amount due|unpaid|impaye|non pagat|neplatit|neachitat|unbezahlt|onbetaald|balance|restant|^reste|solde|residuo|sold\b|de plata|offen|saldo|openstaand/,
  ],
  ['paid', /paid|^regle|paye\b|acompte|pagat|acconto|platit|bezahlt|gezahlt|betaald|voldaan/],
  ['issueDate', /date|^data|datum|emis/],
  ['total', /amount|total|montant|importo|totale|suma|valoare|betrag|brutto|summe|bedrag|totaal/],
  ['kind', /kind|type|^art$|tipo|^tip|belegart|soort/],
  [
    'customer',
    /^(customer|client|cliente|kunde|klant|debtor|debitor|name|nom|nome|nume|naam|firma|company|societe|azienda|bedrijf|denumire|ragione sociale|raison sociale)\b(?!.*(nr|no\b|num|code))|^(kunden|klant|firmen|bedrijfs)[ -]?(name|naam)/,
  ],
  // The number of the customer is not that of the document.
  [
    'number',
    /^(?!.*(customer|client|kunde|klant|debit)).*(number|numero|numar|nummer|^n[or°º.]|^nr|^no\b|invoice|facture|fattura|factura|rechnung|factuur|beleg|document)/,
  ],
];

/** What cannot be done without. */
const needed = ['number', 'customer'] as const;

export type OpenCells = Readonly<Partial<Record<OpenColumn, string>>>;

/** A line of the table; dates and amounts in our form, or as they stand where they cannot be read. */
export interface OpenRow {
  /** Counted from 1 as in the file; the head is row 1. */
  readonly row: number;
  readonly cells: OpenCells;
}

export type OpenTable =
  | { readonly ok: true; readonly rows: readonly OpenRow[] }
  | { readonly ok: false; readonly reason: 'no_number_column' | 'no_customer_column' | 'no_amount_column' };

/** Reads a table of open documents by the head of its columns. Refuses one without number, customer or amount. */
export function readOpenTable(rows: readonly (readonly string[])[]): OpenTable {
  const columns = openColumns(rows[0] ?? []);
  for (const column of needed) if (!columns.has(column)) return { ok: false, reason: `no_${column}_column` };
  if (!columns.has('total') && !columns.has('open')) return { ok: false, reason: 'no_amount_column' };
  const body = rows.slice(1);
  const texts = (column: OpenColumn): string[] => body.map((row) => row[columns.get(column) ?? -1] ?? '');
  const order = dateOrderOf([...texts('issueDate'), ...texts('dueDate')]);
  const mark = decimalMarkOf([...texts('total'), ...texts('open'), ...texts('paid')]);
  const read = (column: OpenColumn, text: string): string => {
    if (column === 'issueDate' || column === 'dueDate') return dayOf(text, order) ?? text;
    if (column === 'total' || column === 'open' || column === 'paid') return amountOf(text, mark) ?? text;
    return text;
  };
  const lines = body.map((row, at): OpenRow => {
    const cells = [...columns].flatMap(([column, place]) => {
      const text = (row[place] ?? '').trim();
      return text === '' ? [] : [[column, read(column, text)] as const];
    });
    return { row: at + 2, cells: Object.fromEntries(cells) };
  });
  return { ok: true, rows: lines.filter(({ cells }) => Object.keys(cells).length > 0) };
}

/** Which column says what. Of two that say the same, the first counts. */
function openColumns(head: readonly string[]): ReadonlyMap<OpenColumn, number> {
  const found = new Map<OpenColumn, number>();
  head.forEach((cell, at) => {
    const words = headWords(cell);
    const meaning = heads.find(([, pattern]) => words !== '' && pattern.test(words))?.[0];
    if (meaning && !found.has(meaning)) found.set(meaning, at);
  });
  return found;
}
