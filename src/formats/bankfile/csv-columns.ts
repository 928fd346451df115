import { amountOf, dayOf, headWords } from '#formats/csv';

/** Where the facts of a booking stand: numbers of columns, from 0. */
export interface Columns {
  readonly date: number;
  /** One column with a sign, or one for what came in (and one for what went out). */
  readonly amount: number | null;
  readonly credit: number | null;
  /** Says `D`, `debit`, `Af` … beside an amount without a sign. */
  readonly direction: number | null;
  readonly currency: number | null;
  readonly name: number | null;
  readonly texts: readonly number[];
  readonly reference: number | null;
  readonly account: number | null;
}

type Meaning = Exclude<keyof Columns, 'texts'> | 'texts' | 'debit' | 'valueDate';

/** Words of the heads of banks' tables in en, fr, it, ro, de, nl, without accents and in lower case; the first that fits counts. */
const heads: readonly (readonly [Meaning, RegExp])[] = [
  ['account', /^(account|iban|rekening|auftragskonto|compte|conto|cont)( ?(number|nummer|nr\.?|iban))?$/],
  [
    'name',
    /name|counterpart|contrepart|tegenpartij|controparte|payer|payee|beguenstigt|begunstigt|auftraggeber|zahlungspflicht|ordinante|donneur|platitor|partener|^nom\b|^nume\b|naam/,
  ],
  [
    'reference',
    /transaction ?id|(bank|account servicer|transaction) ref|numero d.?operation|id operatiune|^id$/,
  ],
  ['valueDate', /(value|valeur|valut|wertstell).*(date|datum|data)?|data valuta/],
  ['currency', /currenc|wahrung|waehrung|devise|monnaie|moneda|^munt$|^ccy$|divisa/],
  ['direction', /^(debit\/credit|credit\/debit|d\/c|c\/d|af ?bij|soll\/haben|sens|segno|dc)$/],
  ['credit', /credit|gutschrift|haben|accredit|entrate|avere|incasari|bijschrijving|money in|paid in/],
  ['debit', /debit|belastung|lastschrift|soll|addebit|uscite|dare|plati|afschrijving|money out|paid out/],
  ['amount', /amount|betrag|umsatz|montant|importo|suma|bedrag/],
  ['date', /date|datum|data|buchungstag|jour|^dag$/],
  [
    'texts',
    /descri|detail|commun|medede|verwendung|buchungstext|libelle|causale|explica|omschrijv|remittance|referen|memo|motif|texte?$|note|informati/,
  ],
];

/** Reads a row as the head of a table; null when it names no date or no amount. */
export function columnsByHead(row: readonly string[]): Columns | null {
  const found = new Map<Meaning, number[]>();
  row.forEach((cell, at) => {
    const meaning = meaningOf(cell);
    if (meaning) found.set(meaning, [...(found.get(meaning) ?? []), at]);
  });
  const first = (meaning: Meaning): number | null => found.get(meaning)?.[0] ?? null;
  const date = first('date') ?? first('valueDate');
  const [amount, credit] = [first('amount'), first('credit')];
  if (date === null || (amount === null && credit === null)) return null;
  return {
    date,
    amount,
    credit: amount === null ? credit : null,
    direction: amount === null ? null : first('direction'),
    currency: first('currency'),
    name: first('name'),
    texts: found.get('texts') ?? [],
    reference: first('reference'),
    account: first('account'),
  };
}

function meaningOf(cell: string): Meaning | null {
  const words = headWords(cell);
  return heads.find(([, pattern]) => words !== '' && pattern.test(words))?.[0] ?? null;
}

/** Finds date and amount by what the cells hold, in a table without a head that is understood; null where one is missing. */
export function columnsByContent(rows: readonly (readonly string[])[]): Columns | null {
  const looked = rows.slice(0, 50);
  const width = Math.max(0, ...looked.map((row) => row.length));
  const share = (at: number, fits: (text: string) => boolean): number =>
    looked.filter((row) => fits(row[at] ?? '')).length / looked.length;
  const columns = [...Array(Math.min(width, 60)).keys()];
  const isDay = (text: string): boolean => dayOf(text, 'dmy') !== null || dayOf(text, 'mdy') !== null;
  const isSum = (text: string): boolean =>
    /[.,]\d{2}\D*$/.test(text) && (amountOf(text, '.') ?? amountOf(text, ',')) !== null && !isDay(text);
  const date = columns.find((at) => share(at, isDay) > 0.6);
  const amount = columns.find((at) => share(at, isSum) > 0.6);
  if (date === undefined || amount === undefined) return null;
  const texts = columns.filter((at) => share(at, (text) => /\p{L}{3}/u.test(text)) > 0.3);
  const currency = columns.find((at) => share(at, (text) => /^[A-Z]{3}$/.test(text.trim())) > 0.6) ?? null;
  return {
    date,
    amount,
    credit: null,
    direction: null,
    currency,
    name: null,
    texts: texts.filter((at) => at !== currency),
    reference: null,
    account: null,
  };
}
