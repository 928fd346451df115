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

/** A plan as it stands in its form. */
export type PlanTyped = {
  readonly name: string;
  readonly features: readonly string[];
  readonly isUsual: boolean;
  readonly messages: string;
  readonly users: string;
};

/** What was wrong with a plan that was to be kept: one of those that are there, or (null) a new one; and what was typed. */
export type PlanWrong = {
  readonly plan: string | null;
  readonly errors: Errors;
  readonly typed: PlanTyped;
};

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
  const own = wrong && wrong.plan === (plan?.name ?? null) ? wrong : null;
  const errors = own?.errors ?? {};
  const shown = own?.typed ?? typedOf(plan, plans.length === 0);
  return (
    <Form view={view} action={paths.operatorPlans} class="stack" errors={errors}>
      {plan ? (
        <input type="hidden" name="name" value={plan.name} />
      ) : (
        <Field
          name="name"
          label={t('operator.plan')}
          hint={t('operator.plan.hint')}
          value={shown.name}
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
            checked={shown.features.includes(feature)}
          />
        ))}
        <CheckField
          name="usual"
          value="yes"
          id={`${plan?.name ?? 'new'}-usual`}
          label={t('operator.plan.usual')}
          checked={shown.isUsual}
        />
      </fieldset>
      <LimitFields view={view} plan={plan} shown={shown} errors={errors} />
      <p class="actions">
        <Button type="submit">{t('kit.save')}</Button>
      </p>
    </Form>
  );
}

/** A plan as it is kept, or a new one, which holds everything. */
function typedOf(plan: PlanModel | null, isFirst: boolean): PlanTyped {
  return {
    name: plan?.name ?? '',
    features: plan?.features ?? planFeatures,
    isUsual: plan?.isUsual ?? isFirst,
    messages: plan?.limits?.messagesPerMonth?.toString() ?? '',
    users: plan?.limits?.users?.toString() ?? '',
  };
}

function LimitFields(props: {
  readonly view: View;
  readonly plan: PlanModel | null;
  readonly shown: PlanTyped;
  readonly errors: Errors;
}) {
  const { view, plan, shown, errors } = props;
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
        value={shown.messages}
        errors={errors}
      />
      <Field
        name="users"
        type="number"
        min="1"
        id={`${plan?.name ?? 'new'}-users`}
        label={t('operator.plan.users')}
        hint={t('operator.plan.noLimit')}
        value={shown.users}
        errors={errors}
      />
    </div>
  );
}
