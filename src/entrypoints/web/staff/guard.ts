import type { Context, MiddlewareHandler } from 'hono';
import { type Feature, hasFeature, isEmptyInstallation, readSession } from '#domain/accounts';
import type { Assets } from '../assets/bundle.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { groundOf, readCookie, sessionCookie } from './cookies.ts';
import { isReading } from './csrf.ts';
import type { StaffEnv } from './env.ts';
import { staffView } from './make-view.ts';
import { answerProblem } from './page.tsx';

/** Reads who is signed in; others are sent to the sign-in, or to the set-up while there is no company yet. */
export function signedIn(needs: WebNeeds, assets: Assets): MiddlewareHandler<StaffEnv> {
  return async (c, next) => {
    const token = readCookie(c, groundOf(needs.publicUrl, c), sessionCookie);
    const session = token ? await readSession(needs.database, token, needs.clock()) : null;
    if (!session) return toSignIn(needs, c);
    const { view, company } = await staffView(needs, assets, c, session);
    c.set('session', session);
    c.set('company', company);
    c.set('view', view);
    return next();
  };
}

/** A page is asked for by the browser or by Turbo; everything else is a script's question and gets no page for an answer. */
async function toSignIn(needs: WebNeeds, c: Context): Promise<Response> {
  const isPage =
    /^\/(?!fragments\/|live$|addresses$)/.test(c.req.path) && /html/.test(c.req.header('accept') ?? '');
  if (!isPage) return c.text('Sign in first.', 401);
  if (await isEmptyInstallation(needs.database)) return c.redirect(paths.setUp, 303);
  const url = new URL(c.req.url);
  const next = isReading(c) && url.pathname !== '/' ? `${url.pathname}${url.search}` : '';
  return c.redirect(next ? `${paths.signIn}?next=${encodeURIComponent(next)}` : paths.signIn, 303);
}

/** What also those may do who only read: leave, and change how their own screen looks and who gets in as themselves. */
const everybodys: ReadonlySet<string> = new Set([paths.signOut, paths.theme, paths.language, paths.company]);

function isEverybodys(path: string): boolean {
  return (
    everybodys.has(path) || path === paths.settingsProfile || path.startsWith(`${paths.settingsProfile}/`)
  );
}

/** Accountants look and change nothing. */
export function roleAllows(): MiddlewareHandler<StaffEnv> {
  return async (c, next) => {
    const isRefused = c.var.session.role === 'accountant' && !isReading(c) && !isEverybodys(c.req.path);
    return isRefused ? answerProblem(c, 'not_allowed') : next();
  };
}

/** For what only owners may see or change: keys, senders, the company itself. */
export function ownersOnly(): MiddlewareHandler<StaffEnv> {
  return async (c, next) => (c.var.session.role === 'owner' ? next() : answerProblem(c, 'not_allowed'));
}

/** For what belongs to a person's account and not to one company: out of reach of a session that a company's own identity service opened. */
export function accountOnly(): MiddlewareHandler<StaffEnv> {
  return async (c, next) => {
    const isRefused = c.var.session.bySingleSignOn && !isReading(c);
    return isRefused ? answerProblem(c, 'not_allowed', { sentence: c.var.view.t('signOn.account') }) : next();
  };
}

/**
 * For what the company's plan may hold back: whoever looks sees quietly what it would show, and nothing can be changed there. A company
 * without the feature keeps what it made before.
 */
export function planHas(feature: Feature): MiddlewareHandler<StaffEnv> {
  return async (c, next) => {
    const { company, view } = c.var;
    if (hasFeature(company, feature)) return next();
    const sentence = view.t(`plan.would.${feature}`);
    return answerProblem(c, 'not_in_plan', { sentence, status: isReading(c) ? 200 : 403 });
  };
}
