import { Field, Section, TextField, type View } from '../kit/index.ts';
import type { CompanyModel } from './settings-model.ts';

type Part = { readonly view: View; readonly model: CompanyModel };

/** What the customer's page offers to whoever wants to pay. */
export function Paying({ view, model }: Part) {
  const { t } = view;
  const { values, errors } = model;
  return (
    <Section title={t('company.pay')}>
      <p class="muted">{t('company.pay.hint')}</p>
      <div class="two">
        <Field name="iban" label={t('company.iban')} value={values.iban} maxlength={50} errors={errors} />
        <Field name="bic" label={t('company.bic')} value={values.bic} maxlength={11} errors={errors} />
        <Field
          name="accountHolder"
          label={t('company.holder')}
          hint={t('company.holder.hint')}
          value={values.accountHolder}
          maxlength={70}
          errors={errors}
        />
        <Field
          name="paymentLink"
          label={t('company.paymentLink')}
          hint={t('company.paymentLink.hint')}
          placeholder="https://"
          value={values.paymentLink}
          maxlength={500}
          errors={errors}
        />
      </div>
    </Section>
  );
}

/** What holds when somebody accepts a quote on the customer's page. */
export function Quotes({ view, model }: Part) {
  const { t } = view;
  const { values, errors } = model;
  return (
    <Section title={t('company.quotes')}>
      <TextField
        name="quoteTerms"
        label={t('company.terms')}
        hint={t('company.terms.hint')}
        value={values.quoteTerms}
        rows={4}
        maxlength={5000}
        errors={errors}
      />
      <Field
        name="decisionCodeAbove"
        inputmode="decimal"
        label={t('company.codeAbove')}
        hint={t('company.codeAbove.hint')}
        value={values.decisionCodeAbove}
        maxlength={20}
        errors={errors}
      />
    </Section>
  );
}
