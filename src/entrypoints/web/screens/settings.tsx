import type { Child } from 'hono/jsx';
import {
  Button,
  Field,
  Form,
  Layout,
  Note,
  PageHead,
  paths,
  Section,
  SelectField,
  type View,
} from '../kit/index.ts';
import { PlaceFields } from './set-up.tsx';
import type { CompanyModel } from './settings-model.ts';
import { SettingsNav, type SettingsTab } from './settings-nav.tsx';
import { Paying, Quotes } from './settings-paying.tsx';
import { FileNames, Look, Sending } from './settings-sending.tsx';
import { TrackingFields, TrackingLaw } from './tracking-fields.tsx';

/** The frame of the settings: the list of all of them, and beside it the one. On a phone the list is a page of its own. */
export function SettingsFrame(props: {
  readonly view: View;
  readonly tab: SettingsTab;
  readonly children: Child;
}) {
  const { view, tab } = props;
  const { t } = view;
  const isList = view.path.split('?')[0] === paths.settings;
  return (
    <Layout view={view} title={`${t(`settings.${tab}`)} · ${t('place.settings')}`}>
      <PageHead title={t('place.settings')} />
      <div class="settings-page" data-at={isList ? 'list' : 'one'}>
        <SettingsNav view={view} tab={tab} />
        <div class="settings stack">
          <p class="settings-up">
            <a href={paths.settings}>{t('settings.all')}</a>
          </p>
          {props.children}
        </div>
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
      <Form
        view={view}
        action={paths.settingsCompany}
        errors={model.errors}
        class="stack"
        multipart
        // Turbo would leave the chosen logo in its field when the same page comes back.
        data={{ 'data-turbo': 'false' }}
      >
        <Who {...props} />
        <Look view={view} model={model} />
        <Sending view={view} model={model} />
        <Paying view={view} model={model} />
        <Quotes view={view} model={model} />
        <FileNames view={view} model={model} />
        <Section title={t('setUp.tracking')}>
          <TrackingLaw view={view} />
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

const months = Array.from({ length: 12 }, (_, at) => at + 1);

function monthName(locale: string, month: number): string {
  const style = { month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(Date.UTC(2026, month - 1)));
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
      <SelectField
        name="fiscalMonth"
        label={t('company.fiscalMonth')}
        hint={t('company.fiscalMonth.hint')}
        value={String(values.fiscalMonth)}
        choices={months.map((month) => ({
          value: String(month),
          text: monthName(view.format.locale, month),
        }))}
        errors={errors}
      />
    </Section>
  );
}
