import {
  Button,
  CheckField,
  Field,
  Form,
  Icon,
  Layout,
  LinkButton,
  PageHead,
  paths,
  RadioField,
  Section,
  SelectField,
  type View,
} from '../kit/index.ts';
import { stepWords } from './reminders.tsx';
import type { PolicyFormModel } from './reminders-model.ts';
import { JoinField } from './run-options.tsx';

/** A policy as a form: who, when, how careful; then its steps, of which an empty line is none. */
export function PolicyFormScreen(props: { readonly view: View; readonly model: PolicyFormModel }) {
  const { view, model } = props;
  const { t } = view;
  const title = model.id === null ? t('reminders.policy.new') : model.values.name;
  return (
    <Layout view={view} title={title}>
      <div class="narrow">
        <PageHead
          crumbs={[
            { href: paths.reminders, text: t('place.reminders') },
            { href: paths.policies, text: t('reminders.policies') },
          ]}
          title={title}
        />
        <Form
          view={view}
          action={model.id === null ? paths.policies : paths.policy(model.id)}
          errors={model.errors}
          multipart
        >
          <Rules {...props} />
          <Section title={t('reminders.steps')}>
            <p class="muted">{t('reminders.steps.hint')}</p>
            {model.errors['steps'] ? (
              <p class="late" role="alert">
                {model.errors['steps']}
              </p>
            ) : null}
            <ol class="policy-steps">
              {model.values.steps.map((step, at) => (
                <li data-when={Number(step.days) < 0 ? 'before' : 'after'}>
                  <details class="step" open={step.was === '' && step.days !== ''}>
                    <summary>
                      <Icon name="chev" />
                      <StepSummary view={view} model={model} step={step} />
                    </summary>
                    <StepFields view={view} model={model} step={step} at={at} />
                  </details>
                </li>
              ))}
            </ol>
          </Section>
          <p class="actions">
            <Button primary type="submit">
              {t('kit.save')}
            </Button>
            <LinkButton quiet href={paths.policies}>
              {t('kit.cancel')}
            </LinkButton>
          </p>
        </Form>
      </div>
    </Layout>
  );
}

function Rules(props: { readonly view: View; readonly model: PolicyFormModel }) {
  const { view, model } = props;
  const { t } = view;
  const { values, errors } = model;
  return (
    <>
      <Field name="name" required label={t('reminders.name')} value={values.name} errors={errors} />
      <RadioField
        name="mode"
        label={t('reminders.mode')}
        value={values.mode}
        choices={(['review', 'automatic'] as const).map((value) => ({
          value,
          text: t(`reminders.mode.${value}`),
          hint: t(`reminders.mode.${value}.hint`),
        }))}
      />
      <fieldset class="f ticks">
        <legend>{t('reminders.kinds')}</legend>
        {model.kinds.map((kind) => (
          <CheckField
            name="kinds"
            value={kind}
            label={t.has(`kinds.${kind}`) ? t(`kinds.${kind}` as never) : kind}
            checked={values.kinds.includes(kind)}
          />
        ))}
      </fieldset>
      {errors['kinds'] ? <p class="late">{errors['kinds']}</p> : null}
      <Limits {...props} />
    </>
  );
}

function Limits(props: { readonly view: View; readonly model: PolicyFormModel }) {
  const { t } = props.view;
  const { values, errors } = props.model;
  return (
    <div class="two">
      <Field
        name="minimumAmount"
        inputmode="decimal"
        label={t('reminders.minimum')}
        value={values.minimumAmount}
        errors={errors}
      />
      <Field
        name="bankDays"
        type="number"
        min="1"
        max="90"
        label={t('reminders.bankDays.label')}
        hint={t('reminders.bankDays.hint')}
        value={values.bankDays}
        errors={errors}
      />
      <Field
        name="sendHour"
        type="number"
        min="0"
        max="23"
        label={t('reminders.hour.label')}
        value={values.sendHour}
        errors={errors}
      />
      <CheckField name="isGrouped" label={t('runs.grouping.customer')} checked={values.isGrouped} />
      <JoinField view={props.view} value={values.joinPdfs} />
    </div>
  );
}

/** The letter that goes along: made by us, uploaded, or both. */
function LetterFields(props: {
  readonly view: View;
  readonly step: PolicyFormModel['values']['steps'][number];
  readonly at: number;
}) {
  const { step, at } = props;
  const { t } = props.view;
  return (
    <>
      <p class="actions">
        <CheckField name={`letter-${at}`} label={t('reminders.letter.label')} checked={step.letter} />
        <a href={paths.letterSample} target="_blank" rel="noopener">
          {t('reminders.letter.see')}
        </a>
      </p>
      {step.file ? (
        <p>
          <input type="hidden" name={`file-${at}`} value={step.file.id} />
          <input type="hidden" name={`fileName-${at}`} value={step.file.name} />
          {t('reminders.ownLetter.has', { name: step.file.name })}{' '}
          <CheckField name={`noFile-${at}`} label={t('reminders.ownLetter.remove')} checked={false} />
        </p>
      ) : null}
      <Field name={`upload-${at}`} type="file" label={t('reminders.ownLetter')} />
    </>
  );
}

type StepOf = {
  readonly view: View;
  readonly model: PolicyFormModel;
  readonly step: PolicyFormModel['values']['steps'][number];
};

/** A step as it reads on the timeline; an empty line is one to be added. */
function StepSummary({ view, model, step }: StepOf) {
  const { t } = view;
  if (step.days === '') return <span class="muted">{t('reminders.step.add')}</span>;
  const kept = model.kept[step.was];
  const more = [
    model.senders.find((one) => one.value === step.senderId)?.text,
    step.service === 'standard' ? '' : t(`service.${step.service}` as never),
    step.letter ? t('reminders.letter') : '',
    step.file ? t('reminders.ownLetter.along') : '',
  ];
  return (
    <>
      <strong>{stepWords(view, Number(step.days) || 0, model.values.kinds)}</strong>
      {kept ? <span>{t(`reminders.level.${kept.level}`)}</span> : null}
      <small class="muted">{more.filter(Boolean).join(' · ')}</small>
    </>
  );
}

function StepFields(props: StepOf & { readonly at: number }) {
  const { view, model, step, at } = props;
  const { t } = view;
  return (
    <>
      <input type="hidden" name={`was-${at}`} value={step.was} />
      <div class="two">
        <Field
          name={`days-${at}`}
          type="number"
          min="-365"
          max="365"
          label={t('reminders.days')}
          value={step.days}
        />
        <SelectField
          name={`sender-${at}`}
          label={t('runs.from')}
          value={step.senderId}
          choices={[{ value: '', text: t('runs.sender.proposed') }, ...model.senders]}
        />
        {model.services.length > 1 ? (
          <SelectField
            name={`service-${at}`}
            label={t('send.service')}
            value={step.service}
            choices={model.services.map((value) => ({ value, text: t(`service.${value}`) }))}
          />
        ) : null}
      </div>
      {model.services.includes('registered') ? (
        <div class="behind-code">
          <CheckField name={`hide-${at}`} label={t('send.hideSender')} checked={step.hideSender} />
        </div>
      ) : null}
      <LetterFields view={view} step={step} at={at} />
      <StepTexts {...props} />
    </>
  );
}

/** The texts of the step: each language leads to its page. */
function StepTexts({ view, model, step }: StepOf) {
  const { t } = view;
  const kept = model.kept[step.was];
  if (!kept) return <p class="muted">{t('reminders.texts.later')}</p>;
  return (
    <p>
      {t('reminders.texts')}{' '}
      {kept.texts.map((one, at) => (
        <>
          {at > 0 ? ' · ' : null}
          <a href={one.href}>{one.language}</a>
          {one.isOwn ? <small> ({t('reminders.texts.own')})</small> : null}
        </>
      ))}
    </p>
  );
}
