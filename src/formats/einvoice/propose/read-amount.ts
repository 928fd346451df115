/** An amount with its separators: groups of three by point, comma, space or apostrophe, then two decimals or none. */
const amountPattern =
  /(?<![\p{L}\d.,/-])([-−]?)\s?((?:\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+|\d{1,9})(?:[.,]\d{2}|,[-–])?)([-−]?)(?![\d/%]|[.,]\d|\s?%|\p{L}{4})/gu;

/** All amounts in a text in their order, as decimal strings with two digits; "1.234,56", "1,234.56", "1 234,56" and "1'234.56" are one. */
export function amountsIn(text: string): string[] {
  return [...text.matchAll(amountPattern)].map(([, before = '', digits = '', after = '']) => {
    const decimals = /[.,](\d{2})$/.exec(digits)?.[1];
    const whole = (decimals ? digits.slice(0, -3) : digits).replace(/\D/g, '').replace(/^0+(?=\d)/, '');
    return `${before || after ? '-' : ''}${whole}.${decimals ?? '00'}`;
  });
}

/** The last amount of a text that looks like money: it has decimals, or a currency stands beside it. */
export function moneyIn(text: string): string | null {
  const isMoney = /\d[.,]\d{2}(?!\d)|\d,[-–]/.test(text) || currencyIn(text) !== null;
  return isMoney ? (amountsIn(text).at(-1) ?? null) : null;
}

const currencies: readonly (readonly [string, RegExp])[] = [
  ['EUR', /€|\bEUR\b|\beuros?\b/i],
  ['CHF', /\bCHF\b|\bFr\.(?=\s?\d)|\bSFr\b/],
  ['RON', /\bRON\b|\blei\b/i],
  ['GBP', /£|\bGBP\b/],
  ['USD', /\bUS?\$|\bUSD\b|\$/],
  ['PLN', /\bPLN\b|zł/i],
  ['SEK', /\bSEK\b/],
  ['DKK', /\bDKK\b/],
  ['NOK', /\bNOK\b/],
  ['CZK', /\bCZK\b|Kč/],
  ['HUF', /\bHUF\b/],
  ['BGN', /\bBGN\b/],
  ['CAD', /\bCAD\b/],
];

/** The currency that a text names by code, word or sign; null when none. */
export function currencyIn(text: string): string | null {
  return currencies.find(([, sign]) => sign.test(text))?.[0] ?? null;
}
