import { askPasskey, passkeySite, signInByPasskey } from '#domain/accounts';
import type { Assets } from '../assets/bundle.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { readAnswer } from '../settings/add-passkeys.ts';
import { isSameVisit } from '../staff/csrf.ts';
import type { StaffApp } from '../staff/env.ts';
import { visitorView } from '../staff/make-view.ts';
import { ownPath } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';
import { showSignIn } from './add-sign-in.tsx';
import { enter, neededPath } from './enter.ts';

/** The way in with a key of the device, which stands for password and code. */
export function addPasskeySignIn(app: StaffApp, needs: WebNeeds, assets: Assets): void {
  const site = passkeySite(needs.publicUrl);
  app.post(paths.signInKeyAsk, async (c) => {
    if (!site || !(await isSameVisit(needs, c))) return c.text('Open the sign-in again.', 403);
    return c.json(await askPasskey(needs.database, site, needs.clock()));
  });
  app.post(paths.signInKey, async (c) => {
    const form = await readForm(c);
    const back = ownPath(form.text('back'), paths.home);
    c.set('view', visitorView(needs, assets, c));
    const { view } = c.var;
    if (!site || !(await isSameVisit(needs, c)))
      return showSignIn(needs, assets, c, { back, errors: { '': view.t('signIn.stale') } }, 403);
    const answer = readAnswer(form.text('answer'));
    const entered = await signInByPasskey(needs.database, site, answer, needs.clock());
    if (!entered.ok && entered.reason === 'single_sign_on_needed')
      return c.redirect(neededPath(entered.companyId, back), 303);
    if (!entered.ok)
      return showSignIn(needs, assets, c, { back, errors: { '': wrong(view, entered.reason) } }, 422);
    await enter(needs, c, entered);
    return c.redirect(back, 303);
  });
}
