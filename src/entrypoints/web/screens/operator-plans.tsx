import {
  Button,
  CheckField,
  type Errors,
  Field,
  Form,
  PostButton,
  paths,
  Section,
  type View,
} from '../kit/index.ts';

export const planFeatures = ['engagement', 'reminders', 'registered', 'api', 'users'] as const;

export type PlanModel = {
  readonly name: string;
  readonly isUsual: boolean;
  readonly features: readonly (typeof planFeatures)[number][];
  readonly limits?: { readonly messagesPerMonth?: number; readonly users?: number };
};

/** What was wrong with a plan that was to be kept: one of those that are there, or (null) a new one. */
export type PlanWrong = { readonly plan: string | null; readonly errors: Errors };

type Props = {
  readonly view: View;
  readonly plans: readonly PlanModel[];
  readonly wrong: PlanWrong | null;
};

/** What companies may use: plans, of which one is the usual one. */
export function OperatorPlans(props: Props) {
  const { view, plans, wrong } = props;
  const { t } = view;
  return (
    <Section title={t('operator.plans')} id="plans">
      <p class="muted">{t('operator.plans.why')}</p>
      {plans.map((plan) => (
        <details class="limits" open={wrong?.plan === plan.name}>
          <summary>
            {plan.name}
            {plan.isUsual ? ` (${t('operator.usual')})` : ''}
          </summary>
          <PlanForm {...props} plan={plan} />
          {plan.isUsual ? null : (
            <p class="actions">
              <PostButton quiet action={paths.operatorPlanRemove} name="name" value={plan.name}>
                {t('operator.plan.remove')}
              </PostButton>
            </p>
          )}
        </details>
      ))}
      <details class="limits" open={wrong?.plan === null}>
        <summary>{t('operator.plan.new')}</summary>
        <PlanForm {...props} plan={null} />
      </details>
    </Section>
  );
}

function PlanForm({ view, plans, wrong, plan }: Props & { readonly plan: PlanModel | null }) {
  const { t } = view;
  const errors = wrong && wrong.plan === (plan?.name ?? null) ? wrong.errors : {};
  return (
    <Form view={view} action={paths.operatorPlans} class="stack" errors={errors}>
      {plan ? (
        <input type="hidden" name="name" value={plan.name} />
      ) : (
        <Field
          name="name"
          label={t('operator.plan')}
          hint={t('operator.plan.hint')}
          errors={errors}
          required
        />
      )}
      <fieldset class="ticks">
        <legend>{t('operator.plan.holds')}</legend>
        {planFeatures.map((feature) => (
          <CheckField
            name="feature"
            value={feature}
            id={`${plan?.name ?? 'new'}-${feature}`}
            label={t(`operator.feature.${feature}`)}
            checked={plan?.features.includes(feature) ?? true}
          />
        ))}
        <CheckField
          name="usual"
          value="yes"
          id={`${plan?.name ?? 'new'}-usual`}
          label={t('operator.plan.usual')}
          checked={plan?.isUsual ?? plans.length === 0}
        />
      </fieldset>
      <LimitFields view={view} plan={plan} errors={errors} />
      <p class="actions">
        <Button type="submit">{t('kit.save')}</Button>
      </p>
    </Form>
  );
}

function LimitFields(props: {
  readonly view: View;
  readonly plan: PlanModel | null;
  readonly errors: Errors;
}) {
  const { view, plan, errors } = props;
  const { t } = view;
  return (
    <div class="two">
      <Field
        name="messages"
        type="number"
        min="0"
        id={`${plan?.name ?? 'new'}-messages`}
        label={t('operator.plan.messages')}
        hint={t('operator.plan.noLimit')}
        value={plan?.limits?.messagesPerMonth?.toString()}
        errors={errors}
      />
      <Field
        name="users"
        type="number"
        min="1"
        id={`${plan?.name ?? 'new'}-users`}
        label={t('operator.plan.users')}
        hint={t('operator.plan.noLimit')}
        value={plan?.limits?.users?.toString()}
        errors={errors}
      />
    </div>
  );
}
