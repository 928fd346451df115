/**
 * Reads an amount as people type it ("1.284,00", "1,284.00", "1 284 €", "1'284.50") into a decimal string. One separator
 * before exactly three digits groups thousands, every other last one is the decimal. What is no amount comes back as it
 * was, trimmed, for the rules to refuse.
 */
export function typedAmount(text: string): string {
  const bare = text.replace(/[\s\u00A0\u202F'’]|[€$£]|\b[A-Z]{3}\b/gu, '').replace(/^\u2212/, '-');
  const [, sign, digits] = /^(-?)(\d[\d.,]*)$/.exec(bare) ?? [];
  if (digits === undefined) return text.trim();
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (last < 0) return `${sign}${digits}`;
  const separator = digits.charAt(last);
  const isRepeated = digits.indexOf(separator) < last;
  const isGroup = isRepeated || (isOnlyKind(digits, separator) && digits.length - last === 4 && last <= 3);
  const whole = isGroup ? digits : digits.slice(0, last);
  const decimals = isGroup ? '' : digits.slice(last + 1);
  if (!/^\d{1,3}([.,]?\d{3})*$|^\d+$/.test(whole)) return text.trim();
  const plain = whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '');
  return `${sign}${plain}${decimals === '' ? '' : `.${decimals}`}`;
}

function isOnlyKind(digits: string, separator: string): boolean {
  return !digits.includes(separator === '.' ? ',' : '.');
}
