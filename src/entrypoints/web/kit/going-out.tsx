import { Button, LinkButton } from './button.tsx';
import { Icon } from './icon.tsx';
import { paths } from './paths.ts';
import type { View } from './view.ts';

export type GoingOutModel = {
  readonly dispatch: string;
  /** Seconds left to undo when the page was made; the server holds the messages for the whole delay. */
  readonly seconds: number;
  readonly people: number;
  /** The company to whose inbox it goes, by the network. */
  readonly company?: string | null;
  /** Where to go when it has left. */
  readonly next: string;
};

/** The line that counts the seconds to undo. Without a script it says the number and stays truthful by its time. */
export function GoingOut(props: { readonly view: View; readonly model: GoingOutModel }) {
  const { view, model } = props;
  return (
    <footer
      class="going"
      role="status"
      data-controller="countdown"
      data-countdown-seconds-value={model.seconds}
      data-countdown-text-value={view.t('going.in', { seconds: '{seconds}' })}
      data-countdown-next-value={model.next}
    >
      <p>
        <span class="env" data-state="waiting">
          <Icon name="waiting" />
          <span class="word" data-countdown-target="said" aria-hidden="true">
            {view.t('going.in', { seconds: String(model.seconds) })}
          </span>{' '}
          <small>{goingTo(view, model)}</small>
        </span>
      </p>
      <div class="actions">
        <Button type="submit" form="deed" primary kbd="Z" action={paths.dispatchCancel(model.dispatch)}>
          {view.t('going.undo')}
        </Button>
        <LinkButton quiet href={model.next}>
          {view.t('kit.close')}
        </LinkButton>
      </div>
    </footer>
  );
}

function goingTo({ t, format }: View, { people, company }: GoingOutModel): string {
  return format.list([
    ...(people > 0 ? [t('going.to', { count: people })] : []),
    ...(company ? [t('going.toInbox', { company })] : []),
  ]);
}
