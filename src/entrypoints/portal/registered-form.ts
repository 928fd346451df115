import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { equalInConstantTime, hmac } from '#base/crypto';
import type { Portal } from './portal-deps.ts';
import { isHttps } from './visit.ts';

/** The form of a page of ours, posted by it: same origin, and with the token of this browser's session. */
export async function postedForm(deps: Portal, c: Context): Promise<URLSearchParams | null> {
  if (!isFromPage(c)) return null;
  const form = new URLSearchParams(await c.req.text());
  const expected = csrfOf(deps, getCookie(c, cookieOf(deps)) ?? '');
  return equalInConstantTime(Buffer.from(form.get('csrf') ?? ''), Buffer.from(expected)) ? form : null;
}

export function isFromPage(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  return site === undefined || site === 'same-origin';
}

export function csrfOf(deps: Portal, session: string): string {
  return hmac(deps.linkKey, 'registered form', session).toString('base64url');
}

export function keepSession(deps: Portal, c: Context, session: string): void {
  deleteCookie(c, cookieOf(deps), { path: '/', secure: isHttps(deps) });
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: isHttps(deps),
    maxAge: 3600,
  } as const;
  setCookie(c, cookieOf(deps), session, options);
}

export function cookieOf(deps: Portal): string {
  return isHttps(deps) ? '__Host-envoi_delivery' : 'envoi_delivery';
}

/** The address of the page that was asked for. */
export function pathOf(c: Context): string {
  return `/r/${encodeURIComponent((c.req.param('token') ?? '').slice(0, 100))}`;
}
