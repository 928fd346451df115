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
  readonly name: string;
  readonly addresses: readonly string[];
  readonly category: string | null;
  readonly outcome: 'new' | 'changed' | 'wrong';
}>;

export type CustomersImportModel = {
  /** What would become of each customer in the table; null: no file yet. */
  readonly looked: Looked | null;
  readonly error: string | null;
};

/** Customers from a table of another program: looked at first, taken by a second button. */
export function CustomersImportScreen(props: { readonly view: View; readonly model: CustomersImportModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('import.title')}>
      <div class="narrow stack">
        <PageHead title={t('import.title')} line={t('import.line')} />
        <ChooseTable
          view={view}
          action={paths.customersImport}
          columns={t('import.columns')}
          example={t('import.example')}
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
  const good = count('new') + count('changed');
  const text = t('import.take', { count: good });
  return (
    <Section title={looked.fileName}>
      <Note state={count('wrong') > 0 ? 'unconfirmed' : 'opened'} role="status">
        {t('import.found', { new: count('new'), changed: count('changed'), wrong: count('wrong') })}
      </Note>
      {good > 0 ? (
        <TakeTable view={view} action={paths.customersImport} content={looked.content} text={text} />
      ) : null}
      <div class="list">
        <Table
          class="plain"
          caption={looked.fileName}
          columns={[
            { name: t('import.row'), class: 'num' },
            { name: t('company.name') },
            { name: t('user.email') },
            { name: t('import.outcome') },
          ]}
        >
          {looked.lines.slice(0, shownLines).map((line) => (
            <Row>
              <Cell class="num">{line.row}</Cell>
              <Cell class="name">
                {line.name}
                {line.category ? <small class="muted"> {line.category}</small> : null}
              </Cell>
              <Cell class="to">{line.addresses.join(', ')}</Cell>
              <OutcomeCell outcome={t(`import.outcome.${line.outcome}`)} problems={line.problems} />
            </Row>
          ))}
        </Table>
      </div>
      <MoreLines view={view} count={looked.lines.length} />
    </Section>
  );
}
