import type { ReportMail } from './report-mail.ts';

/** Words before the last day of an absence, and before the day of the return: en, de, fr, it, nl, ro, es. */
const lastDay =
  /\b(?:until|till|through|up to|bis(?: zum| einschließlich)?|jusqu['’ ]?(?:au|à)|fino al|fino a|tot(?: en met)?|t\/m|până (?:la|pe|în)|pana (?:la|pe|in)|hasta(?: el)?)\s/giu;
const returnDay =
  /\b(?:back (?:on|in the office on)?|return(?:ing|s)?(?: (?:to|in) (?:the )?(?:office|work))?(?: on)?|wieder (?:ab|am|erreichbar ab|da am)|ab dem|de retour le|rientr\w{1,4} il|terug (?:op|vanaf)|revin (?:pe|în)|regres[oa]r?é? el|vuelvo el)\s/giu;

/** Month names, from their first letters on; all seven languages. */
const months: readonly RegExp[] = [
  /^(?:jan|gen|ene|ian)/,
  /^(?:feb|fév|fev)/,
  /^(?:mar|mär|mrt|maa)/,
  /^(?:apr|avr|abr)/,
  /^(?:may|mai|mag|mei|may)/,
  /^(?:jun|juin|giu|iun)/,
  /^(?:jul|juil|lug|iul)/,
  /^(?:aug|aoû|aou|ago)/,
  /^(?:sep|set)/,
  /^(?:oct|okt|ott)/,
  /^(?:nov|noi)/,
  /^(?:dec|dez|déc|dic)/,
];

/**
 * The last day of the absence, `YYYY-MM-DD`, or null. From what iCloud says for machines, else from the first date
 * behind words like "until" or, a day earlier, "back on". A date without a year is the next such day after the mail;
 * one that can be read in two ways (4/5) is left.
 */
export function findAbsentUntil(mail: ReportMail): string | null {
  const machine = /endDate=(\d{4}-\d{2}-\d{2})/.exec(mail.header('x-apple-criteria'))?.[1];
  if (machine) return machine;
  const words = `${mail.subject}\n${mail.lines.slice(0, 60).join('\n')}`.slice(0, 6000).replace(/\s+/g, ' ');
  const sent = sentDay(mail.header('date'));
  return firstDate(words, lastDay, sent, 0) ?? firstDate(words, returnDay, sent, -1) ?? null;
}

type Day = { readonly year: number; readonly month: number; readonly day: number };

function sentDay(date: string): Day | undefined {
  const at = new Date(date);
  return Number.isNaN(at.getTime())
    ? undefined
    : { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

function firstDate(words: string, before: RegExp, sent: Day | undefined, shift: number): string | undefined {
  for (const found of words.matchAll(before)) {
    const read = readDay(
      words.slice(found.index + found[0].length, found.index + found[0].length + 50),
      sent,
    );
    if (read) return isoDay(read, shift);
  }
  return undefined;
}

const weekday =
  /^(?:(?:on|the|am|dem|den|le|il|el|de|pe)\s)*(?:\p{L}{2,12},?\s){0,1}(?:(?:the|den|dem|le|il|el|de)\s)?/iu;

function readDay(text: string, sent: Day | undefined): Day | undefined {
  return readBare(text, sent) ?? readBare(text.replace(weekday, ''), sent);
}

function readBare(text: string, sent: Day | undefined): Day | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(text);
  if (iso) return checked(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})([./-])(\d{1,2})(?:[./-](\d{4}|\d{2})?)?(?!\d)/.exec(text);
  if (numbers)
    return readNumbers(Number(numbers[1]), Number(numbers[3]), numbers[2] === '/', numbers[4], sent);
  const dayFirst =
    /^(\d{1,2})(?:\.|st|nd|rd|th|er|º)?(?:\sof|\sde)?\s(\p{L}{3,12})\.?,?(?:\s(?:de\s)?(\d{4}))?/u.exec(text);
  if (dayFirst) return named(Number(dayFirst[1]), dayFirst[2], dayFirst[3], sent);
  const monthFirst = /^(\p{L}{3,12})\.?\s(\d{1,2})(?:st|nd|rd|th)?(?:,?\s(\d{4}))?(?!\d)/u.exec(text);
  return monthFirst ? named(Number(monthFirst[2]), monthFirst[1], monthFirst[3], sent) : undefined;
}

function readNumbers(
  a: number,
  b: number,
  slashed: boolean,
  year: string | undefined,
  sent: Day | undefined,
): Day | undefined {
  if (slashed && a !== b && a <= 12 && b <= 12) return undefined;
  const [day, month] = b > 12 ? [b, a] : [a, b];
  return withYear(day, month, year && (year.length === 2 ? `20${year}` : year), sent);
}

function named(
  day: number,
  month: string | undefined,
  year: string | undefined,
  sent: Day | undefined,
): Day | undefined {
  const index = months.findIndex((pattern) => pattern.test((month ?? '').toLowerCase()));
  return index < 0 ? undefined : withYear(day, index + 1, year, sent);
}

function withYear(
  day: number,
  month: number,
  year: string | undefined,
  sent: Day | undefined,
): Day | undefined {
  if (year) return checked(Number(year), month, day);
  if (!sent) return undefined;
  const passed = month < sent.month || (month === sent.month && day < sent.day);
  return checked(sent.year + (passed ? 1 : 0), month, day);
}

function checked(year: number, month: number, day: number): Day | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  const same = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return same && year > 1990 && year < 2200 ? { year, month, day } : undefined;
}

const isoDay = ({ year, month, day }: Day, shift: number): string =>
  new Date(Date.UTC(year, month - 1, day + shift)).toISOString().slice(0, 10);
