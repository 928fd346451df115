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
  TextField,
  type View,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';
import { MailboxNote, type MailboxState } from './settings-mailbox.tsx';

const securities = ['implicit', 'starttls', 'none'] as const;
const markings = ['subject', 'header', 'none'] as const;

export type IncamailModel = {
  readonly values: {
    readonly isActive: boolean;
    readonly address: string;
    readonly user: string;
    readonly hasPassword: boolean;
    readonly host: string;
    readonly port: string;
    readonly security: (typeof securities)[number];
    readonly verifyCertificate: boolean;
    readonly marking: (typeof markings)[number];
    readonly headerName: string;
    readonly suffix: string;
    readonly receiptsFrom: string;
    readonly roots: string;
    readonly mostBytes: string;
  };
  /** The account's sender, once it was saved: whether its server takes us, and its mailbox. */
  readonly account: {
    readonly senderId: string;
    readonly problem: string | null;
    readonly mailbox: MailboxState;
  } | null;
  /** Where a test goes. */
  readonly testTo: string;
  readonly errors: Errors;
};

type Props = { readonly view: View; readonly model: IncamailModel };

/** The account with IncaMail: a switch, the access, how mails are marked, and where receipts come from. */
export function IncamailScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="senders">
      <Section title={t('incamail.title')}>
        <p>{t('incamail.line')}</p>
        <Note state="unconfirmed">{t('incamail.unverified')}</Note>
        {model.account ? <Standing view={view} account={model.account} /> : null}
        <Form view={view} action={paths.settingsIncamail} errors={model.errors} class="stack">
          <CheckField
            name="isActive"
            label={t('incamail.active')}
            hint={t('incamail.active.hint')}
            checked={model.values.isActive}
          />
          <Access {...props} />
          <Marks {...props} />
          <Receipts {...props} />
          <SaveOrCancel view={view} back={paths.settingsSenders} />
        </Form>
        {model.account ? (
          <p class="actions">
            <PostButton action={paths.incamailTest}>{t('incamail.test')}</PostButton>
            <small class="muted">{model.testTo}</small>
          </p>
        ) : null}
      </Section>
    </SettingsFrame>
  );
}

function Standing(props: { readonly view: View; readonly account: NonNullable<IncamailModel['account']> }) {
  const { view, account } = props;
  return (
    <>
      {account.problem ? <Note state="failed">{account.problem}</Note> : null}
      {account.mailbox.state === 'working' ? null : <p class="muted">{view.t('incamail.mailbox')}</p>}
      <MailboxNote view={view} mailbox={account.mailbox} href={paths.senderMailbox(account.senderId)} />
    </>
  );
}

function Access({ view, model }: Props) {
  const { t } = view;
  const { values, errors } = model;
  return (
    <>
      <Field
        name="address"
        type="email"
        label={t('incamail.address')}
        hint={t('incamail.address.hint')}
        value={values.address}
        errors={errors}
        required
      />
      <div class="two">
        <Field
          name="user"
          label={t('smtp.user')}
          autocomplete="off"
          value={values.user}
          errors={errors}
          required
        />
        <Field
          name="password"
          type="password"
          label={t('user.password')}
          autocomplete="new-password"
          hint={values.hasPassword ? t('smtp.password.kept') : undefined}
          errors={errors}
        />
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
      <Line {...{ view, model }} />
    </>
  );
}

/** How the line to the server is secured. */
function Line({ view, model }: Props) {
  const { t } = view;
  const { values, errors } = model;
  return (
    <>
      <SelectField
        name="security"
        label={t('smtp.security')}
        value={values.security}
        errors={errors}
        choices={securities.map((value) => ({ value, text: t(`smtp.security.${value}`) }))}
      />
      <CheckField
        name="verifyCertificate"
        label={t('smtp.verify')}
        hint={t('smtp.verify.hint')}
        checked={values.verifyCertificate}
      />
    </>
  );
}

function Marks({ view, model }: Props) {
  const { t } = view;
  const { values, errors } = model;
  return (
    <>
      <SelectField
        name="marking"
        label={t('incamail.marking')}
        value={values.marking}
        errors={errors}
        choices={markings.map((value) => ({
          value,
          text: t(`incamail.marking.${value}`, { marks: '<c>, <p>, <r>' }),
        }))}
      />
      <div class="two">
        <Field
          name="headerName"
          label={t('incamail.header')}
          hint={t('incamail.header.hint')}
          value={values.headerName}
          errors={errors}
        />
        <Field
          name="suffix"
          label={t('incamail.suffix')}
          hint={t('incamail.suffix.hint')}
          value={values.suffix}
          errors={errors}
        />
      </div>
      <Field
        name="mostBytes"
        type="number"
        min="1"
        max="100"
        label={t('incamail.size')}
        hint={t('incamail.size.hint')}
        value={values.mostBytes}
        errors={errors}
      />
    </>
  );
}

function Receipts({ view, model }: Props) {
  const { t } = view;
  const { values, errors } = model;
  return (
    <>
      <TextField
        name="receiptsFrom"
        rows={3}
        label={t('incamail.from')}
        hint={t('incamail.from.hint')}
        value={values.receiptsFrom}
        errors={errors}
      />
      <TextField
        name="roots"
        rows={4}
        label={t('incamail.roots')}
        hint={t('incamail.roots.hint')}
        value={values.roots}
        errors={errors}
      />
    </>
  );
}
