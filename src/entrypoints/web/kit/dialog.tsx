import type { Child } from 'hono/jsx';
import { Button } from './button.tsx';
import type { View } from './view.ts';

/** A native dialog; a button with `commandfor`/`data-dialog-open` opens it. Esc and "Close" close it, focus goes back. */
function Dialog(props: {
  readonly view: View;
  readonly id: string;
  readonly title: string;
  readonly children: Child;
}) {
  return (
    <dialog id={props.id} class="dialog" aria-labelledby={`${props.id}-title`} data-controller="dialog">
      <h2 id={`${props.id}-title`}>{props.title}</h2>
      {props.children}
      <form method="dialog" class="close">
        <Button quiet type="submit" kbd="Esc">
          {props.view.t('kit.close')}
        </Button>
      </form>
    </dialog>
  );
}

/** Asked before what cannot be undone: `data-turbo-confirm="sentence"` on a button or form fills and opens it. */
export function ConfirmDialog(props: { readonly view: View }) {
  const { t } = props.view;
  return (
    <dialog id="confirm" class="dialog" aria-labelledby="confirm-text">
      <form method="dialog">
        <p id="confirm-text" data-confirm-text />
        <p class="actions">
          <Button primary type="submit" value="yes" data={{ 'data-confirm-yes': '' }}>
            {t('kit.confirm.yes')}
          </Button>
          <Button type="submit" value="no">
            {t('kit.confirm.no')}
          </Button>
        </p>
      </form>
    </dialog>
  );
}

const keys = [
  ['/', 'search'],
  ['g h', 'home'],
  ['g d', 'documents'],
  ['g n', 'notices'],
  ['g c', 'customers'],
  ['j k', 'move'],
  ['x', 'tick'],
  ['↵', 'open'],
  ['a', 'add'],
  ['s', 'send'],
  ['r', 'remind'],
  ['Ctrl ↵', 'sendNow'],
  ['z', 'undo'],
  ['Esc', 'close'],
  ['?', 'help'],
] as const;

/** All keys, opened by "?". They can be switched off (WCAG 2.2, 2.1.4), for people whose tools type by themselves. */
export function KeysDialog(props: { readonly view: View }) {
  const { t } = props.view;
  return (
    <Dialog view={props.view} id="keys-help" title={t('kit.keys')}>
      <dl class="keylist">
        {keys.map(([key, word]) => (
          <div>
            <dt>
              {key.split(' ').map((part) => (
                <kbd>{part}</kbd>
              ))}
            </dt>
            <dd>{t(`kit.key.${word}`)}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input type="checkbox" data-keys-target="off" data-action="keys#switch" /> {t('kit.keys.off')}
      </label>
    </Dialog>
  );
}
