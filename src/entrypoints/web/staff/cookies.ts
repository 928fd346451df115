import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/**
 * How cookies can be kept at the address that this request came to:
 * - `secure`: over https, under `__Host-` names;
 * - `loopback`: http on this machine, where most browsers take Secure cookies and Safari does not: both names are tried;
 * - `plain`: http in a network, where every browser refuses Secure cookies.
 */
export type Ground = 'secure' | 'loopback' | 'plain';

/** Says how cookies can be kept here. The scheme is that of PUBLIC_URL where the request came to its host. */
export function groundOf(publicUrl: string, c: Context): Ground {
  const host = (c.req.header('host') ?? '').toLowerCase();
  const known = new URL(publicUrl);
  if (host === known.host && known.protocol === 'https:') return 'secure';
  const name = host.replace(/:\d+$/, '');
  // W3C Secure Contexts §3.1: these are trustworthy without TLS.
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(name) || name.endsWith('.localhost');
  return isHere ? 'loopback' : 'plain';
}

/** The value of one of our cookies, or undefined. A plain one does not count where a safe one can be kept. */
export function readCookie(c: Context, ground: Ground, name: string): string | undefined {
  const safe = ground === 'plain' ? undefined : getCookie(c, `__Host-${name}`);
  return safe ?? (ground === 'secure' ? undefined : getCookie(c, name));
}

/**
 * Sets a cookie for this host only. On loopback the safe name is used when the browser has brought one back already
 * (`gate` is the cookie that is offered under both names before the sign-in), else the plain one.
 */
export function keepCookie(
  c: Context,
  ground: Ground,
  cookie: { readonly name: string; readonly value: string; readonly maxAge?: number },
): void {
  const isSafe =
    ground === 'secure' || (ground === 'loopback' && getCookie(c, `__Host-${gate}`) !== undefined);
  write(c, isSafe ? `__Host-${cookie.name}` : cookie.name, isSafe, cookie);
}

/** Offers the first cookie of a visit under each name that this browser might keep. */
export function offerGate(c: Context, ground: Ground, value: string): void {
  if (ground !== 'plain') write(c, `__Host-${gate}`, true, { value });
  if (ground !== 'secure') write(c, gate, false, { value });
}

export function forgetCookie(c: Context, ground: Ground, name: string): void {
  if (ground !== 'plain') deleteCookie(c, `__Host-${name}`, { path: '/', secure: true });
  deleteCookie(c, name, { path: '/' });
}

/** Ties the form of a visitor who is not signed in to his browser. */
export const gate = 'envoi_gate';
/** A staff mark that still has to reach the portal's own host. */
export const markCookie = 'envoi_mark';
/** Tells a browser that a person has signed in with before from a new one. It opens nothing. */
export const browserCookie = 'envoi_browser';
/** The session. */
export const sessionCookie = 'envoi';

function write(
  c: Context,
  name: string,
  secure: boolean,
  { value, maxAge }: { readonly value: string; readonly maxAge?: number },
): void {
  setCookie(c, name, value, { httpOnly: true, sameSite: 'Lax', path: '/', secure, maxAge });
}
