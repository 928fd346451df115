/** Tells whether a text without blanks is an IBAN: its form and its check digits (ISO 13616, ISO 7064 mod 97-10). */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  const digits = (text.slice(4) + text.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

/** An IBAN as it was typed, without blanks and in capitals. */
export function normaliseIban(typed: string): string {
  return typed.replace(/[\s.-]/g, '').toUpperCase();
}

/** In groups of four, as it stands on paper (ISO 13616 §7). */
export function groupIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ');
}

/** Tells whether a text is a BIC of 8 or 11 characters (ISO 9362). */
export function isBic(text: string): boolean {
  return /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text);
}
