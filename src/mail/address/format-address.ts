import { checkAddress, controlCharacter } from './check-address.ts';
import { encodeWords, isPlainHeaderText } from './encode-words.ts';

const anyForm = { allowLiteral: true, allowSingleLabel: true } as const;
/** Beyond this a quoted name would not fit a line of 78 with its address, and quoted text should not be folded. */
const maxQuotedCharacters = 60;

/**
 * A mailbox as it stands in From, To, Cc or Reply-To: `Anna <anna@example.com>`, the name quoted or encoded where it
 * must be (RFC 5322 §3.4, RFC 2047), the domain as A-labels, a local part beyond ASCII as it is (RFC 6532).
 * Line ends and controls in the name become blanks. Throws on an address that does not pass `parseAddress`: that
 * check belongs to the edge.
 */
export function formatAddress(name: string, address: string): string {
  const checked = checkAddress(address, anyForm);
  if (!checked.ok) throw new TypeError(`not an address for a header: ${checked.reason}`);
  const wire = `${checked.local}@${checked.asciiDomain}`;
  const clean = name.replace(new RegExp(controlCharacter.source, 'g'), ' ').replace(/ +/g, ' ').trim();
  return clean === '' ? wire : `${formatPhrase(clean)} <${wire}>`;
}

function formatPhrase(name: string): string {
  if (!isPlainHeaderText(name) || name.length > maxQuotedCharacters) return encodeWords(name);
  if (/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/.test(name)) return name;
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}
