import type { View } from './view.ts';

/** An amount with its currency small and after; nothing when it is not known. */
export function Money(props: {
  readonly view: View;
  readonly amount: string | null;
  readonly currency: string | null;
}) {
  if (props.amount === null) return null;
  const money = props.view.format.money(props.amount, props.currency ?? '');
  return (
    <>
      {money.amount}
      {money.currency === '' ? null : <span class="cur">{money.currency}</span>}
    </>
  );
}

/** An instant, written short, with the exact one for machines and on hover. */
export function When(props: {
  readonly view: View;
  readonly at: Date;
  readonly form?: 'moment' | 'dateTime' | 'relative';
}) {
  const { view, at } = props;
  const { format } = view;
  return (
    <time datetime={at.toISOString()} title={`${format.longDate(at)}, ${format.exactTime(at)}`}>
      {format[props.form ?? 'moment'](at)}
    </time>
  );
}

/** A calendar day (`YYYY-MM-DD`), short. */
export function Day(props: { readonly view: View; readonly day: string | null }) {
  if (props.day === null) return null;
  return <time datetime={props.day}>{props.view.format.date(props.day)}</time>;
}
