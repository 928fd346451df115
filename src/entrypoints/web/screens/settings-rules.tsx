import {
  Button,
  EmptyPlace,
  LinkButton,
  Note,
  PostButton,
  paths,
  Section,
  SelectField,
  type View,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';
import type { RuleModel, RulesModel, RuleTrialModel } from './settings-rules-model.ts';

/** The rules by which documents are sent as they arrive, each with its test on a real document. */
export function RulesScreen(props: { readonly view: View; readonly model: RulesModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="rules">
      <p class="muted">{t('rules.line')}</p>
      <p class="actions">
        <LinkButton primary={model.rules.length === 0} icon="plus" href={paths.settingsRuleNew}>
          {t('rules.new')}
        </LinkButton>
      </p>
      {model.rules.length === 0 ? <EmptyPlace now={t('rules.none')} /> : null}
      {model.rules.map((rule) => (
        <Rule view={view} rule={rule} documents={model.documents} />
      ))}
    </SettingsFrame>
  );
}

function Rule(props: {
  readonly view: View;
  readonly rule: RuleModel;
  readonly documents: RulesModel['documents'];
}) {
  const { view, rule } = props;
  const { t, format } = view;
  return (
    <Section
      title={rule.name}
      id={rule.id}
      class="policy"
      aside={<a href={paths.settingsRule(rule.id)}>{t('kit.edit')}</a>}
    >
      <p>{sentenceOf(view, rule)}</p>
      <p>
        <small class="muted">{t('rules.setBy', { who: rule.by, at: format.dateTime(rule.at) })}</small>
      </p>
      <Trial {...props} />
      <p class="actions">
        <PostButton action={paths.settingsRuleDo(rule.id)} name="do" value={rule.isActive ? 'off' : 'on'}>
          {rule.isActive ? t('reminders.switchOff') : t('reminders.switchOn')}
        </PostButton>
        <PostButton
          quiet
          action={paths.settingsRuleDo(rule.id)}
          name="do"
          value="delete"
          confirm={t('rules.delete.confirm', { name: rule.name })}
        >
          {t('reminders.delete')}
        </PostButton>
      </p>
    </Section>
  );
}

/** What the rule says, as one line. */
function sentenceOf(view: View, rule: RuleModel): string {
  const { t, format } = view;
  const kinds = rule.kinds.map((kind) => (t.has(`kinds.${kind}`) ? t(`kinds.${kind}` as never) : kind));
  const sources = rule.sources.map((source) => t(`rules.source.${source === 'folder' ? 'folder' : 'api'}`));
  return [
    rule.isActive ? '' : t('reminders.off'),
    kinds.length > 0 ? format.list(kinds) : t('rules.allKinds'),
    format.list(rule.customers),
    format.list(rule.categories),
    `${t('rules.sources')} ${format.list(sources)}`,
    rule.sender ?? '',
    t('rules.waits', { minutes: rule.waitMinutes }),
    rule.officeHours ? t('runs.officeHours') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function Trial(props: {
  readonly view: View;
  readonly rule: RuleModel;
  readonly documents: RulesModel['documents'];
}) {
  const { view, rule, documents } = props;
  const { t } = view;
  if (documents.length === 0) return <p class="muted">{t('rules.test.none')}</p>;
  return (
    <>
      <form class="inline selection" method="get" action={`${paths.settingsRules}#${rule.id}`}>
        <input type="hidden" name="rule" value={rule.id} />
        <SelectField
          name="document"
          id={`with-${rule.id}`}
          label={t('rules.test.with')}
          value={rule.trial?.documentId ?? null}
          choices={documents}
        />
        <Button type="submit">{t('rules.test')}</Button>
      </form>
      {rule.trial ? <Result trial={rule.trial} /> : null}
    </>
  );
}

function Result({ trial }: { readonly trial: RuleTrialModel }) {
  return (
    <Note state={trial.isGood ? 'opened' : 'held'} role="status">
      {trial.head ? <>{trial.head} </> : null}
      {trial.reasons.join(' ')}
      {trial.would ? <span> {trial.would}</span> : null}
    </Note>
  );
}
