import { domainToASCII } from 'node:url';

/** Why a text is not an address; screens put words to these. */
export type AddressReason =
  | 'empty'
  | 'missing_at'
  | 'no_domain'
  | 'bad_domain'
  | 'bad_local'
  | 'too_long'
  | 'control_character';

/** What is let through beyond ordinary public addresses; all off by default. */
export type AddressOptions = {
  /** `user@[192.0.2.1]`: only servers on a bench are addressed like this. */
  readonly allowLiteral?: boolean;
  /** `user@mailhost`: a domain without a dot is a typing error for people, and a name inside a private network. */
  readonly allowSingleLabel?: boolean;
};

export type AddressParts = { readonly local: string; readonly domain: string; readonly asciiDomain: string };
export type CheckedAddress =
  | ({ readonly ok: true } & AddressParts)
  | { readonly ok: false; readonly reason: AddressReason };

// RFC 5321 §4.5.3.1.1 and .2; 254 follows from the 256 octets of a path with its brackets (§4.5.3.1.3).
const maxLocalOctets = 64;
const maxDomainOctets = 255;
const maxAddressOctets = 254;

/** C0, DEL, C1 and the two Unicode line ends: none of them may reach a header or a command. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must be found
export const controlCharacter = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

// RFC 5322 §3.2.3 atext, widened by RFC 6531 §3.3 to letters of other scripts but not to their spaces or formats.
const dotAtom =
  /^(?:[\w!#$%&'*+/=?^`{|}~-]|[^\p{ASCII}\s\p{C}])+(?:\.(?:[\w!#$%&'*+/=?^`{|}~-]|[^\p{ASCII}\s\p{C}])+)*$/u;
// RFC 5321 §4.1.2 Quoted-string: qtextSMTP or a quoted pair.
const quotedLocal = /^"(?:[ !#-[\]-~]|[^\p{ASCII}\s\p{C}]|\\[ -~])*"$/u;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const literal = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-f:.]{2,45})\]$/i;

/**
 * Takes one bare address (`local@domain`, nothing around it) and returns its parts, or the reason why it is none.
 * Lengths are counted in octets, the domain in the form that goes over the wire.
 */
export function checkAddress(address: string, options: AddressOptions = {}): CheckedAddress {
  if (address === '') return { ok: false, reason: 'empty' };
  if (controlCharacter.test(address)) return { ok: false, reason: 'control_character' };
  const at = address.lastIndexOf('@');
  if (at < 0) return { ok: false, reason: 'missing_at' };
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (domain === '') return { ok: false, reason: 'no_domain' };
  // Four times the limit cannot shrink below it in any encoding; keeps the patterns off megabytes.
  if (address.length > 4 * maxAddressOctets) return { ok: false, reason: 'too_long' };
  if (!dotAtom.test(local) && !quotedLocal.test(local)) return { ok: false, reason: 'bad_local' };
  const asciiDomain = readDomain(domain, options);
  if (asciiDomain === undefined) return { ok: false, reason: 'bad_domain' };
  const localOctets = Buffer.byteLength(local);
  const tooLong =
    localOctets > maxLocalOctets ||
    asciiDomain.length > maxDomainOctets ||
    localOctets + 1 + asciiDomain.length > maxAddressOctets;
  return tooLong ? { ok: false, reason: 'too_long' } : { ok: true, local, domain, asciiDomain };
}

/** The domain in lower-case A-labels, or undefined where it is not a host name that can receive mail. */
function readDomain(domain: string, options: AddressOptions): string | undefined {
  if (options.allowLiteral && literal.test(domain)) return domain;
  const isAscii = !/[^!-~]/.test(domain);
  // The converter reads `0x7f.1` as an IPv4 address and decodes percent signs, so ASCII names do not go through it
  // unless they claim to be encoded.
  const ascii = isAscii && !/(?:^|\.)xn--/i.test(domain) ? domain.toLowerCase() : convertDomain(domain);
  const labels = ascii.split('.');
  if (!labels.every((part) => label.test(part))) return undefined;
  const last = labels[labels.length - 1] ?? '';
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(last)) return undefined; // RFC 3696 §2: a top-level domain is not all-numeric
  if (labels.length === 1 && ascii !== 'localhost' && !options.allowSingleLabel) return undefined;
  return ascii;
}

function convertDomain(domain: string): string {
  return /[\s%/\\?#:@<>"[\]\p{C}]/u.test(domain) ? '' : domainToASCII(domain);
}
