import type { Context, MiddlewareHandler } from 'hono';
import { equalInConstantTime, hmac, randomToken } from '#base/crypto';
import { isCsrfToken } from '#domain/accounts';
import type { WebNeeds } from '../needs.ts';
import { gate, groundOf, offerGate, readCookie } from './cookies.ts';
import type { StaffEnv } from './env.ts';
import { answerProblem } from './page.tsx';
import { readForm } from './read-form.ts';

type Needs = Pick<WebNeeds, 'staffKey' | 'publicUrl'>;

/** Lets a deed of a signed-in person through when it comes from a page of ours: right origin and the session's token. */
export function sameSession(needs: Needs): MiddlewareHandler<StaffEnv> {
  return async (c, next) => {
    if (isReading(c)) return next();
    const token = isOwnOrigin(needs, c) ? await tokenOf(c) : '';
    return isCsrfToken(c.var.session, token) ? next() : answerProblem(c, 'stale_form', { status: 403 });
  };
}

/** The same before anybody is signed in: the token belongs to a cookie of this visit. */
export async function isSameVisit(needs: Needs, c: Context): Promise<boolean> {
  const value = readCookie(c, groundOf(needs.publicUrl, c), gate);
  if (value === undefined || !isOwnOrigin(needs, c)) return false;
  return equalInConstantTime(Buffer.from(gateToken(needs, value)), Buffer.from(await tokenOf(c)));
}

/** The token for a form that is shown before the sign-in; keeps the visit's cookie. */
export function openGate(needs: Needs, c: Context): string {
  const ground = groundOf(needs.publicUrl, c);
  const value = readCookie(c, ground, gate) ?? randomToken();
  offerGate(c, ground, value);
  return gateToken(needs, value);
}

export function isReading(c: Context): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD';
}

/** Browsers say where a request comes from (Fetch Metadata; RFC 6454 §7); programs do not, and need the token all the same. */
function isOwnOrigin({ publicUrl }: Needs, c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = c.req.header('origin');
  if (origin === undefined) return true;
  return origin === new URL(publicUrl).origin || origin.replace(/^https?:\/\//, '') === c.req.header('host');
}

async function tokenOf(c: Context): Promise<string> {
  return c.req.header('x-csrf-token') ?? (await readForm(c)).text('csrf');
}

function gateToken({ staffKey }: Needs, value: string): string {
  return hmac(staffKey, 'gate', value).toString('base64url');
}
