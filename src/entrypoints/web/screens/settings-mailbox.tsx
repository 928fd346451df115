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
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';

const securities = ['implicit', 'starttls', 'none'] as const;

/** What is known of a sender's mailbox: not connected, or whether it can be read and why not. */
export type MailboxState = {
  readonly state: 'none' | 'unchecked' | 'working' | 'broken';
  /** Why it cannot be read, in words. */
  readonly why: string | null;
};

export type MailboxModel = MailboxState & {
  readonly sender: string;
  readonly address: string;
  readonly values: {
    readonly host: string;
    readonly port: string;
    readonly security: (typeof securities)[number];
    readonly user: string;
    readonly hasPassword: boolean;
    readonly verifyCertificate: boolean;
    readonly keepSent: boolean;
  };
  readonly errors: Errors;
};

/** Lets the mailbox of a sender be read for what comes back. */
export function MailboxScreen(props: { readonly view: View; readonly model: MailboxModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="senders">
      <Section title={t('mailbox.title', { address: model.address })}>
        <MailboxNote view={view} mailbox={model} />
        <p class="muted">{t('mailbox.promise')}</p>
        <Form view={view} action={paths.senderMailbox(model.sender)} errors={model.errors} class="stack">
          <Where {...props} />
          <SaveOrCancel
            view={view}
            save={t(model.state === 'none' ? 'mailbox.connect' : 'kit.save')}
            back={paths.settingsSenders}
          />
        </Form>
        {model.state === 'none' ? null : (
          <p class="actions">
            <PostButton
              quiet
              action={paths.senderMailboxRemove(model.sender)}
              confirm={t('mailbox.remove.confirm', { address: model.address })}
            >
              {t('mailbox.remove')}
            </PostButton>
          </p>
        )}
      </Section>
    </SettingsFrame>
  );
}

function Where(props: { readonly view: View; readonly model: MailboxModel }) {
  const { t } = props.view;
  const { values, errors } = props.model;
  return (
    <>
      <div class="two">
        <Field name="host" label={t('smtp.host')} value={values.host} errors={errors} required />
        <Field
          name="port"
          type="number"
          min="1"
          max="65535"
          label={t('smtp.port')}
          value={values.port}
          errors={errors}
          required
        />
      </div>
      <SelectField
        name="security"
        label={t('smtp.security')}
        value={values.security}
        errors={errors}
        choices={securities.map((value) => ({ value, text: t(`mailbox.security.${value}`) }))}
      />
      <div class="two">
        <Field
          name="user"
          label={t('smtp.user')}
          autocomplete="off"
          hint={t('mailbox.user.hint')}
          value={values.user}
          errors={errors}
        />
        <Field
          name="password"
          type="password"
          label={t('user.password')}
          autocomplete="new-password"
          hint={t(values.hasPassword ? 'smtp.password.kept' : 'mailbox.user.hint')}
          errors={errors}
        />
      </div>
      <Ticks {...props} />
    </>
  );
}

function Ticks(props: { readonly view: View; readonly model: MailboxModel }) {
  const { t } = props.view;
  const { values } = props.model;
  return (
    <>
      <CheckField
        name="verifyCertificate"
        label={t('smtp.verify')}
        hint={t('smtp.verify.hint')}
        checked={values.verifyCertificate}
      />
      <CheckField
        name="keepSent"
        label={t('mailbox.keepSent')}
        hint={t('mailbox.keepSent.hint')}
        checked={values.keepSent}
      />
    </>
  );
}

const looks = { none: 'unconfirmed', unchecked: 'waiting', working: 'opened', broken: 'failed' } as const;

/** Whether bounces and answers of a sender can be seen, in one sentence. */
export function MailboxNote(props: {
  readonly view: View;
  readonly mailbox: MailboxState;
  readonly href?: string;
}) {
  const { view, mailbox, href } = props;
  const { t } = view;
  const text = [t(`mailbox.state.${mailbox.state}`), mailbox.why].filter(Boolean).join(' ');
  return (
    <Note
      state={looks[mailbox.state]}
      wayOut={
        href ? <a href={href}>{t(mailbox.state === 'none' ? 'mailbox.connect' : 'kit.edit')}</a> : undefined
      }
    >
      {text}
    </Note>
  );
}
