import {
  Cell,
  EmptyPlace,
  Layout,
  LinkButton,
  PageHead,
  Pager,
  paths,
  Row,
  Table,
  type View,
  When,
} from '../kit/index.ts';
import type { RunsModel } from './run-model.ts';

/** All runs, newest first. */
export function RunsScreen(props: { readonly view: View; readonly model: RunsModel }) {
  const { view, model } = props;
  const { t, format } = view;
  return (
    <Layout view={view} title={t('runs.all')}>
      <PageHead title={t('runs.all')} line={t('runs.line')} />
      {model.rows.length === 0 ? (
        <EmptyPlace
          now={t('runs.none')}
          later={t('runs.later')}
          actions={<LinkButton href={paths.documents}>{t('place.documents')}</LinkButton>}
        />
      ) : (
        <div class="list">
          <Table
            class="plain"
            caption={t('runs.all')}
            columns={[
              { name: t('column.date') },
              { name: t('runs.what') },
              { name: t('runs.person'), class: 'mid' },
              { name: t('runs.state.sent'), class: 'num' },
              { name: t('runs.state.refused'), class: 'num' },
              { name: t('runs.result') },
            ]}
          >
            {model.rows.map((row) => (
              <Row href={paths.run(row.id)}>
                <Cell class="when">
                  <a href={paths.run(row.id)}>
                    <When view={view} at={row.at} />
                  </a>
                </Cell>
                <Cell>{t(`runs.purpose.${row.purpose}`)}</Cell>
                <Cell class="mid">{row.by}</Cell>
                <Cell class="num">
                  {t('envelope.count', { reached: format.number(row.sent), total: format.number(row.lines) })}
                </Cell>
                <Cell class="num">{format.number(row.failed)}</Cell>
                <Cell>{t(`runs.is.${row.state}`)}</Cell>
              </Row>
            ))}
          </Table>
          <Pager view={view} shown={model.rows.length} newer={model.newer} older={model.older} />
        </div>
      )}
    </Layout>
  );
}
