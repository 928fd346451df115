import { BarePage, Button, type Errors, Field, Form, Icon, paths, type View } from '../kit/index.ts';

export type SecondStepModel = {
  /** Says who has proved the password, for ten minutes; signed. */
  readonly ticket: string;
  readonly back: string;
  readonly errors: Errors;
};

/** The second step of a sign-in. */
export function SecondStepScreen(props: { readonly view: View; readonly model: SecondStepModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <BarePage view={view} title={t('signIn.title')}>
      <div class="gate">
        <p class="mark">
          <Icon name="mark" class="i-l" /> Envoi
        </p>
        <h1>{t('factor.step')}</h1>
        <Form view={view} action={paths.signInCode} errors={model.errors} data={{ 'data-turbo': 'false' }}>
          <input type="hidden" name="ticket" value={model.ticket} />
          <input type="hidden" name="back" value={model.back} />
          <Field
            name="code"
            label={t('factor.code')}
            hint={t('factor.code.hint')}
            errors={model.errors}
            autocomplete="one-time-code"
            required
            autofocus
          />
          <Button primary type="submit">
            {t('signIn.enter')}
          </Button>
        </Form>
      </div>
    </BarePage>
  );
}
