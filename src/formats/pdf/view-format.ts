import { countryName, type Language, localeOf } from '#base/language';
import type { LineView, PartyView, VatView } from './invoice-view.ts';
import { type InvoiceTexts, invoiceTexts } from './texts/index.ts';

/** How the numbers, days and codes of an invoice are written in its language. */
export type ViewFormat = {
  readonly texts: InvoiceTexts;
  readonly language: Language;
  /** With at least two decimals, more where the source has them; "–" for null. */
  amount(decimal: string | null): string;
  quantity(line: LineView): string;
  percent(decimal: string | null): string;
  /** "12 December 2026"; null stays null. */
  day(iso: string | null): string | null;
  address(party: PartyView, otherCountry: string | null): string[];
  vatKind(vat: VatView): string;
};

/** Makes the formats for a language; `country` decides between its customs (Swiss or German thousands, say). */
export function makeViewFormat(language: Language, country: string | null): ViewFormat {
  const locale = localeOf(language, country ?? undefined);
  const texts = invoiceTexts(language);
  const days = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const number = (decimal: string, least: number) => {
    const places = (decimal.split('.')[1] ?? '').replace(/0+$/, '').length;
    const digits = {
      minimumFractionDigits: least,
      maximumFractionDigits: Math.max(least, Math.min(places, 6)),
    };
    // The string keeps every digit; a JavaScript number would not.
    return new Intl.NumberFormat(locale, digits).format(decimal as `${number}`).replace('-', '−');
  };
  const amount = (decimal: string | null) => (decimal === null ? '–' : number(decimal, 2));
  const percent = (decimal: string | null) => (decimal === null ? '' : `${number(decimal, 0)}\u00a0%`);
  return {
    texts,
    language,
    amount,
    percent,
    quantity: ({ quantity, unit }) =>
      quantity === null ? '' : [number(quantity, 0), unitWord(texts, unit)].filter(Boolean).join('\u00a0'),
    day: (iso) => (iso === null ? null : days.format(new Date(`${iso}T00:00:00Z`))),
    address: (party, otherCountry) =>
      party.country && party.country !== otherCountry
        ? [...party.address, countryName(party.country, language)]
        : [...party.address],
    vatKind: (vat) => vatKind(texts, vat, percent),
  };
}

/** UN/ECE Recommendation 20 codes that invoices use most; symbols need no translation. */
const symbols: Readonly<Record<string, string>> = {
  KGM: 'kg',
  GRM: 'g',
  TNE: 't',
  LTR: 'l',
  MTR: 'm',
  CMT: 'cm',
  KMT: 'km',
  MTK: 'm²',
  MTQ: 'm³',
  KWH: 'kWh',
  P1: '%',
};

function unitWord(texts: InvoiceTexts, code: string | null): string {
  switch (code) {
    case null:
    case 'ZZ':
      return '';
    case 'C62':
    case 'H87':
    case 'EA':
    case 'XPP':
    case 'NAR':
      return texts('unit_piece');
    case 'HUR':
      return texts('unit_hour');
    case 'MIN':
      return texts('unit_minute');
    case 'DAY':
      return texts('unit_day');
    case 'WEE':
      return texts('unit_week');
    case 'MON':
      return texts('unit_month');
    case 'ANN':
      return texts('unit_year');
    case 'SET':
      return texts('unit_set');
    case 'LS':
      return texts('unit_flat');
    default:
      return symbols[code] ?? code.slice(0, 12);
  }
}

/** The VAT categories of UNCL 5305 that are no plain rate; FatturaPA's own codes (N1 to N7) stand as they are. */
function vatKind(texts: InvoiceTexts, vat: VatView, percent: (decimal: string | null) => string): string {
  switch (vat.category) {
    case null:
    case 'S':
      return percent(vat.rate);
    case 'AE':
      return texts('reverse_charge');
    case 'K':
      return texts('intra_community');
    case 'G':
      return texts('export');
    case 'E':
      return texts('exempt');
    case 'Z':
      return texts('zero_rated');
    case 'O':
      return texts('outside_scope');
    default:
      return [percent(vat.rate), vat.category].filter(Boolean).join(' · ');
  }
}

/** An IBAN in groups of four, as it is printed (ISO 13616); other account numbers as they are. */
export function groupIban(account: string): string {
  const compact = account.replace(/\s+/g, '').toUpperCase();
  return /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(compact)
    ? compact.replace(/(.{4})(?=.)/g, '$1\u00a0')
    : account;
}
