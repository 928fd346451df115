import { day, hour, minute } from '#base/time';
import { type Language, localeOf } from './languages.ts';

/** An amount in pieces: pages set the currency small and after the number. */
export type MoneyText = { readonly amount: string; readonly currency: string };

/** How one reader's language, country and time zone write things. A `day` is `YYYY-MM-DD`; an instant is a Date. */
export type Format = {
  readonly locale: string;
  readonly zone: string;
  /** "19 Nov", with the year when it is not this year: "19 Nov 2025". Takes a day or an instant. */
  date(of: string | Date): string;
  /** "19/11/2026": on buttons that show a span of days. */
  shortDate(of: string | Date): string;
  /** "19 November 2026": in titles, mails and sentences. */
  longDate(of: string | Date): string;
  /** "November 2026". */
  month(of: string | Date): string;
  /** "Thu": beside a day in a list. */
  weekday(of: string | Date): string;
  /** "09:14". */
  time(at: Date): string;
  /** "09:14:02": where the order within a minute matters. */
  exactTime(at: Date): string;
  /** "12 Nov, 09:14", with the year when it is not this year. */
  dateTime(at: Date): string;
  /** For dense lists: "14:20" today, else `date`. */
  moment(at: Date): string;
  /** "2 hours ago", "in 5 minutes", "now", in the largest unit that fits, up to days. */
  relative(at: Date): string;
  /** Calendar days between today and a day: "today", "tomorrow", "in 23 days", "16 days ago". */
  relativeDay(of: string): string;
  /** `('3866.4', 'EUR')` → "3,866.40" and "EUR"; digits as the currency has them. Throws on what is no decimal number. */
  money(amount: string, currency: string): MoneyText;
  /** The same on one line: "3,866.40 EUR", joined so that it does not break. */
  moneyText(amount: string, currency: string): string;
  /** A count: "12,480". */
  number(of: number): string;
  /** "0B", "180 kB", "1.2 MB" in steps of 1024, as limits are meant (25 MB are 25 × 2^20), in the language's own unit ("180 ko"). */
  bytes(of: number): string;
  /** "Maja, Jonas and Els". */
  list(of: readonly string[]): string;
};

/** Makes the formats for a reader; `now` is the instant that "today" and "ago" refer to. Throws on an unknown time zone. */
export function makeFormat(reader: {
  readonly language: Language;
  readonly country?: string;
  readonly zone: string;
  readonly now: Date;
}): Format {
  const locale = localeOf(reader.language, reader.country);
  return { locale, zone: reader.zone, ...dates(locale, reader.zone, reader.now), ...numbers(locale) };
}

function dates(locale: string, zone: string, now: Date) {
  const write = (of: string | Date, options: Intl.DateTimeFormatOptions): string =>
    dateFormat(locale, { ...options, timeZone: typeof of === 'string' ? 'UTC' : zone }).format(instantOf(of));
  const today = dayOf(now, zone);
  const isThisYear = (of: string | Date): boolean => dayOf(of, zone).slice(0, 4) === today.slice(0, 4);
  const time = (at: Date): string => write(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const date = (of: string | Date): string =>
    write(of, { day: 'numeric', month: 'short', ...(isThisYear(of) ? {} : { year: 'numeric' }) });
  return {
    date,
    time,
    shortDate: (of: string | Date) => write(of, { day: '2-digit', month: '2-digit', year: 'numeric' }),
    longDate: (of: string | Date) => write(of, { day: 'numeric', month: 'long', year: 'numeric' }),
    month: (of: string | Date) => capital(write(of, { month: 'long', year: 'numeric' }), locale),
    weekday: (of: string | Date) => write(of, { weekday: 'short' }),
    exactTime: (at: Date) => write(at, { timeStyle: 'medium', hourCycle: 'h23' }),
    dateTime: (at: Date) => `${date(at)}, ${time(at)}`,
    moment: (at: Date) => (dayOf(at, zone) === today ? time(at) : date(at)),
    relative: (at: Date) => relative(locale, at.getTime() - now.getTime()),
    relativeDay: (of: string) =>
      ago(locale).format(Math.round((Date.parse(of) - Date.parse(today)) / day), 'day'),
  };
}

function numbers(locale: string) {
  const money = (amount: string, currency: string): MoneyText => {
    if (!/^-?\d+(\.\d+)?$/.test(amount)) throw new Error(`not a decimal amount: ${amount.slice(0, 40)}`);
    const digits = currencyDigits(currency);
    const text = numberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    // A string keeps every digit (ECMA-402 §16.5.3); a real minus sign lines up with the digits.
    return { amount: text.format(amount as `${number}`).replace('-', '−'), currency };
  };
  return {
    money,
    moneyText: (amount: string, currency: string) => `${money(amount, currency).amount}\u00a0${currency}`,
    number: (of: number) => numberFormat(locale, {}).format(of),
    bytes: (of: number) => bytes(locale, of),
    list: (of: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(of),
  };
}

function bytes(locale: string, of: number): string {
  // A thousand of a unit is said in the next one: nobody reads "1,010 kB".
  const step = [1000, 1000 * 2 ** 10, 1000 * 2 ** 20].filter((most) => of >= most).length;
  const unit = (['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const)[step];
  const value = of / 1024 ** step;
  const maximumFractionDigits = step >= 2 && value < 10 ? 1 : 0;
  const unitDisplay = step === 0 ? 'narrow' : 'short';
  return numberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(value);
}

function relative(locale: string, ms: number): string {
  const size = Math.abs(ms);
  if (size < 45_000) return ago(locale).format(0, 'second');
  if (size < 45 * minute) return ago(locale).format(Math.round(ms / minute), 'minute');
  if (size < 22 * hour) return ago(locale).format(Math.round(ms / hour), 'hour');
  return ago(locale).format(Math.round(ms / day), 'day');
}

function instantOf(of: string | Date): Date {
  return typeof of === 'string' ? new Date(`${of}T00:00:00Z`) : of;
}

function dayOf(of: string | Date, zone: string): string {
  if (typeof of === 'string') return of;
  return dateFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    of,
  );
}

function capital(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** The currency's decimals after ISO 4217 (CLDR): 2 for EUR, 0 for JPY; 2 for a code that is none. */
function currencyDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  return numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Intl objects cost 20–50 µs each to make and lists need hundreds: kept per locale and options. */
const kept = new Map<string, unknown>();

function keep<Made>(key: string, make: () => Made): Made {
  const known = kept.get(key);
  if (known !== undefined) return known as Made;
  if (kept.size > 2000) kept.clear();
  const made = make();
  kept.set(key, made);
  return made;
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return keep(`d${locale}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options));
}

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return keep(`n${locale}${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options));
}

function ago(locale: string): Intl.RelativeTimeFormat {
  return keep(`r${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
}
