import { countryName, type Language, languageName, languages } from '#base/language';
import {
  Button,
  Cell,
  type Errors,
  Facts,
  Field,
  Form,
  Layout,
  MadeSecret,
  Note,
  PageHead,
  paths,
  Row,
  Section,
  SelectField,
  Table,
  type View,
  When,
} from '../kit/index.ts';
import { type KeysModel, OperatorKeys } from './operator-keys.tsx';
import { type MachineFinding, OperatorMachine } from './operator-machine.tsx';
import { OperatorPlans, type PlanModel, type PlanWrong } from './operator-plans.tsx';
import { OperatorTexts } from './operator-texts.tsx';
import { OperatorVat, type VatRow } from './operator-vat.tsx';

export type OperatorModel = {
  /** Sentences; none: all is well. */
  readonly troubles: readonly string[];
  readonly version: string;
  /** How late the oldest e-mail is that should have gone out; null: none is. */
  readonly lateMinutes: number | null;
  readonly machines: readonly { readonly id: string; readonly roles: string; readonly seenAt: Date }[];
  /** The last check of the log, where it found nothing wrong; null: none was made, or it is among the troubles. */
  readonly logCheck: { readonly at: Date; readonly events: number; readonly covered: number } | null;
  /** How it looks to others. */
  readonly machine: readonly MachineFinding[];
  /** Host of the gateway for text messages; null: none. */
  readonly textGateway: string | null;
  /** What it seals and signs with. */
  readonly keys: KeysModel;
  readonly companies: readonly {
    readonly id: string;
    readonly name: string;
    readonly country: string;
    readonly plan: string | null;
    readonly people: number;
    readonly sent: number;
    readonly limits?: PlanModel['limits'];
    readonly since: Date;
  }[];
  readonly plans: readonly PlanModel[];
  /** VAT ids that companies say they have. */
  readonly vatIds: readonly VatRow[];
  /** Codes, in the order of their names. */
  readonly countries: readonly string[];
  /** The link for the owner of a company just made: shown this once. */
  readonly made: { readonly email: string; readonly url: string } | null;
  readonly values: {
    readonly company: string;
    readonly country: string;
    readonly language: Language;
    readonly email: string;
  };
  readonly errors: Errors;
  readonly planWrong: PlanWrong | null;
};

type Props = { readonly view: View; readonly model: OperatorModel };

/** For whoever runs the installation: is it well, who uses it, how much, and on which plan. Nothing of what companies send. */
export function OperatorScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('operator.title')}>
      <div class="narrow stack">
        <PageHead title={t('operator.title')} />
        {model.made ? (
          <MadeSecret
            view={view}
            sentence={t('operator.made', { email: model.made.email })}
            secret={model.made.url}
          />
        ) : null}
        <Health {...props} />
        <Section title={t('operator.companies')}>
          <Companies {...props} />
        </Section>
        <NewCompany {...props} />
        <OperatorVat view={view} rows={model.vatIds} />
        <OperatorPlans view={view} plans={model.plans} wrong={model.planWrong} />
        <OperatorMachine view={view} findings={model.machine} />
        <OperatorTexts view={view} gateway={model.textGateway} errors={model.errors} />
        <OperatorKeys view={view} keys={model.keys} />
      </div>
    </Layout>
  );
}

function Health({ view, model }: Props) {
  const { t } = view;
  const { lateMinutes, machines } = model;
  return (
    <Section title={t('operator.health')}>
      {model.troubles.length === 0 ? (
        <Note state="opened">{t('operator.well')}</Note>
      ) : (
        model.troubles.map((sentence) => <Note state="failed">{sentence}</Note>)
      )}
      <Facts
        facts={[
          [t('operator.version'), model.version],
          [
            t('operator.waiting'),
            lateMinutes === null
              ? t('operator.waiting.none')
              : t('operator.waiting.late', { minutes: lateMinutes }),
          ],
          [t('operator.check'), <CheckOfLog view={view} model={model} />],
          ...machines.map(
            ({ id, roles, seenAt }) =>
              [
                id,
                <>
                  {roles} · {t('operator.seen')} <When view={view} at={seenAt} form="relative" />
                </>,
              ] as const,
          ),
        ]}
      />
      <p class="muted">{t('operator.more')}</p>
    </Section>
  );
}

function CheckOfLog({ view, model: { logCheck } }: Props) {
  const { t } = view;
  if (!logCheck) return <>{t('operator.check.none')}</>;
  const { at, events, covered } = logCheck;
  return (
    <>
      {t('operator.check.good', { events, covered })} <When view={view} at={at} form="relative" />
    </>
  );
}

function Companies({ view, model }: Props) {
  const { t } = view;
  return (
    <div class="list">
      <Table
        class="plain"
        caption={t('operator.companies')}
        columns={[
          { name: t('operator.company') },
          { name: t('operator.plan') },
          { name: t('operator.people'), class: 'num' },
          { name: t('operator.sent'), class: 'num' },
          { name: t('operator.since') },
        ]}
      >
        {model.companies.map((company) => (
          <Row>
            <Cell class="name">
              {company.name} <small class="muted">{company.country}</small>
            </Cell>
            <Cell>
              <PlanOf view={view} model={model} company={company} />
            </Cell>
            <Cell class="num">{ofLimit(view, company.people, company.limits?.users)}</Cell>
            <Cell class="num">{ofLimit(view, company.sent, company.limits?.messagesPerMonth)}</Cell>
            <Cell class="when">
              <When view={view} at={company.since} form="dateTime" />
            </Cell>
          </Row>
        ))}
      </Table>
    </div>
  );
}

function ofLimit({ t, format }: View, used: number, limit: number | undefined): string {
  if (limit === undefined) return format.number(used);
  return t('plan.use.of', { used: format.number(used), limit: format.number(limit) });
}

function PlanOf({ view, model, company }: Props & { readonly company: OperatorModel['companies'][number] }) {
  const { t } = view;
  if (model.plans.length === 0) return <span class="muted">{t('operator.everything')}</span>;
  const usual = model.plans.find(({ isUsual }) => isUsual)?.name ?? '';
  return (
    <Form view={view} action={paths.operatorPlan(company.id)} class="inline">
      <label class="sr" for={`plan-${company.id}`}>
        {t('operator.planOf', { company: company.name })}
      </label>
      <select id={`plan-${company.id}`} name="plan">
        {model.plans.map(({ name }) => (
          <option value={name} selected={name === (company.plan ?? usual)}>
            {name}
          </option>
        ))}
      </select>{' '}
      <Button quiet type="submit">
        {t('kit.save')}
      </Button>
    </Form>
  );
}

function NewCompany({ view, model }: Props) {
  const { t } = view;
  const { values, errors } = model;
  return (
    <Section title={t('operator.new')}>
      <p class="muted">{t('operator.new.hint')}</p>
      <Form
        view={view}
        action={paths.operator}
        errors={errors}
        class="stack"
        data={{ 'data-turbo': 'false' }}
      >
        <div class="two">
          <Field
            name="company"
            label={t('operator.company')}
            value={values.company}
            errors={errors}
            required
          />
          <Field
            name="email"
            type="email"
            label={t('operator.owner')}
            value={values.email}
            errors={errors}
            required
          />
          <SelectField
            name="country"
            label={t('operator.country')}
            value={values.country}
            errors={errors}
            choices={model.countries.map((code) => ({ value: code, text: countryName(code, view.language) }))}
          />
          <SelectField
            name="language"
            label={t('operator.language')}
            value={values.language}
            errors={errors}
            choices={languages.map((code) => ({ value: code, text: languageName(code, view.language) }))}
          />
        </div>
        <p class="actions">
          <Button primary type="submit">
            {t('operator.open')}
          </Button>
        </p>
      </Form>
    </Section>
  );
}
