import {
  Cell,
  EmptyPlace,
  Layout,
  LinkButton,
  PageHead,
  paths,
  Row,
  Table,
  type View,
  When,
} from '../kit/index.ts';

export interface BundleRow {
  readonly id: string;
  /** Null: of chosen documents. */
  readonly customer: { readonly id: string; readonly name: string } | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly state: 'waiting' | 'ready' | 'expired';
  readonly dispatches: number;
  readonly made: number;
  readonly failed: number;
  readonly bytes: number;
  readonly at: Date;
  readonly expiresAt: Date | null;
}

/** Bundles of evidence files, newest first; the frame looks again by itself while one is being made. */
export function BundlesScreen(props: { readonly view: View; readonly rows: readonly BundleRow[] }) {
  const { view, rows } = props;
  const { t } = view;
  const isAtWork = rows.some((row) => row.state === 'waiting');
  return (
    <Layout view={view} title={t('bundles.title')}>
      <PageHead title={t('bundles.title')} line={t('bundles.line')} />
      {rows.length === 0 ? (
        <EmptyPlace
          now={t('bundles.none')}
          later={t('bundles.later')}
          actions={<LinkButton href={paths.customers}>{t('place.customers')}</LinkButton>}
        />
      ) : (
        <turbo-frame id="bundles" target="_top">
          <div
            class="list"
            {...(isAtWork ? { 'data-controller': 'again', 'data-again-seconds-value': '2' } : {})}
          >
            <Table
              class="plain"
              caption={t('bundles.title')}
              columns={[
                { name: t('column.date') },
                { name: t('column.customer') },
                { name: t('bundles.period'), class: 'mid' },
                { name: t('bundles.dispatches'), class: 'num mid' },
                { name: t('bundles.state') },
              ]}
            >
              {rows.map((row) => (
                <BundleLine view={view} row={row} />
              ))}
            </Table>
          </div>
        </turbo-frame>
      )}
    </Layout>
  );
}

function BundleLine(props: { readonly view: View; readonly row: BundleRow }) {
  const { view, row } = props;
  const { t, format } = view;
  return (
    <Row>
      <Cell class="when">
        <When view={view} at={row.at} />
      </Cell>
      <Cell>
        {row.customer ? (
          <a href={paths.customer(row.customer.id)}>{row.customer.name}</a>
        ) : (
          t('bundles.chosen')
        )}
      </Cell>
      <Cell class="mid">{periodOf(view, row)}</Cell>
      <Cell class="num mid">{format.number(row.dispatches)}</Cell>
      <Cell>
        {stateOf(view, row)}{' '}
        {row.state === 'ready' ? (
          <LinkButton icon="save" href={paths.bundleFile(row.id)} download>
            {t('bundles.download')}
          </LinkButton>
        ) : null}
      </Cell>
    </Row>
  );
}

function periodOf({ t, format }: View, { from, to }: BundleRow): string {
  if (from && to) return `${format.date(from)} – ${format.date(to)}`;
  if (from) return t('bundles.since', { day: format.date(from) });
  return to ? t('bundles.until', { day: format.date(to) }) : t('bundles.ever');
}

function stateOf({ t, format }: View, row: BundleRow): string {
  if (row.state === 'waiting')
    return t('bundles.making', { made: format.number(row.made), total: format.number(row.dispatches) });
  if (row.state === 'expired' || !row.expiresAt) return t('bundles.expired');
  const kept = t('bundles.ready', { size: format.bytes(row.bytes), until: format.date(row.expiresAt) });
  return row.failed > 0 ? `${kept} ${t('bundles.failed', { count: row.failed })}` : kept;
}
