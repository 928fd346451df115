import { Button, Field, Form, paths, Section, type View } from '../kit/index.ts';

/** Asks for the evidence files of all that this customer was sent, in a period or from the beginning. */
export function CustomerEvidence(props: { readonly view: View; readonly customer: string }) {
  const { view, customer } = props;
  const { t } = view;
  return (
    <Section title={t('bundles.title')} aside={<a href={paths.bundles}>{t('bundles.all')}</a>}>
      <Form view={view} action={paths.customerEvidence(customer)}>
        <p class="muted">{t('bundles.customer')}</p>
        <div class="two">
          <Field name="from" type="date" label={t('bundles.from')} />
          <Field name="to" type="date" label={t('bundles.to')} />
        </div>
        <p class="muted">{t('evidence.hint')}</p>
        <Button type="submit">{t('bundles.ask')}</Button>
      </Form>
    </Section>
  );
}
