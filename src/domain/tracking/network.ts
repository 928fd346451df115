import ipaddr from 'ipaddr.js';

/** The address of a client in plain form (`::ffff:192.0.2.1` becomes `192.0.2.1`), or null when it is none. */
export function plainIp(ip: string): { readonly text: string; readonly family: 'ipv4' | 'ipv6' } | null {
  if (!ipaddr.isValid(ip)) return null;
  const address = ipaddr.process(ip);
  return { text: address.toString(), family: address.kind() };
}

/** The part of an address that is kept: a /24, or a /48 of version 6; null when it is no address. */
export function networkOf(ip: string): string | null {
  if (!ipaddr.isValid(ip)) return null;
  const address = ipaddr.process(ip);
  const bits = address.kind() === 'ipv4' ? 24 : 48;
  const bytes = address.toByteArray().map((byte, place) => (place < bits / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}
