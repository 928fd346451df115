import type { View } from '../kit/index.ts';

/** When a document is reminded of next, in small type below its state; nothing where no reminder is planned. */
export function NextReminder(props: { readonly view: View; readonly on: string | null }) {
  const { view, on } = props;
  if (on === null) return null;
  return (
    <small class="muted next-reminder">
      {' '}
      {view.t('documents.nextReminder', { on: view.format.date(on) })}
    </small>
  );
}
