import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { randomToken } from '#base/crypto';
import { isLanguage, type Language, makeFormat, negotiateLanguage } from '#base/language';
import { type Company, fullName, getCompany, listMemberships, type Session } from '#domain/accounts';
import { countReceived, isListed } from '#domain/network';
import { countOpenNotices } from '#domain/notices';
import { reachOfOverview } from '#domain/overview';
import { listSenders } from '#domain/senders';
import { asWorker, inCompany, type Tx } from '#stores/database';
import type { Assets } from '../assets/bundle.ts';
import { places, type Theme, type View } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import { staffTexts } from '../texts/index.ts';
import { forgetCookie, groundOf, markCookie, readCookie } from './cookies.ts';
import { isReading, openGate } from './csrf.ts';
import { takeFlash } from './flash.ts';

/** The view of a page before the sign-in: the visitor's language, and a token of this visit for its form. */
export function visitorView(needs: WebNeeds, assets: Assets, c: Context): View {
  const language = visitorLanguage(c);
  return {
    ...common(c, assets),
    t: staffTexts(language),
    format: makeFormat({ language, zone: 'UTC', now: needs.clock() }),
    language,
    user: null,
    company: null,
    otherCompanies: [],
    csrf: openGate(needs, c),
    counts: {},
    sandboxed: false,
    logIndex: 0,
    flash: takeFlash(needs, c),
  };
}

/**
 * The view of a signed-in person's page. Its log index is read before anything else of the page is, so that whatever
 * happens meanwhile reaches the page by the live line.
 */
export async function staffView(
  needs: WebNeeds,
  assets: Assets,
  c: Context,
  session: Session,
): Promise<{ view: View; company: Company }> {
  const { company, ...known } = await readKnown(needs, session);
  const { language } = session.user;
  const { country, timeZone: zone } = company;
  const view: View = {
    ...common(c, assets),
    ...known,
    t: staffTexts(language),
    format: makeFormat({ language, country, zone, now: needs.clock() }),
    language,
    user: { id: session.user.id, name: fullName(session.user), email: session.user.email },
    company: { id: company.id, name: company.name },
    isOperator: session.isOperator,
    csrf: session.csrfToken,
    flash: takeFlash(needs, c),
    staffMark: takeStaffMark(needs, c),
  };
  return { view, company };
}

/** Where the portal has a host of its own, signing in leaves the mark for it to this page. */
function takeStaffMark(needs: WebNeeds, c: Context): string | null {
  const ground = groundOf(needs.publicUrl, c);
  const mark = isReading(c) ? readCookie(c, ground, markCookie) : undefined;
  if (mark === undefined) return null;
  forgetCookie(c, ground, markCookie);
  return `${needs.portalUrl}/staff/${mark}.svg`;
}

async function readKnown(needs: WebNeeds, { companyId, user, bySingleSignOn }: Session) {
  const [otherCompanies, known] = await Promise.all([
    bySingleSignOn ? [] : readOthers(needs, companyId, user.id),
    inCompany(needs.database, companyId, async (tx) => {
      const logIndex = await reachOfOverview(tx);
      const company = await getCompany(tx, companyId);
      if (!company) throw new Error(`Company ${companyId} of a session does not exist.`);
      const usual = (await listSenders(tx, companyId)).find((sender) => sender.isDefault);
      const sandboxed = usual === undefined || usual.method === 'sandbox';
      const counts = await readCounts(tx, companyId);
      const takesPart = counts.received !== undefined || (await isListed(tx, companyId));
      const shown = places.filter((place) => place !== 'received' || takesPart);
      return { logIndex, company, sandboxed, counts, places: shown };
    }),
  ]);
  return { ...known, otherCompanies };
}

/** The numbers beside the places; each costs one look into a small index. */
export async function readCounts(tx: Tx<WebTables>, companyId: string): Promise<View['counts']> {
  const received = await countReceived(tx, companyId);
  const all = received.new + received.accepted + received.rejected;
  return {
    notices: await countOpenNotices(tx, companyId),
    ...(all > 0 ? { received: received.new } : {}),
  };
}

function readOthers({ database }: WebNeeds, companyId: string, userId: string) {
  return asWorker(database, async (tx) => {
    const ids = (await listMemberships(tx, userId)).map((one) => one.companyId);
    const companies = await Promise.all(ids.filter((id) => id !== companyId).map((id) => getCompany(tx, id)));
    return companies.flatMap((one) => (one ? [{ id: one.id, name: one.name }] : []));
  });
}

function common(c: Context, { style, script, liveWorker }: Assets) {
  const url = new URL(c.req.url);
  return {
    path: `${url.pathname}${url.search}`,
    theme: readTheme(c),
    assets: { style, script, liveWorker },
    nonce: randomToken(16),
  };
}

function readTheme(c: Context): Theme {
  const theme = getCookie(c, 'theme');
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

function visitorLanguage(c: Context): Language {
  const asked = c.req.query('language') ?? getCookie(c, 'language') ?? '';
  return isLanguage(asked) ? asked : negotiateLanguage(c.req.header('accept-language'), 'en');
}
