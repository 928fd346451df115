/** A decimal string as it may stand in an amount: 15 digits before the point and 6 after hold any sum of any currency. */
const decimal = /^-?\d{1,15}(\.\d{1,6})?$/;

/** Tells whether a text is an amount: `-12.50`, no thousands separator, no exponent. */
export function isDecimal(text: string): boolean {
  return decimal.test(text);
}

/** Compares two decimal strings by value: negative, 0 or positive, so that `1.50` equals `1.5`. */
export function compareDecimals(a: string, b: string): number {
  const places = Math.max(placesOf(a), placesOf(b));
  const difference = scaled(a, places) - scaled(b, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function placesOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

function scaled(text: string, places: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}
