import { type Errors, Field, Form, Note, PostButton, paths, SaveOrCancel, type View } from '../kit/index.ts';
import type { SameModel } from './customers-model.ts';

/** A customer who has no document yet. */
export function NewCustomer(props: {
  readonly view: View;
  readonly adding: { readonly values: Readonly<Partial<Record<string, string>>>; readonly errors: Errors };
}) {
  const { view, adding } = props;
  const { t } = view;
  const { values, errors } = adding;
  return (
    <Form view={view} action={paths.customers} errors={errors} class="boxed">
      <div class="two">
        <Field
          name="name"
          label={t('company.name')}
          value={values['name']}
          errors={errors}
          required
          autofocus
        />
        <Field name="vatId" label={t('company.vatId')} value={values['vatId']} errors={errors} />
        <Field
          name="email"
          type="email"
          label={t('customers.email')}
          value={values['email']}
          errors={errors}
          autocomplete="off"
        />
        <Field
          name="contactName"
          label={t('customers.contactName')}
          value={values['contactName']}
          errors={errors}
        />
      </div>
      <SaveOrCancel view={view} back={paths.customers} save={t('customers.new.save')} />
    </Form>
  );
}

/** Customers that share a VAT id or an address, to be made one by a person. */
export function SameCustomers(props: { readonly view: View; readonly same: readonly SameModel[] }) {
  const { view } = props;
  const { t, format } = view;
  return (
    <>
      {props.same.map(({ reason, value, customers }) => {
        const [kept, ...others] = customers;
        if (!kept) return null;
        return (
          <Note
            state="unconfirmed"
            wayOut={
              <span class="actions">
                {others.map((other) => (
                  <PostButton
                    action={paths.customerMerge(kept.id)}
                    name="from"
                    value={other.id}
                    confirm={t('customers.merge.confirm', { name: kept.name })}
                  >
                    {t('customers.merge', { name: kept.name })}
                  </PostButton>
                ))}
              </span>
            }
          >
            <b>{t('customers.same')}.</b>{' '}
            {t(`customers.same.${reason}`, { names: format.list(customers.map((one) => one.name)), value })}
          </Note>
        );
      })}
    </>
  );
}
