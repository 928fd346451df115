/** A decimal string as it may stand in an amount: 15 digits before the point and 6 after hold any sum of any currency. */
const decimal = /^-?\d{1,15}(\.\d{1,6})?$/;

/** Tells whether a text is an amount: `-12.50`, no thousands separator, no exponent. */
export function isDecimal(text: string): boolean {
  return decimal.test(text);
}

/** Compares two decimal strings by value: negative, 0 or positive, so that `1.50` equals `1.5`. */
export function compareDecimals(a: string, b: string): number {
  const places = sharedPlaces(a, b);
  const difference = scaled(a, places) - scaled(b, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The exact difference of two decimal strings. */
export function subtractDecimals(a: string, b: string): string {
  return plain(scaled(a, sharedPlaces(a, b)) - scaled(b, sharedPlaces(a, b)), sharedPlaces(a, b));
}

/** The exact sum of decimal strings; `0` of none. */
export function sumDecimals(amounts: readonly string[]): string {
  return amounts.reduce(
    (sum, one) =>
      plain(
        scaled(sum, sharedPlaces(sum, one)) + scaled(one, sharedPlaces(sum, one)),
        sharedPlaces(sum, one),
      ),
    '0',
  );
}

function sharedPlaces(a: string, b: string): number {
  return Math.max(placesOf(a), placesOf(b));
}

function plain(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return value < 0n ? `-${text}` : text;
}

function placesOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

function scaled(text: string, places: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}
