import type { Child } from 'hono/jsx';
import { Button } from './button.tsx';
import type { View } from './view.ts';

export type Column = {
  readonly name: Child;
  /** `mid` and `wide` leave first when there is no room; `num` is for amounts. */
  readonly class?: string;
  readonly sort?: { readonly href: string; readonly direction: 'asc' | 'desc' | null };
};

/** The column of what can be done with a row: named for those who hear the table, without a visible head. */
export function menuColumn({ t }: View, className?: string): Column {
  return { name: <span class="sr">{t('column.menu')}</span>, class: className };
}

/**
 * A table that stays a table for those who hear it, also where its rows become a grid on a phone: every part carries its ARIA
 * role. `class` names the grid (`docs`, `mails`, `plain`).
 */
export function Table(props: {
  readonly class: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly tickAll?: string;
  readonly children: Child;
}) {
  return (
    <table role="table" class={props.class}>
      <caption class="sr">{props.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {props.tickAll ? (
            <th role="columnheader" class="tick">
              <TickBox
                label={props.tickAll}
                data={{ 'data-action': 'ticks#all', 'data-ticks-target': 'all' }}
              />
            </th>
          ) : null}
          {props.columns.map((column) => (
            <th role="columnheader" scope="col" class={column.class} aria-sort={ariaSort(column)}>
              {column.sort ? (
                <a href={column.sort.href}>
                  {column.name} {arrow[column.sort.direction ?? 'none']}
                </a>
              ) : (
                column.name
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{props.children}</tbody>
    </table>
  );
}

const arrow = { asc: '↑', desc: '↓', none: '' } as const;

function ariaSort(column: Column): 'ascending' | 'descending' | undefined {
  if (!column.sort?.direction) return undefined;
  return column.sort.direction === 'asc' ? 'ascending' : 'descending';
}

/** A row; `href` is what the "open" key follows. */
export function Row(props: { readonly href?: string; readonly id?: string; readonly children: Child }) {
  return (
    <tr role="row" id={props.id} data-row={props.href}>
      {props.children}
    </tr>
  );
}

export function Cell(props: { readonly class?: string; readonly children?: Child }) {
  return (
    <td role="cell" class={props.class}>
      {props.children}
    </td>
  );
}

/** The tick at the start of a row: name `document`, value its id, so that the bulk bar posts or gets them as they are. */
export function TickCell(props: {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly amount?: string;
}) {
  return (
    <Cell class="tick">
      <TickBox
        label={props.label}
        name={props.name}
        value={props.value}
        data={{
          'data-ticks-target': 'box',
          'data-action': 'ticks#count',
          ...(props.amount === undefined ? {} : { 'data-amount': props.amount }),
        }}
      />
    </Cell>
  );
}

function TickBox(props: {
  readonly label: string;
  readonly name?: string;
  readonly value?: string;
  readonly data: Readonly<Record<string, string>>;
}) {
  return (
    <label>
      <input type="checkbox" name={props.name} value={props.value} autocomplete="off" {...props.data} />
      <span class="sr">{props.label}</span>
    </label>
  );
}

/** A heading inside a list: a month. */
export function GroupRow(props: { readonly columns: number; readonly children: Child }) {
  return (
    <tr role="row" class="group">
      <th role="rowheader" colspan={props.columns} scope="rowgroup">
        {props.children}
      </th>
    </tr>
  );
}

/**
 * What can be done with the ticked rows. Stands inside the list's form and is shown by CSS while something is ticked, so it
 * works without a script; with one, `ticks` writes how many.
 */
export function BulkBar(props: { readonly view: View; readonly label: string; readonly children: Child }) {
  const { t } = props.view;
  return (
    <div class="bulk" role="toolbar" aria-label={props.label}>
      <strong
        role="status"
        data-ticks-target="said"
        data-one={t('kit.ticked', { count: 1 })}
        data-many={t('kit.ticked', { count: 2 }).replace('2', '{count}')}
      >
        {t('kit.ticked.some')}
      </strong>
      {props.children}
      <Button type="reset" quiet kbd="Esc" press="Escape" data={{ 'data-action': 'ticks#clear' }}>
        {t('kit.clear')}
      </Button>
    </div>
  );
}

/** Paging by key: newer and older, never a page number; nothing where all rows are `shown`. */
export function Pager(props: {
  readonly view: View;
  readonly shown: number;
  readonly newer: string | null;
  readonly older: string | null;
}) {
  const { t } = props.view;
  if (props.newer === null && props.older === null) return null;
  return (
    <nav class="cap pager" aria-label={t('kit.pages')}>
      <span>{t('kit.shown', { count: props.shown })}</span>
      <span>
        {props.newer === null ? null : (
          <a href={props.newer} rel="prev">
            {t('kit.newer')}
          </a>
        )}{' '}
        {props.older === null ? null : (
          <a href={props.older} rel="next">
            {t('kit.older')}
          </a>
        )}
      </span>
    </nav>
  );
}
