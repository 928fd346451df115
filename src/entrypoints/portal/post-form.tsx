import type { Child } from 'hono/jsx';

/** A form of the page of a delivery, with the token of this browser. */
export function PostForm(props: {
  readonly view: { readonly path: string; readonly csrf: string };
  readonly to: string;
  readonly children: Child;
}) {
  return (
    <form method="post" action={`${props.view.path}/${props.to}`}>
      <input type="hidden" name="csrf" value={props.view.csrf} />
      {props.children}
    </form>
  );
}
