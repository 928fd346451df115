import { countryName, type Language, languageName, languages } from '#base/language';
import {
  BarePage,
  Button,
  type Errors,
  Field,
  Form,
  PageHead,
  paths,
  Section,
  SelectField,
  type View,
} from '../kit/index.ts';
import { TrackingFields, TrackingLaw } from './tracking-fields.tsx';

export type SetUpModel = {
  /** What was typed when the form came back with errors; empty at first. */
  readonly values: {
    readonly company?: string;
    readonly address?: string;
    /** ISO 3166 code. */
    readonly country: string;
    readonly vatId?: string;
    readonly language: Language;
    /** Empty: the one in which companies of the country usually live. */
    readonly timeZone: string;
    readonly name?: string;
    readonly email?: string;
    readonly tracking: 'none' | 'links' | 'full' | null;
    readonly basis: 'consent' | 'other';
  };
  readonly countries: readonly string[];
  readonly timeZones: readonly string[];
  readonly errors: Errors;
};

/** The first run: one page, one post. The two buttons differ in what comes next (`next` = `sender` | `sandbox`). */
export function SetUpScreen(props: { readonly view: View; readonly model: SetUpModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <BarePage view={view} title={t('setUp.title')}>
      <PageHead title={t('setUp.title')} line={t('setUp.line')} />
      <Form
        view={view}
        action={paths.setUp}
        errors={model.errors}
        class="sheetform"
        multipart
        data={{ 'data-turbo': 'false' }}
      >
        <CompanyPart {...props} />
        <OwnerPart {...props} />
        <TrackingPart {...props} />
        <Section title={t('setUp.next')}>
          <p>{t('setUp.next.why')}</p>
          <div class="actions">
            <Button primary type="submit" name="next" value="sandbox">
              {t('setUp.next.sandbox')}
            </Button>
            <Button type="submit" name="next" value="sender">
              {t('setUp.next.sender')}
            </Button>
          </div>
        </Section>
      </Form>
    </BarePage>
  );
}

function CompanyPart(props: { readonly view: View; readonly model: SetUpModel }) {
  const { view, model } = props;
  const { t } = view;
  const { values, errors } = model;
  return (
    <Section title={t('setUp.company')}>
      <Field
        name="company"
        label={t('company.name')}
        value={values.company}
        errors={errors}
        autocomplete="organization"
        required
        autofocus={Object.keys(errors).length === 0}
      />
      <Field
        name="address"
        label={t('company.address')}
        value={values.address}
        errors={errors}
        autocomplete="street-address"
        hint={t('company.address.hint')}
      />
      <PlaceFields
        view={view}
        values={values}
        countries={model.countries}
        timeZones={model.timeZones}
        usualZone
        errors={errors}
      />
      <Field
        name="logo"
        label={t('company.logo')}
        hint={t('company.logo.hint')}
        errors={errors}
        type="file"
        data={{ accept: 'image/png,image/jpeg' }}
      />
    </Section>
  );
}

/** Country, VAT id, language and time zone: at set-up and in the settings. */
export function PlaceFields(props: {
  readonly view: View;
  readonly values: {
    readonly country: string;
    readonly vatId?: string;
    readonly language: Language;
    readonly timeZone: string;
  };
  readonly countries: readonly string[];
  readonly timeZones: readonly string[];
  /** Offers the country's usual zone as a choice. */
  readonly usualZone?: boolean;
  readonly errors: Errors;
}) {
  const { view, values, errors } = props;
  const { t } = view;
  return (
    <>
      <div class="two">
        <SelectField
          name="country"
          label={t('company.country')}
          value={values.country}
          errors={errors}
          choices={props.countries.map((code) => ({ value: code, text: countryName(code, view.language) }))}
        />
        <Field
          name="vatId"
          label={t('company.vatId')}
          value={values.vatId}
          errors={errors}
          hint={t('kit.optional')}
        />
      </div>
      <div class="two">
        <SelectField
          name="language"
          label={t('company.language')}
          hint={t('company.language.hint')}
          value={values.language}
          errors={errors}
          choices={languages.map((code) => ({ value: code, text: languageName(code, code) }))}
        />
        <SelectField
          name="timeZone"
          label={t('company.timeZone')}
          value={values.timeZone}
          errors={errors}
          choices={[
            ...(props.usualZone ? [{ value: '', text: t('company.timeZone.usual') }] : []),
            ...props.timeZones.map((zone) => ({ value: zone, text: zone.replaceAll('_', ' ') })),
          ]}
        />
      </div>
    </>
  );
}

function OwnerPart(props: { readonly view: View; readonly model: SetUpModel }) {
  const { t } = props.view;
  const { values, errors } = props.model;
  return (
    <Section title={t('setUp.owner')}>
      <Field
        name="name"
        label={t('user.name')}
        hint={t('user.name.hint')}
        value={values.name}
        errors={errors}
        autocomplete="name"
        required
      />
      <div class="two">
        <Field
          name="email"
          type="email"
          label={t('user.email')}
          value={values.email}
          errors={errors}
          autocomplete="username"
          required
        />
        <Field
          name="password"
          type="password"
          label={t('user.password')}
          hint={t('user.password.hint')}
          errors={errors}
          autocomplete="new-password"
          minlength={10}
          required
        />
      </div>
    </Section>
  );
}

function TrackingPart(props: { readonly view: View; readonly model: SetUpModel }) {
  const { t } = props.view;
  const { values, errors } = props.model;
  return (
    <Section title={t('setUp.tracking')}>
      <TrackingLaw view={props.view} />
      <TrackingFields view={props.view} tracking={values.tracking} basis={values.basis} errors={errors} />
    </Section>
  );
}
