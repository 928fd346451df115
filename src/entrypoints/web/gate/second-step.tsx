import { checkSecondFactor } from '#domain/accounts';
import type { Assets } from '../assets/bundle.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { isSameVisit } from '../staff/csrf.ts';
import type { StaffApp } from '../staff/env.ts';
import { visitorView } from '../staff/make-view.ts';
import { ownPath } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';
import { enter } from './enter.ts';
import { readTicket, showSecondStep } from './ticket.tsx';

const longestField = 1000;

/** The second step of a sign-in: a code of the app on the phone, or a recovery code. */
export function addSecondStep(app: StaffApp, needs: WebNeeds, assets: Assets): void {
  app.get(paths.signInCode, (c) => c.redirect(paths.signIn, 303));
  app.post(paths.signInCode, async (c) => {
    c.set('view', visitorView(needs, assets, c));
    const form = await readForm(c);
    const [ticket, code] = [form.text('ticket'), form.text('code')];
    const back = ownPath(form.text('back'), paths.home);
    const isShort = Math.max(ticket.length, code.length) <= longestField;
    const who = isShort && (await isSameVisit(needs, c)) ? readTicket(needs, ticket) : null;
    if (!who) return c.redirect(paths.signIn, 303);
    const deps = { database: needs.database, key: needs.senders.key };
    const checked = await checkSecondFactor(deps, { userId: who.userId, code }, needs.clock());
    if (!checked.ok)
      return showSecondStep(c, { ticket, back, errors: { code: wrong(c.var.view, checked.reason) } });
    await enter(needs, c, who);
    return c.redirect(back, 303);
  });
}
