import { BarePage, Button, type Errors, Field, Form, Icon, Note, paths, type View } from '../kit/index.ts';

export type ForgottenModel = { readonly isSent: boolean; readonly errors: Errors };

/** Asks for the address of somebody who has forgotten the password. */
export function ForgottenScreen(props: { readonly view: View; readonly model: ForgottenModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <BarePage view={view} title={t('forgotten.title')}>
      <div class="gate">
        <p class="mark">
          <Icon name="mark" class="i-l" /> Envoi
        </p>
        <h1>{t('forgotten.title')}</h1>
        {model.isSent ? (
          <Note state="opened" role="status">
            {t('forgotten.sent')}
          </Note>
        ) : (
          <Form view={view} action={paths.forgotten} errors={model.errors} data={{ 'data-turbo': 'false' }}>
            <p>{t('forgotten.why')}</p>
            <Field
              name="email"
              type="email"
              label={t('user.email')}
              errors={model.errors}
              autocomplete="username"
              required
              autofocus
            />
            <Button primary type="submit">
              {t('forgotten.send')}
            </Button>
          </Form>
        )}
        <p class="muted">{t('forgotten.noMail')}</p>
        <p>
          <a href={paths.signIn}>{t('signIn.title')}</a>
        </p>
      </div>
    </BarePage>
  );
}
