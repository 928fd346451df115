import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import { randomToken } from '#base/crypto';
import { after, day, second } from '#base/time';
import { listMemberships, openSession, sessionLife } from '#domain/accounts';
import { makeStaffMark, networkOf, staffCookie } from '#domain/tracking';
import { asWorker } from '#stores/database';
import type { WebNeeds } from '../needs.ts';
import {
  browserCookie,
  groundOf,
  keepCookie,
  markCookie,
  readCookie,
  sessionCookie,
} from '../staff/cookies.ts';
import type { StaffEnv } from '../staff/env.ts';

const markLife = 400 * day; // browsers cut cookies at 400 days (RFC 6265bis §5.5)

/**
 * Lets somebody in whose proofs were checked: opens a session, keeps it in the browser, and marks the browser as staff for the portal, so that
 * own visits never count.
 */
export async function enter(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  who: { readonly userId: string; readonly companyId: string },
): Promise<void> {
  const ground = groundOf(needs.publicUrl, c);
  const mark = readCookie(c, ground, browserCookie) ?? randomToken();
  const from = {
    agent: c.req.header('user-agent') ?? '',
    network: networkOf(needs.clientIp(c)) ?? '',
    mark,
  };
  const session = await openSession(needs.database, who, from, needs.clock());
  keepCookie(c, ground, { name: sessionCookie, value: session.token, maxAge: sessionLife / second });
  keepCookie(c, ground, { name: browserCookie, value: mark, maxAge: markLife / second });
  const value = await staffMark(needs, who.userId);
  const secure = needs.portalUrl.startsWith('https:');
  setCookie(c, staffCookie, value, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure,
    maxAge: markLife / second,
  });
  // A portal on a host of its own gets the mark by a picture on the next page.
  if (isPortalElsewhere(needs)) keepCookie(c, ground, { name: markCookie, value, maxAge: 600 });
}

export function isPortalElsewhere({ publicUrl, portalUrl }: WebNeeds): boolean {
  return new URL(portalUrl).host !== new URL(publicUrl).host;
}

async function staffMark(needs: WebNeeds, userId: string): Promise<string> {
  const companies = await asWorker(needs.database, (tx) => listMemberships(tx, userId));
  const ids = companies.map((one) => one.companyId);
  return makeStaffMark(needs.staffKey, ids, after(needs.clock(), markLife));
}
