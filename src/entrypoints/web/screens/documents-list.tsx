import {
  BulkBar,
  Button,
  Cell,
  Day,
  GroupRow,
  LiveEnvelope,
  MenuButton,
  MenuLink,
  Money,
  menuColumn,
  Pager,
  paths,
  Row,
  RowMenu,
  Table,
  TickCell,
  type View,
  When,
} from '../kit/index.ts';
import { documentTitle, paidWord } from './document-words.ts';
import type { DocumentRow, DocumentsModel } from './documents-model.ts';
import { happeningOf } from './event-words.ts';
import { NextReminder } from './next-reminder.tsx';

/** The list with its ticks. The form gets by itself (send window, reminder, export); only "mark paid" posts. */
export function DocumentList(props: { readonly view: View; readonly model: DocumentsModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <form class="list" method="get" action={paths.sendWindow} data-controller="ticks">
      <Table
        class="docs"
        caption={t('documents.caption')}
        tickAll={t('kit.tickAll')}
        columns={[
          { name: t('column.email') },
          { name: t('column.number') },
          { name: t('column.customer') },
          { name: t('column.date'), class: 'mid' },
          { name: t('column.due'), class: 'mid' },
          { name: t('column.amount'), class: 'num' },
          { name: t('column.paid') },
          { name: t('column.last') },
          menuColumn(view, 'dots'),
        ]}
      >
        <Rows {...props} />
      </Table>
      <BulkBar view={view} label={t('documents.bulk')}>
        <Button primary type="submit" kbd="S">
          {t('documents.send')}
        </Button>
        <Button type="submit" name="purpose" value="reminder" kbd="R">
          {t('documents.remind')}
        </Button>
        <Button type="submit" class="opt" action={paths.runs} name="csrf" value={view.csrf}>
          {t('documents.sendMany')}
        </Button>
        {/* The token is this button's own value: the other buttons get, and must not carry it into an address. */}
        <Button type="submit" class="opt" action={paths.markPaid} name="csrf" value={view.csrf}>
          {t('documents.markPaid')}
        </Button>
        <Button
          type="submit"
          class="opt"
          action={paths.bundles}
          name="csrf"
          value={view.csrf}
          data={{ title: t('evidence.hint') }}
        >
          {t('bundles.title')}
        </Button>
        <button type="submit" class="opt" formaction={paths.exportDocuments} data-turbo="false">
          {t('documents.export')}
        </button>
      </BulkBar>
      <Pager view={view} shown={model.rows.length} newer={model.newer} older={model.older} />
    </form>
  );
}

function Rows(props: { readonly view: View; readonly model: DocumentsModel }) {
  const { view, model } = props;
  let month = '';
  return (
    <>
      {model.rows.map((row) => {
        const ofRow = view.format.month(row.addedAt);
        const isNew = ofRow !== month;
        month = ofRow;
        return (
          <>
            {isNew ? <GroupRow columns={10}>{ofRow}</GroupRow> : null}
            <DocumentLine view={view} row={row} />
          </>
        );
      })}
    </>
  );
}

function DocumentLine(props: { readonly view: View; readonly row: DocumentRow }) {
  const { view, row } = props;
  const title = documentTitle(view, row);
  const paid = paidWord(view, row.paid, row.kind);
  return (
    <Row href={paths.document(row.id)} id={`row-${row.id}`}>
      <TickCell name="document" value={row.id} label={title} />
      <Cell class="c-env">
        <LiveEnvelope view={view} document={row.id} envelope={row.envelope} />
      </Cell>
      <Cell class="c-no">
        <a href={paths.document(row.id)}>{row.number ?? title}</a>
      </Cell>
      <Cell class="c-cust">
        {row.customer ?? <span class="muted">{view.t('documents.noCustomer')}</span>}
      </Cell>
      <Cell class="c-date when mid">
        <Day view={view} day={row.issueDate} />
      </Cell>
      <Cell class="c-due when mid">
        <Day view={view} day={row.dueDate} />
      </Cell>
      <Cell class="c-amt num">
        <Money view={view} amount={row.total} currency={row.currency} />
      </Cell>
      <Cell class={`c-paid ${paid.tone}`.trim()}>
        {paid.word}
        <NextReminder view={view} on={row.nextReminder} />
      </Cell>
      <Cell class="c-last when">
        {row.last ? <When view={view} at={row.last.at} /> : null}
        {row.last ? (
          <small class="wide"> · {happeningOf(view, { ...row.last, who: null }).what}</small>
        ) : null}
      </Cell>
      <Cell class="dots">
        <DocumentMenu view={view} row={row} title={title} />
      </Cell>
    </Row>
  );
}

function DocumentMenu(props: { readonly view: View; readonly row: DocumentRow; readonly title: string }) {
  const { view, row } = props;
  const { t } = view;
  return (
    <RowMenu id={`menu-${row.id}`} what={props.title} label={t('column.menu')}>
      <MenuLink href={paths.send([row.id])} icon="pass">
        {row.envelope.state === 'none' ? t('document.send') : t('document.sendAgain')}
      </MenuLink>
      {row.canRemind ? (
        <MenuLink href={paths.send([row.id], 'reminder')} icon="again">
          {t('document.remind')}
        </MenuLink>
      ) : null}
      <MenuLink href={paths.documentFile(row.id)} icon="save" download>
        {t('document.download')}
      </MenuLink>
      {row.kind !== 'quote' && ['unpaid', 'partly', 'declared', 'unsettled'].includes(row.paid.state) ? (
        <MenuButton action={paths.paid(row.id)} name="do" value="paid" icon="tick">
          {t('document.markPaid')}
        </MenuButton>
      ) : null}
    </RowMenu>
  );
}
