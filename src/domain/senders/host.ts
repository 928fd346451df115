import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';

/** Which mail servers may be dialed. Refuse private networks where strangers can set up senders. */
export interface HostPolicy {
  readonly privateNetworks: 'allowed' | 'refused';
}

/** Somebody who hosts for himself has his mail server next door, often on the same machine. */
export const selfHosted: HostPolicy = { privateNetworks: 'allowed' };

/**
 * Takes what a person typed and returns the name in lower-case A-labels or the bare IP address; null for everything
 * else: a scheme, a port, spaces, a path, more than 253 characters (RFC 1123 §2.1, RFC 5890).
 */
export function normaliseHost(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || text.length > 253 || /[\s/\\@?#%,;]/.test(text)) return null;
  const literal = text.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal)) return literal.toLowerCase();
  const ascii = /[^\x21-\x7e]/.test(text) ? domainToASCII(text) : text.toLowerCase();
  const name = ascii.replace(/\.$/, '');
  const labels = name.split('.');
  if (!labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?$/.test(label))) return null;
  // `127.1` and `0x7f000001` are addresses to the system's resolver: they must not pass as names.
  return /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') ? null : name;
}

/**
 * Tells whether a normalised host may be dialed. For a name it knows only what the name itself says; its addresses are
 * judged by `addressAllowed` when it is resolved, so that a name cannot be pointed inwards afterwards.
 */
export function hostAllowed(host: string, policy: HostPolicy): boolean {
  if (isIP(host)) return addressAllowed(host, policy);
  if (policy.privateNetworks === 'allowed') return true;
  // RFC 6761 §6.3, RFC 6762 §3, RFC 8375: names that only exist inside; a single label is a name inside as well.
  return host.includes('.') && !/(^|\.)(localhost|local|internal|home\.arpa)$/.test(host);
}

/** RFC 4291 §2.5.5.1: `::a.b.c.d`, given up long ago; some systems still take it for the IPv4 address in it. */
function isCompatible(bytes: readonly number[]): boolean {
  return bytes.length === 16 && bytes.slice(0, 12).every((byte) => byte === 0);
}

/**
 * Tells whether an IP address may be dialed: never multicast, broadcast, unspecified or link-local (cloud machines
 * answer with their own credentials on 169.254.169.254); loopback and private networks as the policy says.
 */
export function addressAllowed(address: string, policy: HostPolicy): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'unicast') return !isCompatible(parsed.toByteArray());
  // RFC 6052 §2.1: behind NAT64, 64:ff9b::/96 stands for the IPv4 address at its end, which has to be a public one (§3.1).
  if (range === 'rfc6052' && /^64:ff9b:(?:0:){4}/.test(parsed.toNormalizedString()))
    return ipaddr.fromByteArray(parsed.toByteArray().slice(-4)).range() === 'unicast';
  return (
    policy.privateNetworks === 'allowed' &&
    (range === 'loopback' || range === 'private' || range === 'uniqueLocal' || range === 'carrierGradeNat')
  );
}
