import { nearFrom } from '#domain/dispatch';
import { Facts, Note, Section, type View } from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';

export type PlanScreenModel = {
  /** Null: no plans, everything is there. */
  readonly plan: {
    readonly name: string;
    readonly has: readonly string[];
    readonly lacks: readonly string[];
  } | null;
  /** Null: no limit. `until`: when it begins anew. */
  readonly messages: { readonly used: number; readonly limit: number; readonly until: Date } | null;
  /** `limit` null: none. */
  readonly users: { readonly used: number; readonly limit: number | null };
};

type Props = { readonly view: View; readonly model: PlanScreenModel };

/** What the company's plan holds, how much of it is used, and until when. */
export function PlanScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  const { plan } = model;
  const named = (feature: string): string => t(`plan.${feature}` as 'plan.engagement');
  return (
    <SettingsFrame view={view} tab="plan">
      <Use {...props} />
      {plan ? (
        <Section title={plan.name ? t('plan.title', { name: plan.name }) : t('plan.usual')}>
          <ul>
            {plan.has.map((feature) => (
              <li>{named(feature)}</li>
            ))}
            {plan.lacks.map((feature) => (
              <li class="muted">{t('plan.lacks', { feature: named(feature) })}</li>
            ))}
          </ul>
        </Section>
      ) : (
        <p class="muted">{t('plan.none')}</p>
      )}
    </SettingsFrame>
  );
}

function Use(props: Props) {
  const { view, model } = props;
  const { t, format } = view;
  const { messages, users } = model;
  const ofLimit = (used: number, limit: number | null): string =>
    limit === null
      ? t('plan.use.noLimit')
      : t('plan.use.of', { used: format.number(used), limit: format.number(limit) });
  return (
    <Section title={t('plan.use')}>
      {messages ? <Nearness view={view} messages={messages} /> : null}
      <Facts
        facts={[
          [t('plan.use.messages'), ofLimit(messages?.used ?? 0, messages?.limit ?? null)],
          ...(messages ? [[t('plan.use.anew'), format.date(messages.until)] as const] : []),
          [
            t('plan.use.users'),
            users.limit === null
              ? `${format.number(users.used)} · ${t('plan.use.noLimit')}`
              : ofLimit(users.used, users.limit),
          ],
        ]}
      />
      <p class="muted">{t('plan.use.line')}</p>
    </Section>
  );
}

/** From four fifths on it is said aloud. */
function Nearness(props: {
  readonly view: View;
  readonly messages: NonNullable<PlanScreenModel['messages']>;
}) {
  const { t, format } = props.view;
  const { used, limit, until } = props.messages;
  if (used < limit * nearFrom) return null;
  return used >= limit ? (
    <Note state="held">{t('plan.use.full', { day: format.longDate(until) })}</Note>
  ) : (
    <Note state="unconfirmed">{t('plan.use.near', { count: limit - used })}</Note>
  );
}
