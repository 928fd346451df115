import type { Child } from 'hono/jsx';
import { Icon } from './icon.tsx';
import type { View } from './view.ts';

/** The head of a page: where it lies, its title, one line that says what is known, and its deeds on the right. */
export function PageHead(props: {
  readonly title: Child;
  readonly crumbs?: readonly { readonly href: string; readonly text: string }[];
  readonly line?: Child;
  readonly actions?: Child;
}) {
  return (
    <div class="pagehead">
      <div>
        {props.crumbs ? (
          <p class="crumb">
            {props.crumbs.map((crumb, at) => (
              <>
                {at > 0 ? ' › ' : null}
                <a href={crumb.href}>{crumb.text}</a>
              </>
            ))}
          </p>
        ) : null}
        <h1>{props.title}</h1>
        {props.line ? <p>{props.line}</p> : null}
      </div>
      {props.actions ? <div class="actions">{props.actions}</div> : null}
    </div>
  );
}

/** A number beside a word; `isMore`: at least so many. */
export type Count = number | { readonly count: number; readonly isMore: boolean };

/** "214", and "1,000+" of more than were counted. */
export function countText(view: View, of: Count): string {
  const { count, isMore } = typeof of === 'number' ? { count: of, isMore: false } : of;
  return `${view.format.number(count)}${isMore ? '+' : ''}`;
}

export type Tab = {
  readonly href: string;
  readonly text: string;
  readonly count?: Count;
  readonly here: boolean;
};

/** Tabs are links: the state lives in the address. */
export function Tabs(props: { readonly view: View; readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={props.label}>
      {props.tabs.map((tab) => (
        <a href={tab.href} aria-current={tab.here ? 'page' : undefined}>
          {tab.text} {tab.count === undefined ? null : <small>{countText(props.view, tab.count)}</small>}
        </a>
      ))}
    </nav>
  );
}

export type ChipModel = {
  readonly href: string;
  readonly text: string;
  readonly count?: Count;
  readonly on: boolean;
};

/** A filter as a link; in force it carries a cross, and its link takes it away. */
export function Chip(props: { readonly view: View; readonly chip: ChipModel }) {
  const { chip, view } = props;
  return (
    <a class="chip" href={chip.href} aria-current={chip.on ? 'true' : undefined}>
      {chip.text} {chip.count === undefined ? null : <b>{countText(view, chip.count)}</b>}
      {chip.on ? (
        <>
          {' '}
          <Icon name="cross" />
          <span class="sr">{view.t('kit.filter.remove')}</span>
        </>
      ) : null}
    </a>
  );
}

/** A row of small links of which one is in force: the views of one thing. */
export function Segments(props: {
  readonly label: string;
  readonly segments: readonly { readonly href: string; readonly text: string; readonly here: boolean }[];
}) {
  return (
    <nav class="seg" aria-label={props.label}>
      {props.segments.map((segment) => (
        <a href={segment.href} aria-current={segment.here ? 'true' : undefined}>
          {segment.text}
        </a>
      ))}
    </nav>
  );
}

/** A titled section; `aside` stands small at the right of the title. */
export function Section(props: {
  readonly title: string;
  readonly aside?: Child;
  readonly id?: string;
  readonly class?: string;
  readonly children: Child;
}) {
  return (
    <section id={props.id} class={props.class}>
      <h2>
        {props.title} {props.aside}
      </h2>
      {props.children}
    </section>
  );
}
