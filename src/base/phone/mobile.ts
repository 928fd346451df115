import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';

/** As numbers are kept: E.164, at most fifteen digits behind a plus sign (ITU-T E.164 §6.2.1). */
export const mobileForm = /^\+[1-9]\d{6,14}$/;

const longest = 40;

/**
 * Reads the number of a mobile phone as people write it, with its country's code (`+32 475 12 34 56`, `0032 475…`): returns it in E.164.
 * Null for what is none by the numbering plans that libphonenumber knows: no country's code, a fixed line, too long, an extension.
 */
export function readMobile(text: string): string | null {
  const typed = text.trim().replace(/^00/, '+');
  if (typed.length > longest || !typed.startsWith('+')) return null;
  const number = parsePhoneNumberFromString(typed, { extract: false });
  return number?.isValid() && !number.ext ? number.number : null;
}

/** An E.164 number as people read it: `+32 475 12 34 56`. */
export function shownMobile(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/** The last digits, by which somebody knows his own number and nobody else learns it. */
export function tailOfMobile(e164: string): string {
  return e164.slice(-2);
}
