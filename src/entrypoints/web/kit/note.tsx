import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

export type NoteState = 'waiting' | 'opened' | 'failed' | 'unconfirmed' | 'held';

const icons: Record<NoteState, IconName> = {
  waiting: 'waiting',
  opened: 'tick',
  failed: 'failed',
  unconfirmed: 'warn',
  held: 'held',
};

/** One sentence, one mark, one way out at the end of the line. `alert` is read aloud at once. */
export function Note(props: {
  readonly state: NoteState;
  readonly children: Child;
  readonly wayOut?: Child;
  readonly role?: 'status' | 'alert';
}) {
  return (
    <div class="note" data-state={props.state} role={props.role}>
      <Icon name={icons[props.state]} />
      <p>{props.children}</p>
      {props.wayOut}
    </div>
  );
}

/** An empty list: what is not here, and in grey what will be. */
export function EmptyPlace(props: {
  readonly now: string;
  readonly later?: Child;
  readonly actions?: Child;
}) {
  return (
    <div class="empty">
      <p>
        {props.now} {props.later ? <span class="muted">{props.later}</span> : null}
      </p>
      {props.actions ? <p class="actions">{props.actions}</p> : null}
    </div>
  );
}

/** What a mail server said, word for word; its code stands out. */
export function ServerWords(props: { readonly words: string }) {
  return (
    <pre class="server">
      {props.words.split('\n').map((line, at) => {
        const [, code, rest] = /^(\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?)(.*)$/s.exec(line) ?? [];
        return (
          <>
            {at > 0 ? '\n' : null}
            {code ? (
              <>
                <b>{code}</b>
                {rest}
              </>
            ) : (
              line
            )}
          </>
        );
      })}
    </pre>
  );
}
