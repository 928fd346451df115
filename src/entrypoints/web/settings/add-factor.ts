import type { Context } from 'hono';
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from '#domain/accounts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { FactorModel } from '../screens/settings-factor.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';

type C = Context<StaffEnv>;
type Show = (c: C, factor: Omit<FactorModel, 'state'> & { readonly isBegun: boolean }) => Promise<Response>;

const longestField = 1000;

/** A person's own second factor: begun, confirmed by a first code, taken away with the password. `show` answers with the whole page. */
export function addFactor(app: StaffApp, needs: WebNeeds, show: Show): void {
  const deps = { database: needs.database, key: needs.senders.key };
  app.post(paths.settingsFactor, async (c) => {
    const begun = await beginSecondFactor(deps, c.var.session.user, needs.clock());
    if (!begun) return seeOther(needs, c, paths.settingsProfile);
    return show(c, { isBegun: true, begun, recoveryCodes: null, errors: {} });
  });
  app.post(paths.settingsFactorConfirm, async (c) => {
    const form = await readForm(c);
    const { user } = c.var.session;
    const [code, secret] = [form.text('code').slice(0, longestField), form.text('secret')];
    const confirmed = await confirmSecondFactor(deps, { userId: user.id, code }, needs.clock());
    // Not a redirect: the codes must not lie in a cookie or an address.
    if (confirmed.ok)
      return show(c, {
        isBegun: false,
        begun: null,
        recoveryCodes: confirmed.recoveryCodes,
        errors: {},
      });
    if (!/^[A-Z2-7]{16,64}$/.test(secret)) return seeOther(needs, c, paths.settingsProfile);
    const uri = `otpauth://totp/Envoi:${encodeURIComponent(user.email)}?secret=${secret}&issuer=Envoi`;
    const errors = { code: wrong(c.var.view, 'wrong_code') };
    return show(c, { isBegun: true, begun: { secret, uri }, recoveryCodes: null, errors });
  });
  app.post(paths.settingsFactorRemove, async (c) => {
    const password = (await readForm(c)).text('factorPassword').slice(0, longestField);
    const { email } = c.var.session.user;
    const removed = await removeSecondFactor(deps, { email, password }, needs.clock());
    if (removed.ok)
      return seeOther(needs, c, paths.settingsProfile, {
        state: 'opened',
        text: c.var.view.t('factor.removed'),
      });
    const errors = { factorPassword: wrong(c.var.view, removed.reason) };
    return show(c, { isBegun: false, begun: null, recoveryCodes: null, errors });
  });
}
