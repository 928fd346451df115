import { dateOf } from '#formats/einvoice';

/** How a column writes its dates; null where it holds none. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const numeric = /^(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{2,4})(?:[T\s].*)?$/;

/** In which order the dates of a column stand; days before months where nothing in the column decides, as in Europe. */
export function dateOrderOf(texts: readonly string[]): DateOrder {
  const parts = texts.flatMap((text) => {
    const match = numeric.exec(text.trim());
    return match ? [[match[1] ?? '', match[2] ?? '']] : [];
  });
  if (parts.some(([first = '']) => first.length === 4)) return 'ymd';
  const isMonthFirst = parts.some(([, second]) => Number(second) > 12);
  return isMonthFirst && !parts.some(([first]) => Number(first) > 12) ? 'mdy' : 'dmy';
}

/** `YYYY-MM-DD` of a written date, or null. Two digits of a year mean this century. */
export function dayOf(text: string, order: DateOrder): string | null {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim());
  if (compact) return dateOf(compact[1] ?? '', compact[2] ?? '', compact[3] ?? '');
  const match = numeric.exec(text.trim());
  if (!match) return null;
  const [, first = '', second = '', third = ''] = match;
  if (first.length === 4) return dateOf(first, second, third);
  if (first.length > 2 || third.length === 3) return null;
  const year = third.length === 2 ? `20${third}` : third;
  return order === 'mdy' ? dateOf(year, first, second) : dateOf(year, second, first);
}

/** A number with groups and one sign, before or after it; currency words and blanks around it are passed over. */
const written =
  /^[^\d+\-(−.,]*(\(?)([+\-−]?)\s*([\d.,'’\s]*\d[.,]?)\s*([+\-−]?)\)?\s*(?:[A-Za-z€$£]{0,4}\.?)$/u;

/** Which sign stands before the cents in a column: the last one that is followed by one or two digits; a point where none is. */
export function decimalMarkOf(texts: readonly string[]): '.' | ',' {
  let [points, commas] = [0, 0];
  for (const text of texts) {
    const match = /([.,])\d{1,2}\s*[^\d.,]*$/.exec(text.trim());
    if (match?.[1] === '.') points += 1;
    if (match?.[1] === ',') commas += 1;
  }
  return commas > points ? ',' : '.';
}

/** A decimal string with its sign, or null: `-1’234.50 CHF` gives `-1234.50`. At most 15 digits before the point and 6 after it. */
export function amountOf(text: string, mark: '.' | ','): string | null {
  const match = written.exec(text.trim().slice(0, 60));
  if (!match) return null;
  const [, bracket, before, digits = '', behind] = match;
  const [whole = '', fraction = '', ...rest] = digits.split(mark);
  const plain = whole.replace(/[.,'’\s]/gu, '');
  if (rest.length > 0 || !/^\d{1,15}$/.test(plain) || !/^\d{0,6}$/.test(fraction)) return null;
  const isNegative = bracket === '(' || [before, behind].some((sign) => sign === '-' || sign === '−');
  const value = plain.replace(/^0+(?=\d)/, '');
  return `${isNegative ? '-' : ''}${value}${fraction ? `.${fraction}` : ''}`;
}
