import {
  Button,
  Cell,
  EmptyPlace,
  type Errors,
  Field,
  Form,
  Layout,
  LinkButton,
  menuColumn,
  PageHead,
  Pager,
  PostButton,
  paths,
  Row,
  Section,
  Table,
  type View,
  When,
} from '../kit/index.ts';

export type SuppressionsModel = {
  readonly rows: readonly {
    readonly id: string;
    readonly address: string;
    readonly reason: 'mailbox_unknown' | 'mailbox_disabled' | 'domain_unknown' | 'complaint' | 'manual';
    readonly origin: 'server' | 'report' | 'user' | 'program';
    readonly messageId: string | null;
    readonly note: string | null;
    readonly at: Date;
  }[];
  readonly count: number;
  readonly q: string;
  readonly newer: string | null;
  readonly older: string | null;
  readonly values: { readonly address: string; readonly note: string };
  readonly errors: Errors;
};

/** The addresses that may not be mailed: why, since when, who said so; each can be allowed again. */
export function SuppressionsScreen(props: { readonly view: View; readonly model: SuppressionsModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('blocked.title')}>
      <PageHead
        crumbs={[{ href: paths.customers, text: t('place.customers') }]}
        title={t('blocked.title')}
        line={t('blocked.line', { count: model.count })}
        actions={
          <>
            <SearchField {...props} />
            {model.count > 0 ? (
              <LinkButton icon="save" href={paths.suppressionsExport}>
                {t('blocked.export')}
              </LinkButton>
            ) : null}
          </>
        }
      />
      {model.rows.length === 0 ? (
        <EmptyPlace
          now={model.q === '' ? t('blocked.none') : t('blocked.none.found', { q: model.q })}
          later={model.q === '' ? t('blocked.later') : undefined}
          actions={
            model.q === '' ? undefined : <LinkButton href={paths.suppressions}>{t('blocked.all')}</LinkButton>
          }
        />
      ) : (
        <List {...props} />
      )}
      <AddForm {...props} />
    </Layout>
  );
}

function SearchField(props: { readonly view: View; readonly model: SuppressionsModel }) {
  const { t } = props.view;
  return (
    <form role="search" action={paths.suppressions} class="inline">
      <label class="sr" for="blocked-q">
        {t('blocked.search')}
      </label>
      <input id="blocked-q" type="search" name="q" value={props.model.q} placeholder={t('blocked.search')} />
    </form>
  );
}

function List(props: { readonly view: View; readonly model: SuppressionsModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <div class="list">
      <Table
        class="plain"
        caption={t('blocked.title')}
        columns={[
          { name: t('blocked.address') },
          { name: t('blocked.why') },
          { name: t('blocked.since'), class: 'mid' },
          menuColumn(view),
        ]}
      >
        {model.rows.map((row) => (
          <Line view={view} row={row} />
        ))}
      </Table>
      <Pager view={view} shown={model.rows.length} newer={model.newer} older={model.older} />
    </div>
  );
}

function Line(props: { readonly view: View; readonly row: SuppressionsModel['rows'][number] }) {
  const { view, row } = props;
  const { t } = view;
  return (
    <Row>
      <Cell class="name">
        <b class="breaks">{row.address}</b>
      </Cell>
      <Cell>
        {t(`blocked.reason.${row.reason}`)}{' '}
        <small class="muted breaks">
          {t(`blocked.origin.${row.origin}`)}
          {row.messageId ? (
            <>
              {' · '}
              <a href={paths.message(row.messageId)}>{t('blocked.theEmail')}</a>
            </>
          ) : null}
          {row.note ? ` · ${row.note}` : null}
        </small>
      </Cell>
      <Cell class="mid when">
        <When view={view} at={row.at} />
      </Cell>
      <Cell class="num">
        <PostButton
          quiet
          action={paths.suppressionRemove(row.id)}
          confirm={t('blocked.remove.confirm', { address: row.address })}
        >
          {t('blocked.remove')}
        </PostButton>
      </Cell>
    </Row>
  );
}

function AddForm(props: { readonly view: View; readonly model: SuppressionsModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section title={t('blocked.add')}>
      <Form view={view} action={paths.suppressions} errors={model.errors} class="stack narrow">
        <div class="two">
          <Field
            name="address"
            type="email"
            label={t('blocked.address')}
            value={model.values.address}
            errors={model.errors}
            required
          />
          <Field name="note" label={t('blocked.note')} value={model.values.note} errors={model.errors} />
        </div>
        <p class="actions">
          <Button type="submit">{t('blocked.add')}</Button>
        </p>
      </Form>
    </Section>
  );
}
