import type { Context } from 'hono';
import { openSecret, sealSecret } from '#base/crypto';
import { after, minute } from '#base/time';
import { mayTry } from '#domain/accounts';
import {
  beginSignOn,
  findSignOn,
  finishSignOn,
  getSingleSignOn,
  type SignOnDeps,
  type Way,
} from '#domain/single-sign-on';
import { asWorker } from '#stores/database';
import type { Assets } from '../assets/bundle.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type CompanySignInModel, CompanySignInScreen } from '../screens/company-sign-in.tsx';
import { forgetCookie, groundOf, keepCookie, readCookie } from '../staff/cookies.ts';
import { isSameVisit } from '../staff/csrf.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { visitorView } from '../staff/make-view.ts';
import { ownPath, page } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { enter } from './enter.ts';

type C = Context<StaffEnv>;

const cookie = 'envoi_sign_on';
const patience = 15 * minute; // somebody may have to look for a second factor
const mostAsked = 20; // addresses, per network and quarter of an hour: the answer tells whether one is known
const longestAddress = 320; // RFC 5321 §4.5.3.1

/** What the browser keeps while its person is at the issuer's; sealed. */
interface Visit {
  readonly companyId: string;
  readonly way: Way;
  readonly back: string;
  readonly until: number;
}

/** What single sign-on needs, out of what the screens have. */
export function signOnDeps({ database, senders, clock }: WebNeeds): SignOnDeps {
  return { database, key: senders.key, hostPolicy: senders.hostPolicy, now: clock };
}

/** Where an issuer sends people of a company back to: one address per company, against mix-up (RFC 9700 §4.4.2.2). */
export function returnAddress({ publicUrl }: Pick<WebNeeds, 'publicUrl'>, companyId: string): string {
  return `${publicUrl}${paths.signInWith(companyId)}/back`;
}

/** The way in by the identity service of one's company. */
export function addSingleSignOn(app: StaffApp, needs: WebNeeds, assets: Assets): void {
  for (const path of [paths.signInCompany, '/sign-in/with/*'])
    app.use(path, async (c, next) => {
      c.set('view', visitorView(needs, assets, c));
      return next();
    });
  app.get(paths.signInCompany, async (c) => {
    const back = ownPath(c.req.query('next'), paths.home);
    const companyId = c.req.query('with');
    const go = companyId ? await goTo(needs, companyId, back) : null;
    return show(c, { email: '', back, go, isNeeded: go !== null, errors: {} });
  });
  app.post(paths.signInCompany, (c) => find(needs, c));
  app.get('/sign-in/with/:company', (c) => leave(needs, c));
  app.get('/sign-in/with/:company/back', (c) => comeBack(needs, c));
}

/**
 * Names the issuer and lets the person go there by a link: the content policy lets no form lead elsewhere, and whoever types a password there
 * should see where.
 */
async function find(needs: WebNeeds, c: C): Promise<Response> {
  const { t } = c.var.view;
  const form = await readForm(c);
  const email = form.text('email').trim().slice(0, longestAddress);
  const back = ownPath(form.text('back'), paths.home);
  const refuse = (text: string, status: 403 | 422 | 429) =>
    show(c, { email, back, go: null, isNeeded: false, errors: { '': text } }, status);
  if (!(await isSameVisit(needs, c))) return refuse(t('signIn.stale'), 403);
  if (!(await mayTry(needs.database, `sign-on:${needs.clientIp(c)}`, mostAsked, needs.clock())))
    return refuse(t('signIn.tooMany'), 429);
  const companyId = await findSignOn(signOnDeps(needs), email);
  const go = companyId && (await goTo(needs, companyId, back));
  if (!go) return refuse(t('signOn.wrong.unknown'), 422);
  return show(c, { email, back, go, isNeeded: false, errors: {} });
}

async function goTo(needs: WebNeeds, companyId: string, back: string): Promise<CompanySignInModel['go']> {
  const found = await asWorker(needs.database, (tx) => getSingleSignOn(tx, companyId));
  const next = back === paths.home ? '' : `?next=${encodeURIComponent(back)}`;
  return found && { url: `${paths.signInWith(companyId)}${next}`, host: new URL(found.issuer).host };
}

async function leave(needs: WebNeeds, c: C): Promise<Response> {
  const companyId = c.req.param('company') ?? '';
  const redirectUri = returnAddress(needs, companyId);
  const begun = await beginSignOn(signOnDeps(needs), companyId, redirectUri);
  if (!begun.ok) return refused(needs, c, { reason: begun.reason, message: '' });
  const back = ownPath(c.req.query('next'), paths.home);
  const until = after(needs.clock(), patience).getTime();
  const visit: Visit = { companyId, way: begun.way, back, until };
  const value = sealSecret(needs.senders.key, cookie, JSON.stringify(visit)).toString('base64url');
  keepCookie(c, groundOf(needs.publicUrl, c), { name: cookie, value, maxAge: patience / 1000 });
  return c.redirect(begun.url, 303);
}

async function comeBack(needs: WebNeeds, c: C): Promise<Response> {
  const companyId = c.req.param('company') ?? '';
  const visit = takeVisit(needs, c);
  const parameters = new URL(c.req.url).searchParams;
  if (visit?.companyId !== companyId || parameters.get('state') !== visit.way.state)
    return refused(needs, c, { reason: 'sign_on_stale', message: 'another visit' });
  const redirectUri = returnAddress(needs, companyId);
  const way = { ...visit.way, until: new Date(visit.until) };
  const came = await finishSignOn(signOnDeps(needs), companyId, way, { parameters, redirectUri });
  if (!came.ok) return refused(needs, c, came);
  await enter(needs, c, { userId: came.userId, companyId, bySingleSignOn: true });
  return c.redirect(visit.back, 303);
}

/** What this browser took along, once; null when it took nothing. */
function takeVisit(needs: WebNeeds, c: C): Visit | null {
  const ground = groundOf(needs.publicUrl, c);
  const value = readCookie(c, ground, cookie);
  if (value === undefined) return null;
  forgetCookie(c, ground, cookie);
  try {
    return JSON.parse(openSecret(needs.senders.key, cookie, Buffer.from(value, 'base64url'))) as Visit;
  } catch {
    return null;
  }
}

function refused(
  needs: WebNeeds,
  c: C,
  { reason, message }: { readonly reason: string; readonly message: string },
): Promise<Response> {
  const { t } = c.var.view;
  const companyId = c.req.param('company');
  needs.log.warn({ companyId, reason, message }, 'single sign-on let nobody in');
  const key = `signOn.wrong.${reason}`;
  const errors = { '': t.has(key) ? t(key) : t('signOn.wrong.unknown') };
  return show(c, { email: '', back: paths.home, go: null, isNeeded: false, errors }, 422);
}

function show(c: C, model: CompanySignInModel, status: 200 | 403 | 422 | 429 = 200): Promise<Response> {
  return page(c, <CompanySignInScreen view={c.var.view} model={model} />, status);
}
