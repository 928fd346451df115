import { type Errors, Field, Note, SelectField, type View } from '../kit/index.ts';
import { documentKinds } from './document-words.ts';

export type AskedFactsModel = {
  readonly values: Readonly<Partial<Record<string, string>>>;
  /** Fields whose value is a guess from the file's text, for a person to confirm. */
  readonly proposed: readonly string[];
};

/** What the file does not say, asked for where it is needed; `errors` has them as `facts.number`. */
export function AskedFacts(props: {
  readonly view: View;
  readonly facts: AskedFactsModel;
  readonly errors: Errors;
}) {
  const { view, facts, errors } = props;
  const { t } = view;
  const field = (name: string) => ({
    name: `facts.${name}`,
    value: facts.values[name] ?? '',
    errors,
  });
  return (
    <fieldset class="asked">
      <legend>{t('send.facts')}</legend>
      <Note state="unconfirmed">
        {t(facts.proposed.length > 0 ? 'send.facts.confirm' : 'send.facts.ask')}
      </Note>
      <Field {...field('customer')} label={t('fact.customer')} autocomplete="off" />
      <div class="two">
        <SelectField
          {...field('kind')}
          label={t('fact.kind')}
          choices={documentKinds.map((kind) => ({ value: kind, text: t(`kind.${kind}`) }))}
        />
        <Field {...field('number')} label={t('fact.number')} />
        <Field {...field('total')} label={t('fact.total')} inputmode="decimal" />
        <Field {...field('currency')} label={t('fact.currency')} maxlength={3} />
        <Field {...field('issueDate')} type="date" label={t('fact.issueDate')} />
        <Field {...field('dueDate')} type="date" label={t('fact.dueDate')} />
      </div>
    </fieldset>
  );
}
