import {
  EmptyPlace,
  Icon,
  Layout,
  Money,
  PageHead,
  Pager,
  paths,
  Tabs,
  type View,
  When,
} from '../kit/index.ts';
import { documentTitle } from './document-words.ts';
import type { ReceivedListModel, ReceivedRow, ReceivedState } from './received-model.ts';

export const receivedDrawings = {
  new: 'waiting',
  accepted: 'replied',
  rejected: 'held',
} as const satisfies Record<ReceivedState, string>;

const tabs = ['all', 'new', 'accepted', 'rejected'] as const;

/** What other companies of the installation have handed over. */
export function ReceivedScreen(props: { readonly view: View; readonly model: ReceivedListModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('place.received')}>
      <PageHead
        title={t('place.received')}
        line={
          <>
            {t(model.isListed ? 'received.line' : 'received.line.unlisted')}{' '}
            <a href={paths.settingsNetwork}>{t('settings.network')}</a>
          </>
        }
      />
      <Tabs
        view={view}
        label={t('received.tabs')}
        tabs={tabs.map((tab) => ({
          href: tab === 'all' ? paths.received : `${paths.received}?state=${tab}`,
          text: t(`received.tab.${tab}`),
          count: model.counts[tab],
          here: tab === model.tab,
        }))}
      />
      {model.rows.length === 0 ? (
        <EmptyPlace now={t('received.none')} later={t('received.later')} />
      ) : (
        <ul class="received" role="list">
          {model.rows.map((row) => (
            <Line view={view} row={row} />
          ))}
        </ul>
      )}
      <Pager view={view} shown={model.rows.length} newer={model.newer} older={model.older} />
    </Layout>
  );
}

function Line({ view, row }: { readonly view: View; readonly row: ReceivedRow }) {
  const { t } = view;
  const drawing = receivedDrawings[row.state];
  return (
    <li data-row={paths.receivedOne(row.id)}>
      <span class="env" data-state={drawing}>
        <Icon name={drawing} /> <span class="word">{t(`received.state.${row.state}`)}</span>
      </span>
      <span>
        <a href={paths.receivedOne(row.id)}>{documentTitle(view, row)}</a>
        <small>{row.isReplaced ? t('received.replaced.short') : (row.proof ?? t('received.unproven'))}</small>
      </span>
      <span>{row.from}</span>
      <When view={view} at={row.at} />
      <span class="end">
        {row.total ? <Money view={view} amount={row.total} currency={row.currency} /> : null}
      </span>
    </li>
  );
}
