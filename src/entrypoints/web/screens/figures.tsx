import { Cell, Layout, LinkButton, PageHead, paths, Row, Section, Table, type View } from '../kit/index.ts';
import { documentKinds } from './document-words.ts';
import { Choice, PeriodButton, spanWords } from './emails-filters.tsx';
import type { EmailsModel } from './emails-model.ts';

export type FiguresBucket = {
  readonly name: string;
  readonly sent: number;
  readonly reached: number;
  readonly opened: number;
  readonly failed: number;
};

export type FiguresModel = Pick<
  EmailsModel,
  'kind' | 'sender' | 'senders' | 'preset' | 'span' | 'presets'
> & {
  /** The plan shows opens. */
  readonly isInPlan: boolean;
  readonly buckets: readonly FiguresBucket[];
  readonly by: 'day' | 'month';
  readonly total: FiguresBucket;
  readonly secondsToOpening: number | null;
  readonly daysToPayment: number | null;
};

type Props = { readonly view: View; readonly model: FiguresModel };

const series = ['sent', 'reached', 'opened', 'failed'] as const;

/** How many went out, arrived, were opened or failed, and how long it took: quiet charts, each with its numbers behind it. */
export function FiguresScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('figures.title')}>
      <PageHead
        title={t('figures.title')}
        crumbs={[{ href: paths.emails, text: t('emails.title') }]}
        line={spanWords(view, model.span)}
        actions={
          <>
            <LinkButton href={paths.emails}>{t('figures.list')}</LinkButton>
            <PeriodButton view={view} model={model} action={paths.figures} />
          </>
        }
      />
      <div class="filters">
        <Choice
          view={view}
          name="kind"
          label={t('fact.kind')}
          now={model.kind ? t(`kind.${model.kind}`) : null}
          choices={documentKinds.map((kind) => ({ value: kind, text: t(`kind.${kind}`) }))}
        />
        <Choice
          view={view}
          name="sender"
          label={t('emails.sender')}
          now={model.sender?.address ?? null}
          choices={model.senders.map(({ id, address }) => ({ value: id, text: address }))}
        />
      </div>
      <FiguresBody {...props} />
    </Layout>
  );
}

/** Numbers, charts and table: fetched anew as something happens. */
export function FiguresBody(props: Props) {
  const { view, model } = props;
  const { t } = view;
  const query = view.path.split('?')[1];
  return (
    <div
      id="figures"
      data-live="any"
      data-fragment={`${paths.fragment('figures', 'all')}${query ? `?${query}` : ''}`}
    >
      <dl class="figures">
        {series.map((name) => (
          <div data-series={name}>
            <dt>{t(`figures.${name}`)}</dt>
            <dd>
              {view.format.number(model.total[name])}
              {name === 'sent' ? null : <small> {share(view, model.total[name], model.total.sent)}</small>}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('figures.toOpening')}</dt>
          <dd>{model.secondsToOpening === null ? '–' : duration(view, model.secondsToOpening)}</dd>
        </div>
        <div>
          <dt>{t('figures.toPayment')}</dt>
          <dd>{model.daysToPayment === null ? '–' : unit(view, Math.round(model.daysToPayment), 'day')}</dd>
        </div>
      </dl>
      {model.buckets.length > 0 ? <Charts {...props} /> : <p class="muted">{t('emails.none.filtered')}</p>}
      <p class="muted">{t(model.isInPlan ? 'figures.honest' : 'plan.would.engagement')}</p>
    </div>
  );
}

function Charts(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <div class="stack">
      {series.map((name) => (
        <Section title={t(`figures.${name}`)} aside={<small>{t(`figures.by.${model.by}`)}</small>}>
          <Bars model={model} name={name} />
        </Section>
      ))}
      <details class="fold" id="figures-table">
        <summary>{t('figures.table')}</summary>
        <Table
          class="plain"
          caption={t('figures.title')}
          columns={[
            { name: t('column.date') },
            ...series.map((name) => ({ name: t(`figures.${name}`), class: 'num' })),
          ]}
        >
          {model.buckets.map((bucket) => (
            <Row>
              <Cell>{bucketName(view, model.by, bucket.name)}</Cell>
              {series.map((name) => (
                <Cell class="num">{view.format.number(bucket[name])}</Cell>
              ))}
            </Row>
          ))}
        </Table>
      </details>
    </div>
  );
}

const [width, height] = [1000, 80];

/** Bars of one series over the pale ones of all that was sent; decoration for the table. */
function Bars({ model, name }: { readonly model: FiguresModel; readonly name: (typeof series)[number] }) {
  const most = Math.max(1, ...model.buckets.map(({ sent }) => sent));
  const step = width / model.buckets.length;
  const bar = (value: number, at: number, of: string) => (
    <rect
      data-series={of}
      x={(at * step + step * 0.1).toFixed(1)}
      y={(height - (height * value) / most).toFixed(1)}
      width={(step * 0.8).toFixed(1)}
      height={((height * value) / most).toFixed(1)}
    />
  );
  return (
    <svg class="bars" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {model.buckets.map((bucket, at) => (
        <>
          {name === 'sent' ? null : bar(bucket.sent, at, 'all')}
          {bar(bucket[name], at, name)}
        </>
      ))}
    </svg>
  );
}

function bucketName(view: View, by: FiguresModel['by'], name: string): string {
  return by === 'day' ? view.format.date(name) : view.format.month(`${name}-01`);
}

function share(view: View, part: number, whole: number): string {
  if (whole === 0) return '';
  return new Intl.NumberFormat(view.format.locale, { style: 'percent', maximumFractionDigits: 0 }).format(
    part / whole,
  );
}

function duration(view: View, seconds: number): string {
  if (seconds < 3600) return unit(view, Math.max(1, Math.round(seconds / 60)), 'minute');
  return seconds < 172_800
    ? unit(view, Math.round(seconds / 3600), 'hour')
    : unit(view, Math.round(seconds / 86_400), 'day');
}

function unit(view: View, value: number, name: 'minute' | 'hour' | 'day'): string {
  return new Intl.NumberFormat(view.format.locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(
    value,
  );
}
