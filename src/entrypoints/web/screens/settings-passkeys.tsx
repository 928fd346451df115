import {
  Button,
  type Errors,
  Field,
  Form,
  Icon,
  PostButton,
  paths,
  Section,
  type View,
  When,
} from '../kit/index.ts';

export type PasskeysModel = {
  readonly keys: readonly {
    readonly id: string;
    readonly name: string;
    readonly createdAt: Date;
    readonly lastUsedAt: Date | null;
  }[];
  /** Browsers give keys over https, or on this machine. */
  readonly isPossible: boolean;
  readonly errors: Errors;
};

/** Keys on a person's devices: they sign in with a finger or a face, without password and code. */
export function Passkeys(props: { readonly view: View; readonly model: PasskeysModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section title={t('passkeys.title')} id="passkeys">
      <p class="muted">{t(model.isPossible ? 'passkeys.why' : 'passkeys.needsHttps')}</p>
      {model.keys.length === 0 ? null : (
        <ul class="records">
          {model.keys.map((key) => (
            <li data-state="opened">
              <Icon name="key" />
              <div>
                <h3>{key.name || t('passkeys.unnamed')}</h3>
                <small>
                  {t('passkeys.made')} <When view={view} at={key.createdAt} form="dateTime" />
                </small>
              </div>
              <span class="verdict">
                {key.lastUsedAt ? <When view={view} at={key.lastUsedAt} /> : t('passkeys.unused')}
              </span>
              <div class="body">
                <p class="actions">
                  <PostButton quiet action={paths.settingsPasskey(key.id)} confirm={t('passkeys.removeAsk')}>
                    {t('passkeys.remove')}
                  </PostButton>
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {model.isPossible ? <NewKey {...props} /> : null}
    </Section>
  );
}

function NewKey({ view, model }: { readonly view: View; readonly model: PasskeysModel }) {
  const { t } = view;
  return (
    <Form
      view={view}
      action={paths.settingsPasskeys}
      errors={model.errors}
      class="stack"
      data={{
        'data-controller': 'passkey',
        'data-action': 'submit->passkey#make',
        'data-passkey-ask-value': paths.settingsPasskeyAsk,
        'data-passkey-stopped-value': t('passkeys.stopped'),
        'data-turbo': 'false',
      }}
    >
      <input type="hidden" name="answer" data-passkey-target="answer" />
      <Field
        name="keyName"
        label={t('passkeys.name')}
        hint={t('passkeys.name.hint')}
        errors={model.errors}
        required
      />
      <p class="late" role="alert" data-passkey-target="said" hidden />
      <p class="actions">
        <Button type="submit">{t('passkeys.new')}</Button>
      </p>
    </Form>
  );
}
