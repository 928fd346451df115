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

export type CustomersImportModel = {
  /** What would become of each customer in the table; null: no file yet. */
  readonly looked: {
    readonly fileName: string;
    /** The file again, for the button that takes it: base64. */
    readonly content: string;
    readonly lines: readonly {
      readonly row: number;
      readonly name: string;
      readonly addresses: readonly string[];
      readonly category: string | null;
      readonly outcome: 'new' | 'changed' | 'wrong';
      /** What is wrong, as sentences. */
      readonly problems: readonly string[];
    }[];
  } | null;
  readonly error: string | null;
};

type Props = { readonly view: View; readonly model: CustomersImportModel };

const shownLines = 200;

/** Customers from a table of another program: looked at first, taken by a second button. */
export function CustomersImportScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('import.title')}>
      <div class="narrow stack">
        <PageHead title={t('import.title')} line={t('import.line')} />
        <Section title={t('import.file')}>
          <p class="muted">{t('import.columns')}</p>
          <pre class="server">{t('import.example')}</pre>
          <Form
            view={view}
            action={paths.customersImport}
            errors={model.error ? { '': model.error } : {}}
            class="stack"
            multipart
          >
            <label class="f">
              <span>{t('import.choose')}</span>
              <input type="file" name="file" accept=".csv,.txt,.tsv,text/csv" required />
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

function Looked({ view, looked }: Props & { readonly looked: NonNullable<CustomersImportModel['looked']> }) {
  const { t } = view;
  const count = (outcome: string): number => looked.lines.filter((one) => one.outcome === outcome).length;
  const good = count('new') + count('changed');
  return (
    <Section title={looked.fileName}>
      <Note state={count('wrong') > 0 ? 'unconfirmed' : 'opened'} role="status">
        {t('import.found', { new: count('new'), changed: count('changed'), wrong: count('wrong') })}
      </Note>
      {good > 0 ? (
        <Form view={view} action={paths.customersImport} multipart>
          <input type="hidden" name="fileName" value={looked.fileName} />
          <input type="hidden" name="content" value={looked.content} />
          <p class="actions">
            <Button primary type="submit">
              {t('import.take', { count: good })}
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
              <Cell>
                {t(`import.outcome.${line.outcome}`)}
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
