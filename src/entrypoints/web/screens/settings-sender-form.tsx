import {
  Button,
  CheckField,
  Field,
  Form,
  Note,
  paths,
  SaveOrCancel,
  Section,
  SelectField,
  type View,
} from '../kit/index.ts';
import { type SenderMethod, type SendersModel, securities, tlsPolicies } from './settings-senders-model.ts';

/** The form for a new sender, or for one that is changed. */
export function SenderForm(props: {
  readonly view: View;
  readonly editing: NonNullable<SendersModel['editing']>;
}) {
  const { view, editing } = props;
  const { t } = view;
  const { values, errors } = editing;
  return (
    <Section id="sender" title={editing.id ? t('senders.change') : t('senders.add')}>
      <Form
        view={view}
        action={editing.id ? paths.sender(editing.id) : paths.settingsSenders}
        errors={errors}
        class="senderform"
      >
        <input type="hidden" name="method" value={values.method} />
        <p class="muted">{t(hints[values.method])}</p>
        <Who {...props} />
        <Way {...props} />
        {values.method === 'sandbox' ? null : <Limits {...props} />}
        <SaveOrCancel
          view={view}
          save={values.method === 'sandbox' || isAccount(values.method) ? undefined : t('senders.save')}
          back={paths.settingsSenders}
        />
      </Form>
    </Section>
  );
}

const hints = {
  sandbox: 'method.sandbox.hint',
  smtp: 'method.smtp.what',
  domain: 'method.domain.what',
  google: 'method.google.what',
  microsoft: 'method.microsoft.what',
  platform: 'method.platform.what',
  open: 'method.open.what',
} as const;

type FormProps = { readonly view: View; readonly editing: NonNullable<SendersModel['editing']> };

/** What the customer sees. */
function Who(props: FormProps) {
  const { t } = props.view;
  const { values, errors } = props.editing;
  return (
    <>
      <div class="two">
        <Field
          name="name"
          label={t('senders.name')}
          hint={t('senders.name.hint')}
          value={values.name}
          errors={errors}
        />
        {values.method === 'platform' ? null : (
          <Field
            name="address"
            type="email"
            label={t('senders.address')}
            value={values.address}
            errors={errors}
            required
          />
        )}
      </div>
      <Field
        name="replyTo"
        type="email"
        label={t('senders.replyTo')}
        hint={t('senders.replyTo.hint')}
        value={values.replyTo}
        errors={errors}
      />
    </>
  );
}

/** How it leaves. */
function Way(props: FormProps) {
  const { view, editing } = props;
  const { t } = view;
  const { values, errors } = editing;
  return (
    <>
      {values.via ? (
        <>
          <input type="hidden" name="via" value={values.via.id} />
          <p>{t('senders.via', { address: values.via.address })}</p>
        </>
      ) : null}
      {values.method === 'smtp' && !values.via ? (
        <>
          <p>
            <Button type="submit" name="do" value="guess" noValidate>
              {t('senders.guess')}
            </Button>
          </p>
          {editing.note ? <Note state="waiting">{editing.note}</Note> : null}
          <Server {...props} />
        </>
      ) : null}
      {isAccount(values.method) ? (
        <CheckField
          name="usesMailbox"
          label={t('senders.usesMailbox')}
          hint={t('senders.usesMailbox.hint')}
          checked={values.usesMailbox ?? false}
        />
      ) : null}
      {isHouse(values.method) ? (
        <SelectField
          name="tls"
          label={t('senders.tls')}
          hint={t('senders.tls.hint')}
          value={values.tls}
          errors={errors}
          choices={tlsPolicies.map((value) => ({ value, text: t(`senders.tls.${value}`) }))}
        />
      ) : null}
      {values.method === 'sandbox' || isAccount(values.method) ? null : (
        <CheckField name="isDefault" label={t('senders.isDefault')} checked={values.isDefault} />
      )}
    </>
  );
}

function isAccount(method: SenderMethod): boolean {
  return method === 'google' || method === 'microsoft';
}

/** Whether it leaves through the installation itself. */
function isHouse(method: SenderMethod): boolean {
  return method === 'domain' || method === 'platform' || method === 'open';
}

/** How many e-mails may leave in a time. */
function Limits(props: FormProps) {
  const { t } = props.view;
  const { values, errors } = props.editing;
  return (
    <fieldset class="server-fields">
      <legend class="h3">{t('senders.limits')}</legend>
      <p class="muted">{t('senders.limits.hint')}</p>
      {(['perMinute', 'perHour', 'perDay'] as const).map((name) => (
        <Field
          name={name}
          type="number"
          min="1"
          max="1000000"
          label={t(`senders.limit.${name}`)}
          value={values[name]}
          errors={errors}
        />
      ))}
    </fieldset>
  );
}

/** The fields of one's own server. */
function Server(props: { readonly view: View; readonly editing: NonNullable<SendersModel['editing']> }) {
  const { t } = props.view;
  const { values, errors } = props.editing;
  return (
    <fieldset class="server-fields">
      <legend class="h3">{t('method.smtp')}</legend>
      <div class="two">
        <Field
          name="host"
          label={t('smtp.host')}
          placeholder="smtp.example.com"
          value={values.host}
          errors={errors}
        />
        <Field
          name="port"
          type="number"
          min="1"
          max="65535"
          label={t('smtp.port')}
          value={values.port}
          errors={errors}
        />
      </div>
      <SelectField
        name="security"
        label={t('smtp.security')}
        value={values.security}
        errors={errors}
        choices={securities.map((value) => ({ value, text: t(`smtp.security.${value}`) }))}
      />
      <SignIn {...props} />
      <CheckField
        name="verifyCertificate"
        label={t('smtp.verify')}
        hint={t('smtp.verify.hint')}
        checked={values.verifyCertificate}
      />
    </fieldset>
  );
}

/** Who signs in at it; both may stay empty. */
function SignIn(props: FormProps) {
  const { t } = props.view;
  const { values, errors } = props.editing;
  return (
    <div class="two">
      <Field
        name="user"
        label={t('smtp.user')}
        hint={values.hasPassword ? undefined : t('smtp.user.hint')}
        autocomplete="off"
        value={values.user}
        errors={errors}
      />
      <Field
        name="password"
        type="password"
        label={t('user.password')}
        autocomplete="new-password"
        hint={t(values.hasPassword ? 'smtp.password.kept' : 'smtp.password.hint')}
        errors={errors}
      />
    </div>
  );
}
