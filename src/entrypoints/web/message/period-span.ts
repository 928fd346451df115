/** Spans of days that one click chooses. `all` has no bounds. */
export const presets = [
  'today',
  'month',
  'lastMonth',
  'quarter',
  'year',
  'lastYear',
  'twelve',
  'fiscal',
  'all',
] as const;
export type Preset = (typeof presets)[number];

/** First and last day, `YYYY-MM-DD`, both included; empty: no bound. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/**
 * The days of a preset, seen from `today`: whole months, quarters and years, so that what is scheduled for later in them is
 * there too. `twelve` ends today. The business year begins with the first day of `fiscalMonth`.
 */
export function spanOf(preset: Preset, today: string, fiscalMonth: number): Span {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1;
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'month':
      return months(year, month, 1);
    case 'lastMonth':
      return months(year, month - 1, 1);
    case 'quarter':
      return months(year, month - (month % 3), 3);
    case 'year':
      return months(year, 0, 12);
    case 'lastYear':
      return months(year - 1, 0, 12);
    case 'twelve':
      return { from: dayOf(year - 1, month, Number(today.slice(8)) + 1), to: today };
    case 'fiscal':
      return months(month + 1 >= fiscalMonth ? year : year - 1, fiscalMonth - 1, 12);
    case 'all':
      return { from: '', to: '' };
  }
}

/** `count` whole months from this one on; months beyond the year carry over. */
function months(year: number, month: number, count: number): Span {
  return { from: dayOf(year, month, 1), to: dayOf(year, month + count, 0) };
}

function dayOf(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}
