import { setCookie } from 'hono/cookie';
import { isLanguage } from '#base/language';
import { changeUser, listMemberships, signOut } from '#domain/accounts';
import { asWorker } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { groundOf, readCookie, sessionCookie } from '../staff/cookies.ts';
import type { StaffApp } from '../staff/env.ts';
import { answerProblem, ownPath } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { enter, neededPath } from './enter.ts';

/** How one's own screen looks, and which of one's companies it shows. */
export function addPreferences(app: StaffApp, needs: WebNeeds): void {
  app.post(paths.theme, async (c) => {
    const form = await readForm(c);
    const theme = form.text('theme');
    if (['light', 'dark', 'auto'].includes(theme))
      // Scripts change it too (browser/theme.ts), so it is not HttpOnly.
      setCookie(c, 'theme', theme, { path: '/', maxAge: 31_536_000, sameSite: 'Lax' });
    return c.redirect(ownPath(form.text('back'), paths.home), 303);
  });
  app.post(paths.language, async (c) => {
    const form = await readForm(c);
    const language = form.text('language');
    if (isLanguage(language))
      await asWorker(needs.database, (tx) => changeUser(tx, c.var.session.user.id, { language }));
    return c.redirect(ownPath(form.text('back'), paths.home), 303);
  });
  app.post(paths.company, async (c) => {
    const companyId = (await readForm(c)).text('company');
    const userId = c.var.session.user.id;
    const own = await asWorker(needs.database, (tx) => listMemberships(tx, userId));
    const wanted = own.find((one) => one.companyId === companyId);
    // Whom a company's own identity service vouches for stays in that company.
    if (!wanted || c.var.session.bySingleSignOn) return answerProblem(c, 'not_found');
    if (wanted.needsSingleSignOn) return c.redirect(neededPath(companyId, paths.home), 303);
    // Another company is another session: what was signed in for the first one ends.
    const before = readCookie(c, groundOf(needs.publicUrl, c), sessionCookie);
    if (before) await signOut(needs.database, before);
    await enter(needs, c, { userId, companyId });
    return c.redirect(paths.home, 303);
  });
}
