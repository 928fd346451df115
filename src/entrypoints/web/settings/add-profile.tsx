import type { Context } from 'hono';
import { isLanguage } from '#base/language';
import { changePassword, changeUser, fullName, hasSecondFactor, listMemberships } from '#domain/accounts';
import { asWorker } from '#stores/database';
import { enter } from '../gate/enter.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type ProfileModel, ProfileScreen } from '../screens/settings-profile.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { accountOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';
import { staffTexts } from '../texts/index.ts';
import { addDigest, digestModel } from './add-digest.ts';
import { addFactor } from './add-factor.ts';
import { addPasskeys, passkeysModel } from './add-passkeys.ts';
import { addSessions, sessionsModel } from './add-sessions.ts';

type C = Context<StaffEnv>;

/** What a person may change about himself: name, language, password. */
export function addProfile(app: StaffApp, needs: WebNeeds): void {
  for (const path of ofTheAccount) app.use(path, accountOnly());
  app.get(paths.settingsProfile, (c) => show(needs, c, {}));
  addFactor(app, needs, (c, { isBegun, ...factor }) => show(needs, c, { factor, isBegun }));
  addPasskeys(app, needs, (c, keyErrors) => show(needs, c, { keyErrors }));
  addSessions(app, needs);
  addDigest(app, needs);
  app.post(paths.settingsProfile, async (c) => {
    const form = await readForm(c);
    const { user, bySingleSignOn } = c.var.session;
    if (bySingleSignOn && (await isElsewhereToo(needs, user.id)))
      return answerProblem(c, 'not_allowed', { sentence: c.var.view.t('signOn.account') });
    const wanted = form.text('language');
    const values = {
      name: form.text('name').trim().replace(/\s+/g, ' '),
      language: isLanguage(wanted) ? wanted : user.language,
    };
    const reason = values.name === '' ? 'required' : values.name.length > 200 ? 'too_long' : null;
    if (reason)
      return show(needs, c, { values, errors: fieldErrors(c.var.view, [{ path: 'name', reason }]) });
    const [firstName = '', ...rest] = values.name.split(' ');
    const change = { firstName, lastName: rest.join(' '), language: values.language };
    await asWorker(needs.database, (tx) => changeUser(tx, user.id, change));
    const text = staffTexts(values.language)('kit.saved');
    return seeOther(needs, c, paths.settingsProfile, { state: 'opened', text });
  });
  app.post(paths.settingsPassword, async (c) => {
    const form = await readForm(c);
    const { user, companyId } = c.var.session;
    const input = { email: user.email, current: form.text('current'), password: form.text('password') };
    if (Math.max(input.current.length, input.password.length) > longestPassword)
      return show(needs, c, {
        passwordErrors: fieldErrors(c.var.view, [{ path: 'password', reason: 'too_long' }]),
      });
    const changed = await changePassword(needs.database, input, needs.clock());
    if (!changed.ok) {
      const path = changed.reason === 'password_too_short' ? 'password' : 'current';
      return show(needs, c, { passwordErrors: fieldErrors(c.var.view, [{ path, reason: changed.reason }]) });
    }
    await enter(needs, c, { userId: user.id, companyId });
    const text = c.var.view.t('profile.password.changed');
    return seeOther(needs, c, paths.settingsProfile, { state: 'opened', text });
  });
}

const longestPassword = 1000;

const ofTheAccount = [
  paths.settingsPassword,
  ...[paths.settingsFactor, paths.settingsPasskeys, paths.settingsSessions].flatMap((path) => [
    path,
    `${path}/*`,
  ]),
];

/** Whose name other companies show too. */
async function isElsewhereToo({ database }: WebNeeds, userId: string): Promise<boolean> {
  return (await asWorker(database, (tx) => listMemberships(tx, userId))).length > 1;
}

async function show(
  needs: WebNeeds,
  c: C,
  more: {
    readonly values?: ProfileModel['values'];
    readonly errors?: Errors;
    readonly passwordErrors?: Errors;
    readonly factor?: Omit<ProfileModel['factor'], 'state'>;
    readonly isBegun?: boolean;
    readonly keyErrors?: Errors;
  },
): Promise<Response> {
  const { user } = c.var.session;
  const { isBegun = false, factor, keyErrors, ...rest } = more;
  const [isOn, passkeys, sessions, digest] = await Promise.all([
    hasSecondFactor(needs.database, user.id),
    passkeysModel(needs, user.id, keyErrors ?? {}),
    sessionsModel(needs, c),
    digestModel(needs, c),
  ]);
  const model: ProfileModel = {
    values: { name: fullName(user), language: user.language },
    email: user.email,
    bySingleSignOn: c.var.session.bySingleSignOn,
    errors: {},
    passwordErrors: {},
    passkeys,
    sessions,
    digest,
    ...rest,
    factor: {
      ...(factor ?? { begun: null, recoveryCodes: null, errors: {} }),
      state: isOn ? 'on' : isBegun ? 'begun' : 'off',
    },
  };
  const isRefused =
    more.errors !== undefined ||
    more.passwordErrors !== undefined ||
    keyErrors !== undefined ||
    Object.keys(factor?.errors ?? {}).length > 0;
  return page(c, <ProfileScreen view={c.var.view} model={model} />, isRefused ? 422 : 200);
}
