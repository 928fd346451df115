import {
  BarePage,
  Button,
  type Errors,
  Field,
  Form,
  Icon,
  LinkButton,
  paths,
  type View,
} from '../kit/index.ts';

export type CompanySignInModel = {
  readonly email: string;
  /** Where to go afterwards; a path of ours. */
  readonly back: string;
  /** The identity service that was found, and the way there. */
  readonly go: { readonly url: string; readonly host: string } | null;
  /** The company lets this person in by no other way. */
  readonly isNeeded: boolean;
  readonly errors: Errors;
};

/** The way in by the identity service of one's company: the address first, then where it leads. */
export function CompanySignInScreen(props: { readonly view: View; readonly model: CompanySignInModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <BarePage view={view} title={t('signOn.title')}>
      <div class="gate">
        <p class="mark">
          <Icon name="mark" class="i-l" /> Envoi
        </p>
        <h1>{t('signOn.title')}</h1>
        {model.go ? (
          <>
            <p>{t(model.isNeeded ? 'signOn.needed' : 'signOn.go', { host: model.go.host })}</p>
            <p class="actions">
              <LinkButton primary leaves href={model.go.url}>
                {t('signOn.continue')}
              </LinkButton>
            </p>
          </>
        ) : (
          <Ask {...props} />
        )}
        <p>
          <a href={paths.signIn}>{t('signOn.byPassword')}</a>
        </p>
      </div>
    </BarePage>
  );
}

function Ask({ view, model }: { readonly view: View; readonly model: CompanySignInModel }) {
  const { t } = view;
  return (
    <Form view={view} action={paths.signInCompany} errors={model.errors} data={{ 'data-turbo': 'false' }}>
      <input type="hidden" name="back" value={model.back} />
      <p>{t('signOn.ask')}</p>
      <Field
        name="email"
        type="email"
        label={t('user.email')}
        value={model.email}
        errors={model.errors}
        autocomplete="username"
        required
        autofocus
      />
      <Button primary type="submit">
        {t('signOn.continue')}
      </Button>
    </Form>
  );
}
