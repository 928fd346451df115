import { isIPv4 } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import ipaddr from 'ipaddr.js';
import type { Caller } from '#entrypoints/portal';

/**
 * Makes the function that says who calls: the address of the connection, or, when that is a trusted proxy, the last address in
 * X-Forwarded-For that is not one. Nobody else's word is taken.
 */
export function makeClientIp(trustedProxies: readonly string[]): (c: Caller) => string {
  const trusted = trustedProxies.map((range) =>
    ipaddr.parseCIDR(range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`),
  );
  const isTrusted = (address: string): boolean => {
    if (trusted.length === 0 || !ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return trusted.some((range) => parsed.kind() === range[0].kind() && parsed.match(range));
  };
  return (c) => {
    const direct =
      (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '127.0.0.1';
    if (!isTrusted(direct)) return plain(direct);
    const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
    const client = forwarded.reverse().find((address) => ipaddr.isValid(address) && !isTrusted(address));
    return plain(client ?? direct);
  };
}

/** `::ffff:192.0.2.1` is `192.0.2.1`. */
function plain(address: string): string {
  const short = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  if (isIPv4(short)) return short; // nearly all: the full reading takes ten times as long
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}
