import { Button } from './button.tsx';
import { Note } from './note.tsx';
import type { View } from './view.ts';

/** A secret that was just made: shown this once, with a button that copies it. */
export function MadeSecret(props: {
  readonly view: View;
  readonly sentence: string;
  readonly secret: string;
}) {
  const { t } = props.view;
  return (
    <div class="made">
      <Note state="opened" role="status">
        {props.sentence}
      </Note>
      <p class="inline">
        <code class="secret">{props.secret}</code>
        <Button
          icon="copy"
          data={{
            'data-controller': 'copy',
            'data-action': 'copy#copy',
            'data-copy-text-value': props.secret,
            'data-copy-done-value': t('kit.copied'),
          }}
        >
          <span data-copy-target="said">{t('kit.copy')}</span>
        </Button>
      </p>
    </div>
  );
}
