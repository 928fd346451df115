import { type Errors, Field, Form, paths, SaveOrCancel, SelectField, type View } from '../kit/index.ts';
import type { DocumentFactsModel } from './document-facts-model.ts';
import { documentKinds } from './document-words.ts';

/** The facts as fields; what was read from a plain PDF is marked as proposed. */
export function FactsForm(props: {
  readonly view: View;
  readonly model: DocumentFactsModel;
  readonly editing: NonNullable<DocumentFactsModel['editing']>;
}) {
  const { view, model, editing } = props;
  const { t } = view;
  const { errors } = editing;
  const value = (name: string, known: string | null): string => editing.values[name] ?? known ?? '';
  const hint = (name: string): string | undefined =>
    editing.proposed?.includes(name) ? t('facts.proposed') : undefined;
  return (
    <Form view={view} action={paths.facts(model.id)} errors={errors} class="factsform">
      <div class="two">
        <SelectField
          name="kind"
          label={t('fact.kind')}
          value={value('kind', model.kind)}
          errors={errors}
          choices={documentKinds.map((kind) => ({ value: kind, text: t(`kind.${kind}`) }))}
        />
        <Field
          name="number"
          label={t('fact.number')}
          value={value('number', model.number)}
          hint={hint('number')}
          errors={errors}
        />
      </div>
      <Field
        name="customer"
        label={t('fact.customer')}
        value={value('customer', model.customer?.name ?? null)}
        errors={errors}
        hint={hint('customer')}
        autocomplete="off"
        data={{ list: 'customer-names' }}
      />
      <datalist id="customer-names">
        {(model.customerNames ?? []).map((name) => (
          <option value={name} />
        ))}
      </datalist>
      <DatesAndMoney model={model} value={value} hint={hint} view={view} errors={errors} />
      <SaveOrCancel view={view} back={`${paths.document(model.id)}#facts`} />
    </Form>
  );
}

function DatesAndMoney(props: {
  readonly view: View;
  readonly model: DocumentFactsModel;
  readonly value: (name: string, known: string | null) => string;
  readonly hint: (name: string) => string | undefined;
  readonly errors: Errors;
}) {
  const { model, value, hint, errors } = props;
  const { t } = props.view;
  return (
    <>
      <div class="two">
        <Field
          name="issueDate"
          type="date"
          label={t('fact.issueDate')}
          value={value('issueDate', model.issueDate)}
          hint={hint('issueDate')}
          errors={errors}
        />
        <Field
          name="dueDate"
          type="date"
          label={t('fact.dueDate')}
          value={value('dueDate', model.dueDate)}
          hint={hint('dueDate')}
          errors={errors}
        />
      </div>
      <div class="two">
        <Field
          name="total"
          label={t('fact.total')}
          inputmode="decimal"
          value={value('total', model.total)}
          hint={hint('total')}
          errors={errors}
        />
        <Field
          name="currency"
          label={t('fact.currency')}
          value={value('currency', model.currency ?? 'EUR')}
          hint={hint('currency')}
          errors={errors}
          maxlength={3}
        />
      </div>
    </>
  );
}
