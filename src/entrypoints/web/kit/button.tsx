import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

type Look = {
  /** The one filled button of the view. */
  readonly primary?: boolean;
  readonly quiet?: boolean;
  readonly icon?: IconName;
  /** The key as it is shown; `press` (absent: the same) is how the browser names it. */
  readonly kbd?: string;
  readonly press?: string;
  readonly id?: string;
  readonly class?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly children: Child;
};

export function Button(
  props: Look & {
    readonly type?: 'button' | 'submit' | 'reset';
    readonly name?: string;
    readonly value?: string;
    readonly disabled?: boolean;
    /** Posts to this address through the form that `form` names (absent: the form around it). */
    readonly action?: string;
    readonly form?: string;
    readonly noValidate?: boolean;
    readonly confirm?: string;
    /** The id of a dialog or menu that it opens. */
    readonly opensDialog?: string;
    readonly opensMenu?: string;
  },
) {
  return (
    <button
      type={props.type ?? 'button'}
      id={props.id}
      class={classOf(props)}
      name={props.name}
      value={props.value}
      disabled={props.disabled}
      form={props.form}
      formaction={props.action}
      formmethod={props.action ? 'post' : undefined}
      formnovalidate={props.noValidate}
      popovertarget={props.opensMenu}
      data-dialog-open={props.opensDialog}
      data-turbo-confirm={props.confirm}
      data-key={keyOf(props)}
      {...props.data}
    >
      <Face {...props} />
    </button>
  );
}

/** A deed outside of any form: posts through the page's deed form, with its token. */
export function PostButton(
  props: Look & {
    readonly action: string;
    readonly name?: string;
    readonly value?: string;
    readonly confirm?: string;
  },
) {
  return <Button {...props} type="submit" form="deed" />;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton(
  props: Look & {
    readonly href: string;
    readonly download?: boolean;
    /** It leads away to a page that is not ours. */
    readonly leaves?: boolean;
  },
) {
  return (
    <a
      id={props.id}
      class={`btn ${classOf(props) ?? ''}`.trim()}
      href={props.href}
      data-key={keyOf(props)}
      {...(props.download ? { download: '', 'data-turbo': 'false' } : {})}
      {...(props.leaves ? { 'data-turbo': 'false' } : {})}
      {...props.data}
    >
      <Face {...props} />
    </a>
  );
}

function Face(props: Look) {
  return (
    <>
      {props.icon ? <Icon name={props.icon} /> : null} {props.children}{' '}
      {props.kbd ? <kbd>{props.kbd}</kbd> : null}
    </>
  );
}

function classOf(look: Look): string | undefined {
  const names = [look.primary ? 'primary' : '', look.quiet ? 'quiet' : '', look.class ?? ''].filter(Boolean);
  return names.length > 0 ? names.join(' ') : undefined;
}

function keyOf(look: Look): string | undefined {
  return look.press ?? (look.kbd && look.kbd.length === 1 ? look.kbd.toLowerCase() : undefined);
}
