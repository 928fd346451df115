import type { Context } from 'hono';
import { makeFormat } from '#base/language';
import { hour } from '#base/time';
import { type Company, getCompany } from '#domain/accounts';
import type { Link } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { type AskLimit, makeAskLimit } from './ask-limit.ts';
import { setPageHeaders } from './headers.ts';
import type { Portal } from './portal-deps.ts';
import { openToken } from './read-page.ts';
import { type Refused, renderRefused } from './said-pages.tsx';
import type { Speaker } from './speaker.ts';
import { isOwnStaff } from './visit.ts';
import { visitorLanguage } from './visitor-language.ts';
import { type Wording, wordingIn } from './wording.ts';

/** An open link with what its pages speak with. */
export interface Visit {
  readonly link: Link;
  readonly company: Company;
  readonly t: Wording;
  /** `/d/<token>` */
  readonly path: string;
}

/** What somebody at the link may post; `field` is never longer than 8000 characters. */
export interface Posted extends Visit {
  readonly field: (name: string) => string;
}

/** More than that from one address within an hour is no office. */
export function makeAnswerLimit(): AskLimit {
  return makeAskLimit(60, hour);
}

/** Opens a link for one of its further pages; null for one that does not open, or that is a duplicate of the sender's. */
export async function openVisit(deps: Portal, c: Context): Promise<Visit | null> {
  const token = c.req.param('token') ?? '';
  const opened = await openToken(deps, token);
  if (opened.kind === 'closed' || !opened.link.counted) return null;
  const { link } = opened;
  const company = await asWorker(deps.database, (tx) => getCompany(tx, link.companyId));
  if (!company) return null;
  return { link, company, t: wordingIn(visitorLanguage(c, link.language)), path: `/d/${token}` };
}

/** Reads a form; only our own page may post it: other sites are refused by what browsers tell about the origin. */
export async function readPost(deps: Portal, c: Context): Promise<Posted | null> {
  const site = c.req.header('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') return null;
  const visit = await openVisit(deps, c);
  if (!visit) return null;
  const body = await c.req.parseBody().catch(() => ({}) as Record<string, never>);
  const field = (name: string): string => {
    const value = Object.hasOwn(body, name) ? body[name] : '';
    return typeof value === 'string' ? value.slice(0, 8000) : '';
  };
  return { ...visit, field };
}

/** Why this visitor may not answer just now, as the page says it; null where he may. */
export function refusalFor(deps: Portal, c: Context, visit: Visit, limit: AskLimit): Refused | null {
  if (isOwnStaff(deps, c, visit.link)) return 'staff';
  return limit.mayAsk(deps.clientIp(c), deps.clock()) ? null : 'too_often';
}

export async function answerRefused(deps: Portal, c: Context, visit: Visit, why: Refused): Promise<Response> {
  setPageHeaders(deps, c);
  return c.html(await renderRefused(visit, why), why === 'too_often' ? 429 : 422);
}

export function speakerOfVisit({ t, company, path }: Visit, now: Date): Speaker {
  const format = makeFormat({ language: t.language, country: company.country, zone: company.timeZone, now });
  return { t, format, company, pageUrl: path };
}
