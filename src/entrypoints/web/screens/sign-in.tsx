import { languageName, languages } from '#base/language';
import { BarePage, Button, type Errors, Field, Form, Icon, Note, paths, type View } from '../kit/index.ts';

export type SignInModel = {
  readonly email?: string;
  /** Where to go afterwards; a path of ours. */
  readonly back?: string;
  readonly errors: Errors;
  /** Reached over plain http in a network, where anybody on the line can read along. */
  readonly isPlain?: boolean;
  /** Keys of devices can be used at this address. */
  readonly hasKeys?: boolean;
};

export function SignInScreen(props: { readonly view: View; readonly model: SignInModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <BarePage view={view} title={t('signIn.title')}>
      <div class="gate">
        <p class="mark">
          <Icon name="mark" class="i-l" /> Envoi
        </p>
        <h1>{t('signIn.title')}</h1>
        {model.isPlain ? <Note state="unconfirmed">{t('signIn.plain')}</Note> : null}
        <Form view={view} action={paths.signIn} errors={model.errors} data={{ 'data-turbo': 'false' }}>
          <input type="hidden" name="back" value={model.back} />
          <Field
            name="email"
            type="email"
            label={t('user.email')}
            value={model.email}
            errors={model.errors}
            autocomplete="username"
            required
            autofocus={!model.email}
          />
          <Field
            name="password"
            type="password"
            label={t('user.password')}
            errors={model.errors}
            autocomplete="current-password"
            required
            autofocus={Boolean(model.email)}
          />
          <Button primary type="submit">
            {t('signIn.enter')}
          </Button>
        </Form>
        {model.hasKeys ? <ByKey {...props} /> : null}
        <p>
          <a href={withBack(paths.signInCompany, model.back)}>{t('signOn.withCompany')}</a>
        </p>
        <p>
          <a href={paths.forgotten}>{t('signIn.forgotten')}</a>
        </p>
        <nav class="languages" aria-label={t('signIn.language')}>
          {languages.map((language) => (
            <a
              href={`${paths.signIn}?language=${language}`}
              lang={language}
              aria-current={language === view.language ? 'true' : undefined}
            >
              {languageName(language, language)}
            </a>
          ))}
        </nav>
      </div>
    </BarePage>
  );
}

function withBack(path: string, back: string | undefined): string {
  return back && back !== paths.home ? `${path}?next=${encodeURIComponent(back)}` : path;
}

/** Hidden until the browser says that it knows keys. */
function ByKey({ view, model }: { readonly view: View; readonly model: SignInModel }) {
  const { t } = view;
  return (
    <Form
      view={view}
      action={paths.signInKey}
      data={{
        hidden: 'hidden',
        'data-controller': 'passkey',
        'data-action': 'submit->passkey#use',
        'data-passkey-ask-value': paths.signInKeyAsk,
        'data-passkey-stopped-value': t('passkeys.stopped'),
        'data-turbo': 'false',
      }}
    >
      <input type="hidden" name="back" value={model.back} />
      <input type="hidden" name="answer" data-passkey-target="answer" />
      <p class="late" role="alert" data-passkey-target="said" hidden />
      <Button type="submit">{t('signIn.withKey')}</Button>
    </Form>
  );
}
