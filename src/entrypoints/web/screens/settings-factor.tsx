import { renderSVG } from 'uqr';
import { Button, type Errors, Field, Form, Note, paths, Section, type View } from '../kit/index.ts';

export type FactorModel = {
  /** `off`, begun and waiting for its first code, or `on`. */
  readonly state: 'off' | 'begun' | 'on';
  /** What the app needs; only while it is begun. */
  readonly begun: { readonly secret: string; readonly uri: string } | null;
  /** Recovery codes that were just made: shown this once. */
  readonly recoveryCodes: readonly string[] | null;
  readonly errors: Errors;
};

/** A second proof besides the password: an app on the phone that makes codes. */
export function SecondFactor(props: { readonly view: View; readonly model: FactorModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section title={t('factor.title')} id="factor">
      {model.recoveryCodes ? (
        <div class="made">
          <Note state="opened" role="status">
            {t('factor.recovery')}
          </Note>
          <pre class="server">{model.recoveryCodes.join('\n')}</pre>
        </div>
      ) : null}
      <p class="muted">{t(`factor.${model.state}`)}</p>
      {model.state === 'off' ? (
        <Form view={view} action={paths.settingsFactor} data={{ 'data-turbo': 'false' }}>
          <Button type="submit">{t('factor.begin')}</Button>
        </Form>
      ) : null}
      {model.begun ? <Begun {...props} begun={model.begun} /> : null}
      {model.state === 'on' ? <Remove {...props} /> : null}
    </Section>
  );
}

function Begun(props: {
  readonly view: View;
  readonly model: FactorModel;
  readonly begun: NonNullable<FactorModel['begun']>;
}) {
  const { view, model, begun } = props;
  const { t } = view;
  return (
    <Form
      view={view}
      action={paths.settingsFactorConfirm}
      errors={model.errors}
      class="stack"
      data={{ 'data-turbo': 'false' }}
    >
      <img
        class="qr"
        src={`data:image/svg+xml,${encodeURIComponent(renderSVG(begun.uri))}`}
        alt={t('factor.qr')}
      />
      <p>
        <code class="secret">{begun.secret.replace(/(.{4})/g, '$1 ').trim()}</code>{' '}
        <a href={begun.uri}>{t('factor.open')}</a>
      </p>
      <input type="hidden" name="secret" value={begun.secret} />
      <Field
        name="code"
        label={t('factor.code')}
        errors={model.errors}
        autocomplete="one-time-code"
        inputmode="numeric"
        required
      />
      <p class="actions">
        <Button primary type="submit">
          {t('factor.confirm')}
        </Button>
      </p>
    </Form>
  );
}

function Remove(props: { readonly view: View; readonly model: FactorModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Form view={view} action={paths.settingsFactorRemove} errors={model.errors} class="stack">
      <Field
        name="factorPassword"
        type="password"
        label={t('user.password')}
        errors={model.errors}
        autocomplete="current-password"
        required
      />
      <p class="actions">
        <Button type="submit">{t('factor.remove')}</Button>
      </p>
    </Form>
  );
}
