import type { Child } from 'hono/jsx';

/** One line of the send window: its name on the left, what belongs to it beside. */
export function Line(props: { readonly label: string; readonly for?: string; readonly children: Child }) {
  return (
    <div class="line">
      {props.for ? <label for={props.for}>{props.label}</label> : <span class="lab">{props.label}</span>}
      {props.children}
    </div>
  );
}
