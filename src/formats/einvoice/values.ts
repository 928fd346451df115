/** A decimal number as the file has it, without plus sign or bare point; null when it is none. At most 18 digits before the point. */
export function decimalOf(text: string | null): string | null {
  const match = /^([+-]?)(\d{0,18})(?:\.(\d{0,12}))?$/.exec(text ?? '');
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (!match || (whole === '' && fraction === '')) return null;
  return `${sign === '-' ? '-' : ''}${whole || '0'}${fraction ? `.${fraction}` : ''}`;
}

/** Adds decimal strings exactly; null when there are none or one is missing. */
export function sumOf(amounts: readonly (string | null)[]): string | null {
  if (amounts.length === 0 || amounts.includes(null)) return null;
  const places = Math.max(...amounts.map((amount) => amount!.split('.')[1]?.length ?? 0));
  const sum = amounts.reduce((total, amount) => total + scaled(amount!, places), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return sum < 0n ? `-${text}` : text;
}

function scaled(amount: string, places: number): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(places, '0'));
  return amount.startsWith('-') ? -value : value;
}

/** `YYYY-MM-DD` from an xs:date or xs:dateTime, its zone left aside (the date that is written is meant), or null. */
export function isoDateOf(text: string | null): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|[TZ+-])/.exec(text ?? '');
  return match ? dateOf(match[1]!, match[2]!, match[3]!) : null;
}

/** `YYYY-MM-DD` from `YYYYMMDD`, optionally with a time behind it (UN/EDIFACT 2379 formats 102, 203, 204), or null. */
export function compactDateOf(text: string | null): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:\d{4}(?:\d{2})?)?$/.exec(text ?? '');
  return match ? dateOf(match[1]!, match[2]!, match[3]!) : null;
}

/** `YYYY-MM-DD` when that day exists, else null. */
export function dateOf(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

/** An ISO 4217 code, or null. */
export function currencyOf(text: string | null): string | null {
  return text && /^[A-Z]{3}$/.test(text.toUpperCase()) ? text.toUpperCase() : null;
}

/** An ISO 3166 code, or null. */
export function countryOf(text: string | null): string | null {
  return text && /^[A-Z]{2}$/.test(text.toUpperCase()) ? text.toUpperCase() : null;
}

/** The strings that look like e-mail addresses, each once; `mailto:` is dropped. */
export function emailsOf(texts: readonly (string | null)[]): string[] {
  const addresses = texts
    .map((text) => (text ?? '').replace(/^mailto:/i, '').trim())
    .filter((text) => text.length <= 254 && /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/.test(text));
  const seen = new Set<string>();
  return addresses.filter((address) => {
    const key = address.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}
