import { Button, Field, Form, Icon, paths, type View } from '../kit/index.ts';

/** Lets the reminders of a document rest until a day, with the reason; an empty day takes the pause away. */
export function PauseReminders(props: {
  readonly view: View;
  readonly id: string;
  readonly reminder: { readonly pausedUntil: string | null; readonly pauseReason?: string | null };
}) {
  const { view, reminder } = props;
  const { t } = view;
  return (
    <details class="fold">
      <summary>
        <Icon name="chev" /> {t('reminders.pause')}
      </summary>
      <Form view={view} action={paths.pause(props.id)} class="inline">
        <Field
          name="until"
          type="date"
          label={t('reminders.pause.until')}
          hint={t('customer.pause.hint')}
          value={reminder.pausedUntil}
        />
        <Field
          name="reason"
          label={t('reminders.pause.reason')}
          value={reminder.pauseReason ?? ''}
          maxlength={300}
        />
        <Button type="submit">{t('kit.save')}</Button>
      </Form>
    </details>
  );
}
