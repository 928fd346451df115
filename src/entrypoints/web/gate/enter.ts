import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import { randomToken } from '#base/crypto';
import { makeFormat } from '#base/language';
import { after, day, second } from '#base/time';
import { getCompany, getUser, listMemberships, openSession, sessionLife } from '#domain/accounts';
import { makeStaffMark, networkOf, staffCookie } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { wordAgent } from '../settings/word-agent.ts';
import {
  browserCookie,
  groundOf,
  keepCookie,
  markCookie,
  readCookie,
  sessionCookie,
} from '../staff/cookies.ts';
import type { StaffEnv } from '../staff/env.ts';
import { staffTexts } from '../texts/index.ts';
import { mailAccount } from './account-mail.ts';

const markLife = 400 * day; // browsers cut cookies at 400 days (RFC 6265bis §5.5)

/**
 * Lets somebody in whose proofs were checked: opens a session, keeps it in the browser, and marks the browser as staff for the portal, so that
 * own visits never count.
 */
export async function enter(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  who: { readonly userId: string; readonly companyId: string; readonly bySingleSignOn?: boolean },
): Promise<void> {
  const ground = groundOf(needs.publicUrl, c);
  const mark = readCookie(c, ground, browserCookie) ?? randomToken();
  const from = {
    agent: c.req.header('user-agent') ?? '',
    network: networkOf(needs.clientIp(c)) ?? '',
    mark,
  };
  const session = await openSession(needs.database, who, from, needs.clock());
  if (session.isNewBrowser) await tellOwner(needs, who, from);
  keepCookie(c, ground, { name: sessionCookie, value: session.token, maxAge: sessionLife / second });
  keepCookie(c, ground, { name: browserCookie, value: mark, maxAge: markLife / second });
  const value = await staffMark(needs, who);
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

/** So that a stolen password is noticed: by mail to whoever it belongs to. */
async function tellOwner(
  needs: WebNeeds,
  { userId, companyId }: { readonly userId: string; readonly companyId: string },
  from: { readonly agent: string; readonly network: string },
): Promise<void> {
  const { user, company } = await asWorker(needs.database, async (tx) => ({
    user: await getUser(tx, userId),
    company: await getCompany(tx, companyId),
  }));
  if (!user || !company) return;
  const { language } = user;
  const t = staffTexts(language);
  const format = makeFormat({
    language,
    country: company.country,
    zone: company.timeZone,
    now: needs.clock(),
  });
  const browser = wordAgent(from.agent) ?? t('sessions.unknown');
  const facts = { browser, network: from.network || '?', at: format.dateTime(needs.clock()) };
  await mailAccount(needs, {
    companyId,
    address: user.email,
    language,
    subject: t('accountMail.signIn.subject'),
    sentences: [t('accountMail.signIn.text', facts), t('accountMail.signIn.you')],
    link: {
      text: t('accountMail.signIn.link'),
      url: `${needs.publicUrl}${paths.settingsProfile}#sessions`,
    },
  });
}

/** The page that sends somebody on whose company lets him in by its single sign-on only. */
export function neededPath(companyId: string, back: string): string {
  return `${paths.signInCompany}?${new URLSearchParams({ with: companyId, next: back })}`;
}

export function isPortalElsewhere({ publicUrl, portalUrl }: WebNeeds): boolean {
  return new URL(portalUrl).host !== new URL(publicUrl).host;
}

async function staffMark(needs: WebNeeds, who: Parameters<typeof enter>[2]): Promise<string> {
  const companies = await asWorker(needs.database, (tx) => listMemberships(tx, who.userId));
  const ids = who.bySingleSignOn ? [who.companyId] : companies.map((one) => one.companyId);
  return makeStaffMark(needs.staffKey, ids, after(needs.clock(), markLife));
}
