import {
  Cell,
  EmptyPlace,
  Icon,
  Layout,
  LinkButton,
  LiveMessageEnvelope,
  PageHead,
  Pager,
  paths,
  Row,
  Table,
  Tabs,
  type View,
  When,
  withQuery,
} from '../kit/index.ts';

import { EmailFilters, PeriodButton, spanWords } from './emails-filters.tsx';
import { type EmailRow, type EmailsModel, emailCategories, emailStates } from './emails-model.ts';

type Props = { readonly view: View; readonly model: EmailsModel };

/** Every e-mail to every person: what it was, to whom, what became of it. */
export function EmailsScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  const exported = (format: string): string => {
    const [, query = ''] = withQuery(view.path, { format }).split('?');
    return `${paths.exportEmails}?${query}`;
  };
  return (
    <Layout view={view} title={t('emails.title')}>
      <PageHead
        title={t('emails.title')}
        line={t('emails.line', { span: spanWords(view, model.span), isAll: isAll(model) ? 'yes' : 'no' })}
        actions={
          <>
            <LinkButton href={paths.deliveries}>{t('emails.deliveries')}</LinkButton>
            <LinkButton icon="save" href={exported('csv')} download>
              CSV
            </LinkButton>
            <LinkButton icon="save" href={exported('xlsx')} download>
              XLSX
            </LinkButton>
            <LinkButton href={figuresOf(view)}>{t('figures.title')}</LinkButton>
            <PeriodButton {...props} action={paths.emails} />
          </>
        }
      />
      <EmailsBody {...props} />
    </Layout>
  );
}

/** Tabs, totals and the list: fetched anew as something happens. */
export function EmailsBody(props: Props) {
  const { view, model } = props;
  return (
    <div id="emails" data-live="any" data-fragment={`${paths.fragment('emails', 'list')}${queryOf(view)}`}>
      <Tabs view={view} label={view.t('emails.purposes')} tabs={categoryTabs(props)} />
      <Totals {...props} />
      <EmailFilters {...props} />
      {model.rows.length > 0 ? <Rows {...props} /> : <Nothing {...props} />}
    </div>
  );
}

function queryOf({ path }: View): string {
  const at = path.indexOf('?');
  return at < 0 ? '' : path.slice(at);
}

/** The figures of the same period, kind and sender. */
function figuresOf(view: View): string {
  const [, query = ''] = withQuery(view.path, { state: null, purpose: null, q: null, recipient: null }).split(
    '?',
  );
  return query === '' ? paths.figures : `${paths.figures}?${query}`;
}

function isAll({ span }: EmailsModel): boolean {
  return span.from === '' && span.to === '';
}

function categoryTabs({ view, model }: Props) {
  const counted = [null, ...emailCategories] as const;
  return counted.map((category) => ({
    href: withQuery(view.path, { purpose: category }),
    text: view.t(`emails.purpose.${category ?? 'all'}`),
    count: category === null ? model.total : model.categoryCounts[category],
    here: category === model.category,
  }));
}

/** How many are in which state: each is a link that filters, or takes the filter away. */
function Totals({ view, model }: Props) {
  const shown = emailStates.filter((state) => model.stateCounts[state] > 0 || state === model.state);
  if (shown.length === 0) return null;
  return (
    <>
      <Bar model={model} />
      <nav class="totals" aria-label={view.t('emails.states')}>
        {shown.map((state) => (
          <a
            href={withQuery(view.path, { state: state === model.state ? null : state })}
            data-state={state}
            aria-current={state === model.state ? 'true' : undefined}
          >
            <Icon name={state} />
            <b>{view.format.number(model.stateCounts[state])}</b>
            <span>{view.t(`envelope.${state}`)}</span>
          </a>
        ))}
      </nav>
      {model.isPart ? <p class="cap">{view.t('emails.part')}</p> : null}
    </>
  );
}

const gap = 3;

/** The same as a line whose parts are as long as there are many: decoration for the numbers below it. */
function Bar({ model }: { readonly model: EmailsModel }) {
  const parts = emailStates.filter((state) => model.stateCounts[state] > 0);
  const sum = parts.reduce((total, state) => total + model.stateCounts[state], 0);
  const room = 1000 - gap * (parts.length - 1);
  let x = 0;
  return (
    <svg class="bar-chart" viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true">
      {parts.map((state) => {
        const width = (room * model.stateCounts[state]) / sum;
        const from = x;
        x += width + gap;
        return (
          <rect data-state={state} x={from.toFixed(1)} width={Math.max(width, 1).toFixed(1)} height="6" />
        );
      })}
    </svg>
  );
}

function Nothing({ view }: Props) {
  const { t } = view;
  const isFiltered = view.path.includes('?');
  return (
    <EmptyPlace
      now={t(isFiltered ? 'emails.none.filtered' : 'emails.none')}
      later={isFiltered ? undefined : t('emails.later')}
      actions={<LinkButton href={`${paths.emails}?period=all`}>{t('emails.all')}</LinkButton>}
    />
  );
}

function Rows({ view, model }: Props) {
  const { t } = view;
  return (
    <div class="list">
      <Table
        class="mails"
        caption={t('emails.title')}
        columns={[
          { name: t('column.date') },
          { name: t('mail.subject'), class: 'subj' },
          { name: t('column.attached'), class: 'att wide' },
          { name: t('emails.recipient'), class: 'rcpt' },
          { name: t('emails.sender'), class: 'wide' },
          { name: t('fact.kind'), class: 'mid' },
          { name: t('emails.purposes'), class: 'mid' },
          { name: t('emails.state') },
        ]}
      >
        {model.rows.map((row) => (
          <EmailLine view={view} row={row} />
        ))}
      </Table>
      <Pager view={view} shown={model.rows.length} newer={model.newer} older={model.older} />
    </div>
  );
}

function EmailLine(props: { readonly view: View; readonly row: EmailRow }) {
  const { view, row } = props;
  const { t } = view;
  return (
    <Row href={paths.message(row.id)}>
      <Cell class="when">
        <When view={view} at={row.at} />
      </Cell>
      <Cell class="clip subj">
        <a href={paths.message(row.id)}>{row.subject}</a>
      </Cell>
      <Cell class="clip att wide">{row.attachment}</Cell>
      <Cell class="clip rcpt">
        {row.recipient}
        {row.role === 'to' ? null : <small> {t(`people.role.${row.role}`)}</small>}
      </Cell>
      <Cell class="clip wide">{row.sender}</Cell>
      <Cell class="mid">{t(`kind.${row.kind}`)}</Cell>
      <Cell class="mid">{t(`purpose.${row.purpose}`, { origin: row.origin })}</Cell>
      <Cell class="st">
        <LiveMessageEnvelope view={view} message={row.id} envelope={row.envelope} />
        {row.why ? <small class="why">{row.why}</small> : null}
      </Cell>
    </Row>
  );
}
