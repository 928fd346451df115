import { type Language, languageName, languages } from '#base/language';
import { Button, type Errors, Field, Form, paths, Section, SelectField, type View } from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';
import { type DigestModel, DigestSection } from './settings-digest.tsx';
import { type FactorModel, SecondFactor } from './settings-factor.tsx';
import { Passkeys, type PasskeysModel } from './settings-passkeys.tsx';
import { Sessions, type SessionsModel } from './settings-sessions.tsx';

export type ProfileModel = {
  readonly values: { readonly name: string; readonly language: Language };
  readonly email: string;
  /** In a session that the company's identity service opened, nothing of the account is shown. */
  readonly bySingleSignOn: boolean;
  readonly errors: Errors;
  /** Of the form for the password. */
  readonly passwordErrors: Errors;
  readonly digest: DigestModel;
  readonly factor: FactorModel;
  readonly passkeys: PasskeysModel;
  readonly sessions: SessionsModel;
};

/** What a person may change about himself. */
export function ProfileScreen(props: { readonly view: View; readonly model: ProfileModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="profile">
      <Section title={t('settings.profile')}>
        <Form view={view} action={paths.settingsProfile} errors={model.errors} class="stack">
          <div class="two">
            <Field
              name="name"
              label={t('user.name')}
              hint={t('user.name.hint')}
              value={model.values.name}
              errors={model.errors}
              autocomplete="name"
              required
            />
            <SelectField
              name="language"
              label={t('profile.language')}
              value={model.values.language}
              errors={model.errors}
              choices={languages.map((code) => ({ value: code, text: languageName(code, code) }))}
            />
          </div>
          <p class="muted">{t('profile.email', { email: model.email })}</p>
          <p class="actions">
            <Button primary type="submit">
              {t('kit.save')}
            </Button>
          </p>
        </Form>
      </Section>
      <DigestSection view={view} model={model.digest} />
      {model.bySingleSignOn ? <p class="muted">{t('signOn.account')}</p> : <Account {...props} />}
    </SettingsFrame>
  );
}

/** How this person gets in, and where he is signed in. */
function Account(props: { readonly view: View; readonly model: ProfileModel }) {
  const { view, model } = props;
  return (
    <>
      <Password {...props} />
      <SecondFactor view={view} model={model.factor} />
      <Passkeys view={view} model={model.passkeys} />
      <Sessions view={view} model={model.sessions} />
    </>
  );
}

function Password(props: { readonly view: View; readonly model: ProfileModel }) {
  const { view, model } = props;
  const { t } = view;
  const errors = model.passwordErrors;
  return (
    <Section title={t('profile.password')}>
      <Form view={view} action={paths.settingsPassword} errors={errors} class="stack">
        <input type="hidden" name="email" value={model.email} autocomplete="username" />
        <div class="two">
          <Field
            name="current"
            type="password"
            label={t('profile.password.now')}
            autocomplete="current-password"
            errors={errors}
            required
          />
          <Field
            name="password"
            type="password"
            label={t('profile.password.new')}
            hint={t('user.password.hint')}
            autocomplete="new-password"
            minlength={10}
            errors={errors}
            required
          />
        </div>
        <p class="muted">{t('profile.password.others')}</p>
        <p class="actions">
          <Button type="submit">{t('profile.password.save')}</Button>
        </p>
      </Form>
    </Section>
  );
}
