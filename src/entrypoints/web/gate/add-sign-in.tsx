import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import { isLanguage } from '#base/language';
import { isEmptyInstallation, passkeySite, readSession, signIn, signOut } from '#domain/accounts';
import type { Assets } from '../assets/bundle.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { SignInScreen } from '../screens/sign-in.tsx';
import { forgetCookie, groundOf, readCookie, sessionCookie } from '../staff/cookies.ts';
import { isSameVisit } from '../staff/csrf.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { visitorView } from '../staff/make-view.ts';
import { ownPath, page } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { enter, neededPath } from './enter.ts';
import { makeTicket, showSecondStep } from './ticket.tsx';

type C = Context<StaffEnv>;

const longestField = 1000;

/** The way in, and out again. */
export function addSignIn(app: StaffApp, needs: WebNeeds, assets: Assets): void {
  app.get(paths.signIn, async (c) => {
    if (await isEmptyInstallation(needs.database)) return c.redirect(paths.setUp, 303);
    const back = ownPath(c.req.query('next'), paths.home);
    if (await hasSession(needs, c)) return c.redirect(back, 303);
    const language = c.req.query('language');
    if (language && isLanguage(language))
      setCookie(c, 'language', language, { path: '/', maxAge: 31_536_000 });
    return showSignIn(needs, assets, c, { back, errors: {} });
  });
  app.post(paths.signIn, async (c) => {
    const form = await readForm(c);
    const typed = { email: form.text('email').trim(), back: ownPath(form.text('back'), paths.home) };
    const refuse = (key: 'wrong' | 'tooMany' | 'stale', status: 403 | 422 | 429): Promise<Response> => {
      c.set('view', visitorView(needs, assets, c));
      return showSignIn(
        needs,
        assets,
        c,
        { ...typed, errors: { '': c.var.view.t(`signIn.${key}`) } },
        status,
      );
    };
    if (!(await isSameVisit(needs, c))) return refuse('stale', 403);
    const password = form.text('password');
    if (Math.max(typed.email.length, password.length) > longestField) return refuse('wrong', 422);
    const input = { email: typed.email, password, network: needs.clientIp(c) };
    const entered = await signIn(needs.database, input, needs.clock());
    if (!entered.ok && entered.reason === 'code_needed') {
      c.set('view', visitorView(needs, assets, c));
      return showSecondStep(c, { ticket: makeTicket(needs, entered), back: typed.back, errors: {} });
    }
    if (!entered.ok && entered.reason === 'single_sign_on_needed')
      return c.redirect(neededPath(entered.companyId, typed.back), 303);
    if (!entered.ok)
      return entered.reason === 'too_many_tries' ? refuse('tooMany', 429) : refuse('wrong', 422);
    await enter(needs, c, entered);
    return c.redirect(typed.back, 303);
  });
}

/** Leaving is a deed behind the sign-in, with the session's own token. */
export function addSignOut(app: StaffApp, needs: WebNeeds): void {
  app.post(paths.signOut, async (c) => {
    const ground = groundOf(needs.publicUrl, c);
    const token = readCookie(c, ground, sessionCookie);
    if (token) await signOut(needs.database, token);
    forgetCookie(c, ground, sessionCookie);
    return c.redirect(paths.signIn, 303);
  });
}

async function hasSession(needs: WebNeeds, c: C): Promise<boolean> {
  const token = readCookie(c, groundOf(needs.publicUrl, c), sessionCookie);
  return token !== undefined && (await readSession(needs.database, token, needs.clock())) !== null;
}

/** The sign-in with what was wrong about the last try. */
export function showSignIn(
  needs: WebNeeds,
  assets: Assets,
  c: C,
  model: { readonly email?: string; readonly back: string; readonly errors: Errors },
  status: 200 | 403 | 422 | 429 = 200,
): Promise<Response> {
  if (!c.var.view) c.set('view', visitorView(needs, assets, c));
  const isPlain = groundOf(needs.publicUrl, c) === 'plain';
  return page(
    c,
    <SignInScreen
      view={c.var.view}
      model={{ ...model, isPlain, hasKeys: passkeySite(needs.publicUrl) !== null }}
    />,
    status,
  );
}
