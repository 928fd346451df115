import { dateOf } from '../values.ts';

/** Month names by their beginnings in English, French, Italian, Romanian, German, Dutch; "mai" and "mars" are shared. */
const months: readonly RegExp[] = [
  /^(jan|gen|ian|jän)/,
  /^(feb|f[ée]v)/,
  /^(mar|mär|maart|mrt)/,
  /^(apr|avr)/,
  /^(may|mai|mag|mei)/,
  /^(jun|juin|giu|iun)/,
  /^(jul|juil|lug|iul)/,
  /^(aug|ao[uû]|ago)/,
  /^(sep|set)/,
  /^(oct|okt|ott)/,
  /^(nov|noi)/,
  /^(dec|d[ée]c|dic|dez)/,
];

const patterns: readonly (readonly [RegExp, (parts: string[], isAmerican: boolean) => string | null])[] = [
  [/\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/g, ([y, m, d]) => dateOf(y!, m!, d!)],
  [
    /\b(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})\b/g,
    ([first, second, y], isAmerican) => {
      const [d, m] = isAmerican || Number(second) > 12 ? [second, first] : [first, second];
      return dateOf(fullYear(y!), m!, d!);
    },
  ],
  [
    /\b(\d{1,2})(?:\.|er|st|nd|rd|th|º|°)?[\s-]{1,2}(?:de |of )?(\p{L}{3,10})\.?,?[\s-]{1,2}(\d{4})\b/gu,
    ([d, name, y]) => dateOf(y!, monthOf(name!), d!),
  ],
  [
    /\b(\p{L}{3,10})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})\b/gu,
    ([name, d, y]) => dateOf(y!, monthOf(name!), d!),
  ],
];

/** All days in a text as `YYYY-MM-DD`, in their order. Day before month, unless that is no day or the writer is American. */
export function daysIn(text: string, isAmerican: boolean): string[] {
  const found = patterns.flatMap(([pattern, read]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const day = read(match.slice(1) as string[], isAmerican);
      return day !== null && day >= '1990' && day < '2100' ? [{ at: match.index, day }] : [];
    }),
  );
  return found.sort((a, b) => a.at - b.at).map(({ day }) => day);
}

/**
 * Tells from a text's own dates whether it writes the month first: true when one is possible that way only ("11/17/2017"),
 * false when one is possible the other way only, null when nothing decides.
 */
export function writesMonthFirst(text: string): boolean | null {
  const slashed = [...text.slice(0, 50_000).matchAll(/\b(\d{1,2})[/](\d{1,2})[/]\d{4}\b/g)];
  if (slashed.some(([, first]) => Number(first) > 12)) return false;
  return slashed.some(([, , second]) => Number(second) > 12) ? true : null;
}

function fullYear(year: string): string {
  return year.length === 2 ? `20${year}` : year;
}

function monthOf(name: string): string {
  const index = months.findIndex((month) => month.test(name.toLowerCase()));
  return index < 0 ? '00' : String(index + 1);
}
