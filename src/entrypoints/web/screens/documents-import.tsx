import { Cell, Layout, Note, PageHead, paths, Row, Section, Table, type View } from '../kit/index.ts';
import {
  ChooseTable,
  type LookedTable,
  MoreLines,
  OutcomeCell,
  shownLines,
  TakeTable,
} from './table-import.tsx';

type Looked = LookedTable<{
  readonly number: string;
  readonly customer: string;
  readonly outcome: 'new' | 'known' | 'wrong';
}>;

export type DocumentsImportModel = {
  /** What would become of each line of the table; null: no file yet. */
  readonly looked: Looked | null;
  readonly error: string | null;
};

/** Open documents from a table of another program: looked at first, taken by a second button. */
export function DocumentsImportScreen(props: { readonly view: View; readonly model: DocumentsImportModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('importOpen.title')}>
      <div class="narrow stack">
        <PageHead title={t('importOpen.title')} line={t('importOpen.line')} />
        <ChooseTable
          view={view}
          action={paths.documentsImport}
          columns={t('importOpen.columns')}
          example={t('importOpen.example')}
          error={model.error}
          isFirst={!model.looked}
        />
        {model.looked ? <LookedAt view={view} looked={model.looked} /> : null}
      </div>
    </Layout>
  );
}

function LookedAt({ view, looked }: { readonly view: View; readonly looked: Looked }) {
  const { t } = view;
  const count = (outcome: string): number => looked.lines.filter((one) => one.outcome === outcome).length;
  const wrongFirst = [...looked.lines].sort(
    (a, b) => Number(b.outcome === 'wrong') - Number(a.outcome === 'wrong'),
  );
  const text = t('importOpen.take', { count: count('new') });
  return (
    <Section title={looked.fileName}>
      <Note state={count('wrong') > 0 ? 'unconfirmed' : 'opened'} role="status">
        {t('importOpen.found', { new: count('new'), known: count('known'), wrong: count('wrong') })}
      </Note>
      {count('new') > 0 ? (
        <TakeTable view={view} action={paths.documentsImport} content={looked.content} text={text} />
      ) : null}
      <div class="list">
        <Table
          class="plain"
          caption={looked.fileName}
          columns={[
            { name: t('import.row'), class: 'num' },
            { name: t('importOpen.column.number') },
            { name: t('column.customer') },
            { name: t('import.outcome') },
          ]}
        >
          {wrongFirst.slice(0, shownLines).map((line) => (
            <Row>
              <Cell class="num">{line.row}</Cell>
              <Cell class="name">{line.number}</Cell>
              <Cell>{line.customer}</Cell>
              <OutcomeCell outcome={t(`importOpen.outcome.${line.outcome}`)} problems={line.problems} />
            </Row>
          ))}
        </Table>
      </div>
      <MoreLines view={view} count={looked.lines.length} />
    </Section>
  );
}
