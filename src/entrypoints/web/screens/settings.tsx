import type { Child } from 'hono/jsx';
import type { Language } from '#base/language';
import {
  Button,
  CheckField,
  type Errors,
  Field,
  Form,
  Layout,
  Note,
  PageHead,
  paths,
  Section,
  Tabs,
  type View,
} from '../kit/index.ts';
import { PlaceFields, TrackingFields } from './set-up.tsx';

export type CompanyModel = {
  readonly values: {
    readonly name: string;
    readonly address: string;
    readonly country: string;
    readonly vatId: string;
    readonly language: Language;
    readonly timeZone: string;
    readonly tracking: 'none' | 'links' | 'full';
    readonly basis: 'consent' | 'other';
    /** Days that detailed history is kept: 30 to 3650. */
    readonly retentionDays: number;
    /** Seconds in which a send can be taken back: 0 to 600. */
    readonly undoSeconds: number;
    readonly bcc: string;
    readonly copyToSender: boolean;
  };
  readonly countries: readonly string[];
  readonly timeZones: readonly string[];
  readonly errors: Errors;
  readonly saved: boolean;
};

/** The frame of the settings: title and tabs. */
export function SettingsFrame(props: {
  readonly view: View;
  readonly tab: 'company' | 'senders' | 'keys';
  readonly children: Child;
}) {
  const { view } = props;
  const { t } = view;
  const hrefs = { company: paths.settingsCompany, senders: paths.settingsSenders, keys: paths.settingsKeys };
  return (
    <Layout view={view} title={`${t(`settings.${props.tab}`)} · ${t('place.settings')}`}>
      <div class="narrow">
        <PageHead title={t('place.settings')} />
        <Tabs
          view={view}
          label={t('place.settings')}
          tabs={(['company', 'senders', 'keys'] as const).map((tab) => ({
            href: hrefs[tab],
            text: t(`settings.${tab}`),
            here: tab === props.tab,
          }))}
        />
        <div class="settings stack">{props.children}</div>
      </div>
    </Layout>
  );
}

export function CompanyScreen(props: { readonly view: View; readonly model: CompanyModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="company">
      {model.saved ? (
        <Note state="opened" role="status">
          {t('kit.saved')}
        </Note>
      ) : null}
      <Form view={view} action={paths.settingsCompany} errors={model.errors} class="stack" multipart>
        <Who {...props} />
        <Sending {...props} />
        <Section title={t('setUp.tracking')}>
          <p class="muted">{t('tracking.law', { country: model.values.country })}</p>
          <TrackingFields
            view={view}
            tracking={model.values.tracking}
            basis={model.values.basis}
            errors={model.errors}
          />
          <Field
            name="retentionDays"
            type="number"
            min="30"
            max="3650"
            label={t('company.retention')}
            hint={t('company.retention.hint')}
            value={String(model.values.retentionDays)}
            errors={model.errors}
          />
        </Section>
        <p class="actions">
          <Button primary type="submit">
            {t('kit.save')}
          </Button>
        </p>
      </Form>
    </SettingsFrame>
  );
}

function Who(props: { readonly view: View; readonly model: CompanyModel }) {
  const { view, model } = props;
  const { t } = view;
  const { values, errors } = model;
  return (
    <Section title={t('settings.company')}>
      <Field name="name" label={t('company.name')} value={values.name} errors={errors} required />
      <Field
        name="address"
        label={t('company.address')}
        hint={t('company.address.hint')}
        value={values.address}
        errors={errors}
      />
      <PlaceFields
        view={view}
        values={values}
        countries={model.countries}
        timeZones={model.timeZones}
        errors={errors}
      />
      <Field
        name="logo"
        type="file"
        label={t('company.logo')}
        hint={t('company.logo.hint')}
        errors={errors}
        data={{ accept: 'image/png,image/jpeg' }}
      />
    </Section>
  );
}

function Sending(props: { readonly view: View; readonly model: CompanyModel }) {
  const { t } = props.view;
  const { values, errors } = props.model;
  return (
    <Section title={t('company.sending')}>
      <div class="two">
        <Field
          name="undoSeconds"
          type="number"
          min="0"
          max="600"
          label={t('company.undo')}
          hint={t('company.undo.hint')}
          value={String(values.undoSeconds)}
          errors={errors}
        />
        <Field
          name="bcc"
          label={t('company.bcc')}
          hint={t('company.bcc.hint')}
          value={values.bcc}
          errors={errors}
        />
      </div>
      <CheckField name="copyToSender" label={t('send.copy')} checked={values.copyToSender} />
    </Section>
  );
}
