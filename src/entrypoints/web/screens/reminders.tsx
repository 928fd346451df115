import {
  BulkBar,
  Button,
  Cell,
  Day,
  EmptyPlace,
  Field,
  Form,
  Layout,
  LinkButton,
  Money,
  Note,
  PageHead,
  PostButton,
  paths,
  Row,
  SelectField,
  Table,
  Tabs,
  TickCell,
  type View,
  When,
} from '../kit/index.ts';
import { type ReminderRow, type RemindersModel, reminderTabs } from './reminders-model.ts';

/** What would be reminded of today, what later, and what not and why; with the batches that wait for a person. */
export function RemindersScreen(props: { readonly view: View; readonly model: RemindersModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('place.reminders')}>
      <PageHead
        title={t('place.reminders')}
        line={t('reminders.line', { count: model.counts.due })}
        actions={
          <>
            {model.rows.length > 1 ? (
              <PostButton action={model.all}>
                {t('reminders.remindAll', { count: model.rows.length + model.beyond })}
              </PostButton>
            ) : null}
            <LinkButton href={paths.runs}>{t('runs.all')}</LinkButton>
            <LinkButton icon="gear" href={paths.policies}>
              {t('reminders.policies')}
            </LinkButton>
          </>
        }
      />
      <Notes {...props} />
      <Tabs
        view={view}
        label={t('reminders.tabs')}
        tabs={reminderTabs.map((tab) => ({
          href: tab === 'due' ? paths.reminders : `${paths.reminders}?tab=${tab}`,
          text: t(`reminders.tab.${tab}`),
          count: model.counts[tab],
          here: tab === model.tab,
        }))}
      />
      <Filter {...props} />
      {model.rows.length === 0 ? (
        <EmptyPlace now={t(`reminders.none.${model.tab}`)} later={t('reminders.later')} />
      ) : (
        <List {...props} />
      )}
    </Layout>
  );
}

function Notes(props: { readonly view: View; readonly model: RemindersModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <>
      {model.waiting.map((run) => (
        <Note state="held" wayOut={<a href={paths.run(run.id)}>{t('reminders.waiting.look')}</a>}>
          {t('reminders.waiting', { count: run.lines })} <When view={view} at={run.at} />
        </Note>
      ))}
      {model.hasPolicy ? null : (
        <Note state="waiting" wayOut={<a href={paths.policyNew}>{t('reminders.policy.new')}</a>}>
          {t('reminders.noPolicy')}
        </Note>
      )}
      {model.bankDaysAgo === null || model.bankDaysAgo > 5 ? (
        <Note state="held" wayOut={<a href={paths.payments}>{t('place.payments')}</a>}>
          {model.bankDaysAgo === null
            ? t('reminders.bank.never')
            : t('payments.stale', { days: model.bankDaysAgo })}
        </Note>
      ) : null}
    </>
  );
}

/** The selection of a batch by hand: how late, how much, whose. */
function Filter(props: { readonly view: View; readonly model: RemindersModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <form class="inline selection" method="get" action={paths.reminders}>
      <input type="hidden" name="tab" value={model.tab} />
      <Field name="late" type="number" min="0" label={t('reminders.filter.late')} value={model.filter.late} />
      <Field
        name="amount"
        inputmode="decimal"
        label={t('reminders.filter.amount')}
        value={model.filter.amount}
      />
      <Field name="customer" type="search" label={t('column.customer')} value={model.filter.customer} />
      {model.categories.length > 0 ? (
        <SelectField
          name="category"
          label={t('customer.category')}
          value={model.filter.category}
          choices={[
            { value: '', text: t('reminders.filter.anyCategory') },
            ...model.categories.map((value) => ({ value, text: value })),
          ]}
        />
      ) : null}
      <Button type="submit">{t('reminders.filter.use')}</Button>
    </form>
  );
}

function List(props: { readonly view: View; readonly model: RemindersModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Form view={view} action={paths.runsRemind} class="list" data={{ 'data-controller': 'ticks' }}>
      <Table
        class="plain"
        caption={t('place.reminders')}
        tickAll={t('kit.tickAll')}
        columns={[
          { name: t('column.number') },
          { name: t('column.customer') },
          { name: t('column.due'), class: 'mid' },
          { name: t('column.open'), class: 'num' },
          { name: t('reminders.next') },
          { name: t('reminders.sofar'), class: 'mid' },
        ]}
      >
        {model.rows.map((row) => (
          <Line view={view} row={row} />
        ))}
      </Table>
      <BulkBar view={view} label={t('documents.bulk')}>
        <Button primary type="submit">
          {t('documents.remind')}
        </Button>
      </BulkBar>
      {model.beyond > 0 ? <p class="muted">{t('reminders.beyond', { count: model.beyond })}</p> : null}
    </Form>
  );
}

function Line(props: { readonly view: View; readonly row: ReminderRow }) {
  const { view, row } = props;
  const { t } = view;
  const title = row.number ?? t('notice.aDocument');
  return (
    <Row href={paths.document(row.id)}>
      <TickCell name="document" value={row.id} label={title} />
      <Cell class="name">
        <a href={paths.document(row.id)}>{title}</a>
      </Cell>
      <Cell>{row.customer ?? <span class="muted">{t('documents.noCustomer')}</span>}</Cell>
      <Cell class="mid">
        <Day view={view} day={row.dueDate} />
        {row.daysLate > 0 ? <small class="late"> {t('paid.late', { days: row.daysLate })}</small> : null}
      </Cell>
      <Cell class="num">
        <Money view={view} amount={row.open} currency={row.currency} />
      </Cell>
      <Cell>
        {row.whyNot ? (
          <>
            {t.has(`reminders.why.${row.whyNot}`) ? t(`reminders.why.${row.whyNot}` as never) : row.whyNot}
            {row.pauseReason ? <small class="muted"> {row.pauseReason}</small> : null}
          </>
        ) : (
          <>
            {row.on && row.on > '' ? <Day view={view} day={row.on} /> : null}
            {row.days === null ? null : <small class="muted"> {stepWords(view, row.days)}</small>}
          </>
        )}
      </Cell>
      <Cell class="mid">
        {row.reminders === 0 ? t('reminders.never') : t('reminders.times', { count: row.reminders })}
        {row.lastOn ? (
          <small class="muted">
            {' '}
            <Day view={view} day={row.lastOn} />
          </small>
        ) : null}
      </Cell>
    </Row>
  );
}

/** "7 days after the due date". */
export function stepWords({ t }: View, days: number, kinds: readonly string[] = []): string {
  // A quote is not due; it ends.
  const isOfQuotes = kinds.length > 0 && kinds.every((kind) => kind === 'quote');
  if (isOfQuotes && days < 0) return t('reminders.step.beforeEnd', { days: -days });
  if (days === 0) return t('reminders.step.on');
  return days < 0 ? t('reminders.step.before', { days: -days }) : t('reminders.step.after', { days });
}
