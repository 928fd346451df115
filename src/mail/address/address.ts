import { checkAddress } from './check-address.ts';

/** A name and an address as a person would write them; the name may be empty. */
export type Mailbox = { readonly name: string; readonly address: string };

const anyForm = { allowLiteral: true, allowSingleLabel: true } as const;

/**
 * The form for envelopes and for storing: domain in lower-case A-labels (RFC 5890), as servers without SMTPUTF8 need it; local
 * part untouched.
 * A text that is no address comes back as it is, so comparing never throws.
 */
export function normaliseAddress(address: string): string {
  const checked = checkAddress(address, anyForm);
  return checked.ok ? `${checked.local}@${checked.asciiDomain}` : address;
}

/** The domain in lower-case A-labels, without the address around it; empty for a text that is no address. */
export function domainOf(address: string): string {
  const checked = checkAddress(address, anyForm);
  return checked.ok ? checked.asciiDomain : '';
}

/**
 * One string per mailbox, for unique indexes and suppressions. Case of the local part and needless quotes are
 * dropped: RFC 5321 §2.4 lets a server tell them apart, none in use does, and two mails to one person are worse.
 */
export function addressKey(address: string): string {
  const checked = checkAddress(address, anyForm);
  if (!checked.ok) return address.trim().normalize('NFC').toLowerCase();
  const plain = checked.local.startsWith('"') ? dropNeedlessQuotes(checked.local) : checked.local;
  return `${plain.normalize('NFC').toLowerCase()}@${checked.asciiDomain}`;
}

/** Tells whether two addresses reach the same mailbox as far as can be known from their spelling. */
export function sameAddress(a: string, b: string): boolean {
  return addressKey(a) === addressKey(b);
}

/** Tells whether the local part has characters that only a server with SMTPUTF8 takes (RFC 6531). */
export function needsSmtpUtf8(address: string): boolean {
  return /\P{ASCII}/u.test(address.slice(0, Math.max(address.lastIndexOf('@'), 0)));
}

// RFC 5321 §4.1.2: "joe"@x and joe@x are the same mailbox.
function dropNeedlessQuotes(local: string): string {
  const inner = local.slice(1, -1).replace(/\\(.)/g, '$1');
  return checkAddress(`${inner}@localhost`).ok && !inner.startsWith('"') ? inner : local;
}
