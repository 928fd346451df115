import { Button, type Errors, Field, Form, paths, Section, type View } from '../kit/index.ts';

/** Whether codes can go to mobile phones, and by whom; a test message shows that the gateway is set right. */
export function OperatorTexts(props: {
  readonly view: View;
  /** Its host; null: none is set. */
  readonly gateway: string | null;
  readonly errors: Errors;
}) {
  const { view, gateway, errors } = props;
  const { t } = view;
  return (
    <Section id="text-messages" title={t('operator.sms')}>
      <p class="muted">{gateway ? t('operator.sms.line', { host: gateway }) : t('operator.sms.none')}</p>
      {gateway ? (
        <Form view={view} action={paths.operatorTexts} errors={errors}>
          <Field
            name="mobile"
            type="tel"
            label={t('customer.contact.mobile')}
            placeholder="+32 475 12 34 56"
            errors={errors}
            required
          />
          <Button type="submit">{t('operator.sms.test')}</Button>
        </Form>
      ) : null}
    </Section>
  );
}
