import {
  CheckField,
  type Errors,
  Field,
  Form,
  Note,
  PostButton,
  paths,
  SaveOrCancel,
  Section,
  SelectField,
  type View,
  When,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';

const newcomerRoles = ['member', 'accountant'] as const;

export type SingleSignOnModel = {
  readonly values: {
    readonly issuer: string;
    readonly clientId: string;
    /** Null: nobody joins by the domain of his address. */
    readonly newcomerRole: (typeof newcomerRoles)[number] | null;
    readonly isRequired: boolean;
  };
  readonly isSetUp: boolean;
  /** When somebody last came in by it; null: never. */
  readonly lastUsedAt: Date | null;
  /** What the identity service has to be told. */
  readonly returnAddress: string;
  /** By which people of the company come in. */
  readonly link: string;
  /** The company's proved domains. */
  readonly domains: readonly string[];
  readonly errors: Errors;
};

type Props = { readonly view: View; readonly model: SingleSignOnModel };

/** People come in by the company's own identity service: where it is, who may, and whether they must. */
export function SingleSignOnScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="people">
      <Section title={t('signOn.title')}>
        <p>{t('signOn.line')}</p>
        <Told name={t('signOn.return')} value={model.returnAddress} />
        {model.isSetUp ? <Told name={t('signOn.link')} value={model.link} /> : null}
        {model.isSetUp ? (
          <p class="muted">
            {t('signOn.used')}:{' '}
            {model.lastUsedAt ? (
              <When view={view} at={model.lastUsedAt} form="dateTime" />
            ) : (
              t('signOn.used.never')
            )}
          </p>
        ) : null}
        <Form view={view} action={paths.settingsSingleSignOn} errors={model.errors} class="stack">
          <Access {...props} />
          <Who {...props} />
          <SaveOrCancel view={view} back={paths.settingsPeople} />
        </Form>
      </Section>
      {model.isSetUp ? (
        <p class="actions">
          <PostButton quiet action={paths.settingsSingleSignOnRemove} confirm={t('signOn.remove.confirm')}>
            {t('signOn.remove')}
          </PostButton>
        </p>
      ) : null}
    </SettingsFrame>
  );
}

/** An address to copy, under what it is for. */
function Told(props: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <p class="muted">{props.name}</p>
      <p class="inline">
        <code class="secret">{props.value}</code>
      </p>
    </div>
  );
}

function Access({ view, model }: Props) {
  const { t } = view;
  const { values, errors } = model;
  return (
    <>
      <Field
        name="issuer"
        type="url"
        label={t('signOn.issuer')}
        hint={t('signOn.issuer.hint')}
        placeholder="https://login.example.com"
        value={values.issuer}
        errors={errors}
        required
      />
      <div class="two">
        <Field
          name="clientId"
          label={t('signOn.clientId')}
          value={values.clientId}
          errors={errors}
          autocomplete="off"
          required
        />
        <Field
          name="clientSecret"
          type="password"
          label={t('signOn.clientSecret')}
          hint={t(model.isSetUp ? 'signOn.clientSecret.kept' : 'signOn.clientSecret.hint')}
          errors={errors}
          autocomplete="new-password"
          required={!model.isSetUp}
        />
      </div>
    </>
  );
}

/** Who may come in, and who must come in this way. */
function Who({ view, model }: Props) {
  const { t } = view;
  const { values, errors, domains } = model;
  return (
    <>
      <SelectField
        name="newcomerRole"
        label={t('signOn.newcomers')}
        hint={
          domains.length > 0
            ? t('signOn.newcomers.hint', { domains: domains.join(', ') })
            : t('signOn.newcomers.noDomain')
        }
        value={values.newcomerRole ?? ''}
        choices={[
          { value: '', text: t('signOn.newcomers.none') },
          ...newcomerRoles.map((role) => ({ value: role, text: t(`people.role.${role}.long`) })),
        ]}
        errors={errors}
      />
      <CheckField
        name="isRequired"
        label={t('signOn.required')}
        hint={t('signOn.required.hint')}
        checked={values.isRequired}
        errors={errors}
      />
      {values.isRequired ? <Note state="unconfirmed">{t('signOn.required.owners')}</Note> : null}
    </>
  );
}
