import {
  Button,
  CheckField,
  EmptyPlace,
  type Errors,
  Field,
  Form,
  Icon,
  LinkButton,
  Note,
  PostButton,
  paths,
  SaveOrCancel,
  Section,
  SelectField,
  ServerWords,
  type View,
  When,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';

/** As `#mail/smtp` names them. */
const securities = ['implicit', 'starttls', 'opportunistic', 'none'] as const;

export type SenderMethod = 'sandbox' | 'platform' | 'domain' | 'smtp' | 'google' | 'microsoft' | 'open';

export type SenderModel = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly method: SenderMethod;
  readonly state: 'unchecked' | 'valid' | 'broken';
  readonly isDefault: boolean;
  /** "smtp.example:587", with `smtp`. */
  readonly server: string | null;
  /** The last test: whether it went well, when, and what the server said or what broke in words (see `problemSentence`). */
  readonly test: {
    readonly good: boolean;
    readonly at: Date;
    readonly sentence: string;
    readonly serverWords: string | null;
    /** The whole conversation, secrets left out; empty when it is not known any more. */
    readonly transcript?: string;
  } | null;
};

export type SendersModel = {
  readonly senders: readonly SenderModel[];
  /** The form: a new sender or the one being changed; null: closed. Secrets never come back. */
  readonly editing: {
    readonly id: string | null;
    readonly values: {
      readonly method: SenderMethod;
      readonly name: string;
      readonly address: string;
      readonly replyTo: string;
      readonly host: string;
      readonly port: string;
      readonly security: (typeof securities)[number];
      readonly user: string;
      readonly hasPassword: boolean;
      readonly verifyCertificate: boolean;
      readonly isDefault: boolean;
    };
    readonly errors: Errors;
    /** What is to be known about the provider that was guessed from the address. */
    readonly note?: string;
  } | null;
  /** Where a test goes: the user's own address. */
  readonly testTo: string;
};

/** The addresses that mail goes out from, each with its test. */
export function SendersScreen(props: { readonly view: View; readonly model: SendersModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="senders">
      <Section
        title={t('settings.senders')}
        aside={
          model.editing ? undefined : (
            <a href={`${paths.settingsSenders}?sender=new#sender`}>{t('senders.add')}</a>
          )
        }
      >
        {model.senders.length === 0 ? (
          <EmptyPlace now={t('senders.none')} later={t('senders.later')} />
        ) : null}
        <ul class="records">
          {model.senders.map((sender) => (
            <Sender view={view} sender={sender} testTo={model.testTo} />
          ))}
        </ul>
      </Section>
      {model.editing ? <SenderForm view={view} editing={model.editing} /> : null}
    </SettingsFrame>
  );
}

const looks = {
  valid: { state: 'opened', icon: 'tick' },
  broken: { state: 'failed', icon: 'cross' },
  unchecked: { state: 'unconfirmed', icon: 'warn' },
} as const;

function Sender(props: { readonly view: View; readonly sender: SenderModel; readonly testTo: string }) {
  const { view, sender } = props;
  const { t } = view;
  const look = looks[sender.state];
  return (
    <li data-state={look.state} id={sender.id}>
      <Icon name={look.icon} />
      <div>
        <h3>
          {sender.name} <span class="plainaddress">&lt;{sender.address}&gt;</span>
        </h3>
        <small>
          {[t(`method.${sender.method}`), sender.server, sender.isDefault ? t('senders.default') : null]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      <span class="verdict">{t(`senders.state.${sender.state}`)}</span>
      <div class="body">
        {sender.test ? <TestResult view={view} test={sender.test} /> : null}
        <p class="actions">
          {sender.method === 'sandbox' ? null : (
            <PostButton action={paths.senderTest(sender.id)}>
              {t('senders.test', { address: props.testTo })}
            </PostButton>
          )}
          <LinkButton quiet href={`${paths.settingsSenders}?sender=${sender.id}#sender`}>
            {t('kit.edit')}
          </LinkButton>
          {sender.isDefault || sender.state !== 'valid' ? null : (
            <PostButton quiet action={paths.senderDefault(sender.id)}>
              {t('senders.makeDefault')}
            </PostButton>
          )}
          {sender.isDefault || sender.method === 'sandbox' ? null : (
            <PostButton
              quiet
              action={paths.senderDelete(sender.id)}
              confirm={t('senders.delete.confirm', { address: sender.address })}
            >
              {t('senders.delete')}
            </PostButton>
          )}
        </p>
      </div>
    </li>
  );
}

function TestResult(props: { readonly view: View; readonly test: NonNullable<SenderModel['test']> }) {
  const { view, test } = props;
  return (
    <>
      <Note state={test.good ? 'opened' : 'failed'} role="status">
        {test.sentence}{' '}
        <small class="muted">
          <When view={view} at={test.at} form="relative" />
        </small>
      </Note>
      {test.serverWords ? <ServerWords words={test.serverWords} /> : null}
      {test.transcript ? (
        <details class="fold">
          <summary>
            <Icon name="chev" /> {view.t('senders.transcript')}
          </summary>
          <ServerWords words={test.transcript} />
        </details>
      ) : null}
    </>
  );
}

function SenderForm(props: { readonly view: View; readonly editing: NonNullable<SendersModel['editing']> }) {
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
        <p class="muted">{t(values.method === 'sandbox' ? 'method.sandbox.hint' : 'method.smtp.hint')}</p>
        <div class="two">
          <Field
            name="name"
            label={t('senders.name')}
            hint={t('senders.name.hint')}
            value={values.name}
            errors={errors}
          />
          <Field
            name="address"
            type="email"
            label={t('senders.address')}
            value={values.address}
            errors={errors}
            required
          />
        </div>
        <Field
          name="replyTo"
          type="email"
          label={t('senders.replyTo')}
          hint={t('senders.replyTo.hint')}
          value={values.replyTo}
          errors={errors}
        />
        {values.method === 'sandbox' ? null : (
          <>
            <p>
              <Button type="submit" name="do" value="guess" noValidate>
                {t('senders.guess')}
              </Button>
            </p>
            {editing.note ? <Note state="waiting">{editing.note}</Note> : null}
            <Server {...props} />
            <CheckField name="isDefault" label={t('senders.isDefault')} checked={values.isDefault} />
          </>
        )}
        <SaveOrCancel
          view={view}
          save={values.method === 'sandbox' ? undefined : t('senders.save')}
          back={paths.settingsSenders}
        />
      </Form>
    </Section>
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
      <div class="two">
        <Field name="user" label={t('smtp.user')} autocomplete="off" value={values.user} errors={errors} />
        <Field
          name="password"
          type="password"
          label={t('user.password')}
          autocomplete="new-password"
          hint={values.hasPassword ? t('smtp.password.kept') : undefined}
          errors={errors}
        />
      </div>
      <CheckField
        name="verifyCertificate"
        label={t('smtp.verify')}
        hint={t('smtp.verify.hint')}
        checked={values.verifyCertificate}
      />
    </fieldset>
  );
}
