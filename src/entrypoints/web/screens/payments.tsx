import {
  Button,
  Cell,
  Day,
  EmptyPlace,
  Field,
  Form,
  Layout,
  Money,
  menuColumn,
  Note,
  PageHead,
  Pager,
  paths,
  Row,
  Table,
  Tabs,
  type View,
  When,
} from '../kit/index.ts';
import { type MatchModel, type MoneyRow, matchValue, type PaymentsModel } from './payments-model.ts';

/** An import older than this is worth a word: reminders would chase people who have paid. */
const staleDays = 5;

/** What came in at the bank: files come in, and each amount waits until somebody says which document it pays. */
export function PaymentsScreen(props: { readonly view: View; readonly model: PaymentsModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('place.payments')}>
      <PageHead title={t('place.payments')} line={<LastImport view={view} last={model.last} />} />
      {model.last && model.last.days > staleDays ? (
        <Note state="held">{t('payments.stale', { days: model.last.days })}</Note>
      ) : null}
      <Form view={view} action={paths.bankFile} multipart errors={model.errors} class="inline bank-file">
        <Field
          name="file"
          type="file"
          required
          label={t('payments.file')}
          hint={t('payments.file.hint')}
          errors={model.errors}
        />
        <Button type="submit" primary={model.rows.length === 0} icon="plus">
          {t('payments.import')}
        </Button>
      </Form>
      <Tabs
        view={view}
        label={t('payments.tabs')}
        tabs={(['open', 'confirmed', 'ignored'] as const).map((tab) => ({
          href: tab === 'open' ? paths.payments : `${paths.payments}?tab=${tab}`,
          text: t(`payments.tab.${tab}`),
          count: model.counts[tab],
          here: tab === model.tab,
        }))}
      />
      {model.rows.length === 0 ? (
        <EmptyPlace now={t(`payments.none.${model.tab}`)} later={t(`payments.later.${model.tab}`)} />
      ) : (
        <Entries {...props} />
      )}
    </Layout>
  );
}

function LastImport(props: { readonly view: View; readonly last: PaymentsModel['last'] }) {
  const { view, last } = props;
  if (!last) return <>{view.t('payments.neverImported')}</>;
  return (
    <>
      {view.t('payments.lastImport', { file: last.fileName, by: last.by })} <When view={view} at={last.at} />
      {last.lastBookedOn
        ? ` · ${view.t('payments.upTo', { day: view.format.date(last.lastBookedOn) })}`
        : null}
    </>
  );
}

function Entries(props: { readonly view: View; readonly model: PaymentsModel }) {
  const { view, model } = props;
  const { t } = view;
  const isOpen = model.tab === 'open';
  return (
    <Form view={view} action={paths.bankEntries} class="list">
      <Table
        class="plain money"
        caption={t('payments.caption')}
        columns={[
          { name: t('payments.booked'), class: 'mid' },
          { name: t('payments.payer') },
          { name: t('column.amount'), class: 'num' },
          { name: t('payments.for') },
          ...(isOpen ? [menuColumn(view, 'dots')] : []),
        ]}
      >
        {model.rows.map((row) => (
          <Entry view={view} row={row} isOpen={isOpen} />
        ))}
      </Table>
      {isOpen ? (
        <p class="actions">
          <Button type="submit" primary>
            {t('payments.confirm')}
          </Button>
          <small class="muted">{t('payments.confirm.hint')}</small>
        </p>
      ) : null}
      <Pager view={view} shown={model.rows.length} newer={model.newer} older={model.older} />
    </Form>
  );
}

function Entry(props: { readonly view: View; readonly row: MoneyRow; readonly isOpen: boolean }) {
  const { view, row, isOpen } = props;
  return (
    <Row>
      <Cell class="when mid">
        <Day view={view} day={row.bookedOn} />
      </Cell>
      <Cell class="payer">
        <strong>{row.name || view.t('payments.unnamed')}</strong>
        <small class="muted">{row.text}</small>
      </Cell>
      <Cell class="num">
        <Money view={view} amount={row.amount} currency={row.currency} />
      </Cell>
      <Cell>{isOpen ? <Choice view={view} row={row} /> : <Paid view={view} row={row} />}</Cell>
      {isOpen ? (
        <Cell class="dots">
          <Button type="submit" quiet action={paths.bankEntry(row.id)} name="do" value="ignore">
            {view.t('payments.ignore')}
          </Button>
        </Cell>
      ) : null}
    </Row>
  );
}

/** What is sure is chosen already, and still waits for the button; the rest is for a person to choose. */
function Choice(props: { readonly view: View; readonly row: MoneyRow }) {
  const { view, row } = props;
  const { t } = view;
  const [best] = row.matches;
  const second = row.matches[1];
  const isClear = best?.certainty === 'sure' && second?.certainty !== 'sure';
  return (
    <>
      <select name={`entry-${row.id}`} aria-label={t('payments.choose', { name: row.name || row.amount })}>
        <option value="">{t(row.matches.length === 0 ? 'payments.noMatch' : 'payments.leave')}</option>
        {row.matches.map((match) => (
          <option value={matchValue(match)} selected={isClear && match === best}>
            {matchText(view, match)}
          </option>
        ))}
      </select>
      {best ? <small class="muted">{reasonsText(view, best)}</small> : null}
      <input
        name={`number-${row.id}`}
        class="typed"
        placeholder={t('payments.typeNumber')}
        aria-label={t('payments.typeNumber.for', { name: row.name || row.amount })}
        autocomplete="off"
      />
    </>
  );
}

function matchText({ t, format }: View, match: MatchModel): string {
  const [first] = match.documents;
  const numbers = match.documents.map((one) => one.number ?? '–').join(' + ');
  const customer = first?.customer ?? '';
  const money =
    match.documents.length === 1 && first?.open ? format.money(first.open, first.currency ?? '') : null;
  const open = money ? t('payments.openSum', { sum: `${money.amount} ${money.currency}`.trim() }) : '';
  return [numbers, customer, open].filter(Boolean).join(' · ');
}

function reasonsText({ t }: View, match: MatchModel): string {
  return `${t(`payments.certainty.${match.certainty}`)}: ${match.because.map((reason) => t(`payments.because.${reason}`)).join(', ')}`;
}

function Paid(props: { readonly view: View; readonly row: MoneyRow }) {
  const [match] = props.row.matches;
  return (
    <>
      {(match?.documents ?? []).map((one, at) => (
        <>
          {at > 0 ? ', ' : null}
          <a href={paths.document(one.id)}>{one.number ?? props.view.t('notice.aDocument')}</a>
        </>
      ))}
    </>
  );
}
