import {
  Button,
  Cell,
  Form,
  Layout,
  Note,
  PageHead,
  paths,
  Row,
  Section,
  Table,
  type View,
} from '../kit/index.ts';

export type DocumentsImportModel = {
  /** What would become of each line of the table; null: no file yet. */
  readonly looked: {
    readonly fileName: string;
    /** The file again, for the button that takes it: base64. */
    readonly content: string;
    readonly lines: readonly {
      readonly row: number;
      readonly number: string;
      readonly customer: string;
      readonly outcome: 'new' | 'known' | 'wrong';
      /** What is wrong, as sentences. */
      readonly problems: readonly string[];
    }[];
  } | null;
  readonly error: string | null;
};

type Props = { readonly view: View; readonly model: DocumentsImportModel };

const shownLines = 200;

/** Open documents from a table of another program: looked at first, taken by a second button. */
export function DocumentsImportScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('importOpen.title')}>
      <div class="narrow stack">
        <PageHead title={t('importOpen.title')} line={t('importOpen.line')} />
        <Section title={t('import.file')}>
          <p class="muted">{t('importOpen.columns')}</p>
          <pre class="server">{t('importOpen.example')}</pre>
          <Form
            view={view}
            action={paths.documentsImport}
            errors={model.error ? { '': model.error } : {}}
            class="stack"
            multipart
          >
            <label class="f">
              <span>{t('importOpen.choose')}</span>
              <input type="file" name="file" accept=".csv,.txt,.tsv,.xlsx,text/csv" required />
            </label>
            <p class="actions">
              <Button primary={!model.looked} type="submit">
                {t('import.look')}
              </Button>
            </p>
          </Form>
        </Section>
        {model.looked ? <Looked {...props} looked={model.looked} /> : null}
      </div>
    </Layout>
  );
}

function Looked({ view, looked }: Props & { readonly looked: NonNullable<DocumentsImportModel['looked']> }) {
  const { t } = view;
  const count = (outcome: string): number => looked.lines.filter((one) => one.outcome === outcome).length;
  const wrongFirst = [...looked.lines].sort(
    (a, b) => Number(b.outcome === 'wrong') - Number(a.outcome === 'wrong'),
  );
  return (
    <Section title={looked.fileName}>
      <Note state={count('wrong') > 0 ? 'unconfirmed' : 'opened'} role="status">
        {t('importOpen.found', { new: count('new'), known: count('known'), wrong: count('wrong') })}
      </Note>
      {count('new') > 0 ? (
        <Form view={view} action={paths.documentsImport} multipart>
          <input type="hidden" name="content" value={looked.content} />
          <p class="actions">
            <Button primary type="submit">
              {t('importOpen.take', { count: count('new') })}
            </Button>
          </p>
        </Form>
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
              <Cell>
                {t(`importOpen.outcome.${line.outcome}`)}
                {line.problems.map((sentence) => (
                  <p class="late">{sentence}</p>
                ))}
              </Cell>
            </Row>
          ))}
        </Table>
      </div>
      {looked.lines.length > shownLines ? (
        <p class="muted">{t('import.more', { count: looked.lines.length - shownLines })}</p>
      ) : null}
    </Section>
  );
}
