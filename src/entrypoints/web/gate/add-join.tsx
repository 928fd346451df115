import type { Context } from 'hono';
import { acceptInvitation, hasSecondFactor, listMemberships, readInvitation } from '#domain/accounts';
import { asWorker } from '#stores/database';
import type { Assets } from '../assets/bundle.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { JoinScreen } from '../screens/join.tsx';
import { isSameVisit } from '../staff/csrf.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { visitorView } from '../staff/make-view.ts';
import { page } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';
import { enter, neededPath } from './enter.ts';

type C = Context<StaffEnv>;

const longestField = 1000;

/** The way in for somebody who was invited, or who was given a link to set a new password. Looking at it uses nothing up. */
export function addJoin(app: StaffApp, needs: WebNeeds, assets: Assets): void {
  app.use(paths.join, async (c, next) => {
    c.set('view', visitorView(needs, assets, c));
    // The token must not travel on in the address of a page that is linked from here.
    c.header('Referrer-Policy', 'no-referrer');
    return next();
  });
  app.get(paths.join, (c) => show(needs, c, c.req.query('token') ?? '', '', {}));
  app.post(paths.join, async (c) => {
    const form = await readForm(c);
    const { view } = c.var;
    const [token, name, password] = [form.text('token'), form.text('name').trim(), form.text('password')];
    if (!(await isSameVisit(needs, c))) return show(needs, c, token, name, { '': view.t('signIn.stale') });
    if (Math.max(token.length, name.length, password.length) > longestField)
      return show(needs, c, token, '', { '': wrong(view, 'too_long') });
    const [firstName = '', ...rest] = name.split(/\s+/);
    const joining = { token, password, firstName, lastName: rest.join(' '), language: view.language };
    const joined = await acceptInvitation(needs.database, joining, needs.clock());
    if (!joined.ok) {
      const field = joined.reason === 'required' ? 'name' : 'password';
      return show(needs, c, token, name, { [field]: wrong(view, joined.reason) });
    }
    const { userId, companyId } = joined;
    // A link and a password are one proof: who has a second one signs in with both.
    if (await hasSecondFactor(needs.database, userId)) return c.redirect(paths.signIn, 303);
    const own = await asWorker(needs.database, (tx) => listMemberships(tx, userId));
    if (own.find((one) => one.companyId === companyId)?.needsSingleSignOn)
      return c.redirect(neededPath(companyId, paths.home), 303);
    await enter(needs, c, { userId, companyId });
    return c.redirect(paths.home, 303);
  });
}

async function show(needs: WebNeeds, c: C, token: string, name: string, errors: Errors): Promise<Response> {
  const known =
    token.length > longestField ? null : await readInvitation(needs.database, token, needs.clock());
  const link = known && {
    token,
    email: known.email,
    companyName: known.companyName,
    purpose: known.purpose,
    hasAccount: known.hasAccount,
  };
  const status = Object.keys(errors).length > 0 ? 422 : link ? 200 : 404;
  return page(c, <JoinScreen view={c.var.view} model={{ link, name, errors }} />, status);
}
