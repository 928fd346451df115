import {
  EmptyPlace,
  Layout,
  LinkButton,
  PageHead,
  PostButton,
  paths,
  Section,
  type View,
} from '../kit/index.ts';
import { stepWords } from './reminders.tsx';
import type { PolicyModel } from './reminders-model.ts';

/** The policies, each as a timeline that reads like a sentence. */
export function PoliciesScreen(props: { readonly view: View; readonly policies: readonly PolicyModel[] }) {
  const { view, policies } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('reminders.policies')}>
      <div class="narrow">
        <PageHead
          crumbs={[{ href: paths.reminders, text: t('place.reminders') }]}
          title={t('reminders.policies')}
          line={t('reminders.policies.line')}
          actions={
            <LinkButton primary={policies.length === 0} icon="plus" href={paths.policyNew}>
              {t('reminders.policy.new')}
            </LinkButton>
          }
        />
        {policies.length === 0 ? (
          <EmptyPlace now={t('reminders.policies.none')} later={t('reminders.policies.later')} />
        ) : (
          policies.map((policy, at) => (
            <Policy view={view} policy={policy} isFirst={at === 0} isLast={at === policies.length - 1} />
          ))
        )}
      </div>
    </Layout>
  );
}

function Policy(props: {
  readonly view: View;
  readonly policy: PolicyModel;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}) {
  const { view, policy, isFirst, isLast } = props;
  const { t, format } = view;
  return (
    <Section title={policy.name} class="policy" aside={<a href={paths.policy(policy.id)}>{t('kit.edit')}</a>}>
      <p>
        {[
          policy.isActive ? t(`reminders.mode.${policy.mode}`) : t('reminders.off'),
          policy.kinds
            .map((kind) => (t.has(`kinds.${kind}`) ? t(`kinds.${kind}` as never) : kind))
            .join(', '),
          policy.minimumAmount
            ? t('reminders.from', { amount: format.money(policy.minimumAmount, '').amount })
            : '',
          policy.isGrouped ? t('runs.grouping.customer') : t('runs.grouping.document'),
          policy.isGrouped && policy.joinPdfs ? t(`runs.join.${policy.joinPdfs}`) : '',
          t('reminders.hour', { hour: policy.sendHour }),
          policy.bankDays ? t('reminders.bankDays', { days: policy.bankDays }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ol class="policy-steps">
        {policy.steps.map((step) => (
          <li data-when={step.days < 0 ? 'before' : 'after'}>
            <strong>{stepWords(view, step.days, policy.kinds)}</strong>
            <span>{t(`reminders.level.${step.level}`)}</span>
            <small class="muted">
              {[
                step.isOwnText ? step.subject : '',
                step.sender ?? '',
                step.service && step.service !== 'standard' ? t(`service.${step.service}`) : '',
                step.letter ? t('reminders.letter') : '',
                step.ownLetter ? t('reminders.ownLetter.along') : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ol>
      <p class="actions">
        {isFirst ? null : (
          <PostButton quiet action={paths.policySwitch(policy.id)} name="do" value="earlier">
            {t('reminders.earlier')}
          </PostButton>
        )}
        {isLast ? null : (
          <PostButton quiet action={paths.policySwitch(policy.id)} name="do" value="later">
            {t('reminders.after')}
          </PostButton>
        )}
        <PostButton action={paths.policySwitch(policy.id)} name="do" value={policy.isActive ? 'off' : 'on'}>
          {policy.isActive ? t('reminders.switchOff') : t('reminders.switchOn')}
        </PostButton>
        <PostButton
          quiet
          action={paths.policySwitch(policy.id)}
          name="do"
          value="delete"
          confirm={t('reminders.delete.confirm', { name: policy.name })}
        >
          {t('reminders.delete')}
        </PostButton>
      </p>
    </Section>
  );
}
