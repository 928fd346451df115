import { ruleSources } from '#domain/automatic';
import { documentKinds } from '#domain/documents';
import {
  CheckField,
  Field,
  Form,
  paths,
  SaveOrCancel,
  Section,
  SelectField,
  TextField,
  type View,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';
import type { RuleFormModel } from './settings-rules-model.ts';

/** A rule as a form: which documents, from where, and how they leave. */
export function RuleFormScreen(props: { readonly view: View; readonly model: RuleFormModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="rules">
      <Form
        view={view}
        action={model.id === null ? paths.settingsRules : paths.settingsRule(model.id)}
        errors={model.errors}
      >
        <Section title={model.id === null ? t('rules.new') : model.values.name}>
          <Field
            name="name"
            required
            label={t('rules.name')}
            value={model.values.name}
            errors={model.errors}
          />
          <Which {...props} />
          <How {...props} />
        </Section>
        <SaveOrCancel view={view} back={paths.settingsRules} save={t('kit.save')} />
      </Form>
    </SettingsFrame>
  );
}

function Which(props: { readonly view: View; readonly model: RuleFormModel }) {
  const { t } = props.view;
  const { values, errors } = props.model;
  return (
    <>
      <fieldset class="f ticks">
        <legend>{t('rules.kinds')}</legend>
        {documentKinds.map((kind) => (
          <CheckField
            name="kinds"
            id={`kind-${kind}`}
            value={kind}
            label={t.has(`kinds.${kind}`) ? t(`kinds.${kind}` as never) : kind}
            checked={values.kinds.includes(kind)}
          />
        ))}
      </fieldset>
      <TextField
        name="customers"
        rows={3}
        label={t('rules.customers')}
        hint={t('rules.customers.hint')}
        value={values.customers}
        errors={errors}
      />
      <Field
        name="categories"
        label={t('rules.categories')}
        hint={t('rules.categories.hint')}
        value={values.categories}
        errors={errors}
      />
      <fieldset class="f ticks">
        <legend>{t('rules.sources')}</legend>
        {ruleSources.map((source) => (
          <CheckField
            name="sources"
            id={`source-${source}`}
            value={source}
            label={t(`rules.source.${source}`)}
            checked={values.sources.includes(source)}
          />
        ))}
      </fieldset>
      {errors['sources'] ? (
        <p class="late" role="alert">
          {errors['sources']}
        </p>
      ) : null}
    </>
  );
}

function How(props: { readonly view: View; readonly model: RuleFormModel }) {
  const { t } = props.view;
  const { values, errors, senders } = props.model;
  return (
    <>
      <div class="two">
        <SelectField
          name="senderId"
          label={t('runs.from')}
          value={values.senderId}
          choices={[{ value: '', text: t('runs.sender.proposed') }, ...senders]}
          errors={errors}
        />
        <Field
          name="waitMinutes"
          type="number"
          min="0"
          max="10080"
          label={t('rules.wait')}
          value={values.waitMinutes}
          errors={errors}
        />
      </div>
      <CheckField name="officeHours" label={t('runs.officeHours')} checked={values.officeHours} />
    </>
  );
}
