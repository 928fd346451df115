import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

/**
 * A list of deeds that opens by its button's `popovertarget` (native popover: closes by Esc and by a click elsewhere, works
 * without a script). Browsers without anchor positions are helped by the `menu` controller.
 */
export function Menu(props: {
  readonly id: string;
  readonly label: string;
  readonly class?: string;
  readonly children: Child;
}) {
  return (
    <div
      class={`menu ${props.class ?? ''}`.trim()}
      id={props.id}
      popover="auto"
      role="group"
      aria-label={props.label}
      data-controller="menu"
      data-action="toggle->menu#place"
    >
      {props.children}
    </div>
  );
}

export function MenuLink(props: {
  readonly href: string;
  readonly icon?: IconName;
  readonly children: Child;
  readonly download?: boolean;
}) {
  return (
    <a href={props.href} {...(props.download ? { download: '', 'data-turbo': 'false' } : {})}>
      {props.icon ? <Icon name={props.icon} /> : null} {props.children}
    </a>
  );
}

/** A deed: posts to `action` through the page's deed form. `confirm` is asked first. */
export function MenuButton(props: {
  readonly action: string;
  readonly name?: string;
  readonly value?: string;
  readonly icon?: IconName;
  readonly confirm?: string;
  readonly children: Child;
}) {
  return (
    <button
      type="submit"
      form="deed"
      formaction={props.action}
      name={props.name}
      value={props.value}
      data-turbo-confirm={props.confirm}
    >
      {props.icon ? <Icon name={props.icon} /> : null} {props.children}
    </button>
  );
}

/** The three dots at the end of a row. `what` names the row for those who do not see it. */
export function RowMenu(props: {
  readonly id: string;
  readonly what: string;
  readonly label: string;
  readonly children: Child;
}) {
  return (
    <>
      <button
        type="button"
        class="quiet icononly row-menu"
        popovertarget={props.id}
        aria-label={`${props.label}: ${props.what}`}
      >
        <Icon name="more" />
      </button>
      <Menu id={props.id} label={props.label}>
        {props.children}
      </Menu>
    </>
  );
}
