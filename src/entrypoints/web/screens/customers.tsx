import {
  Cell,
  EmptyPlace,
  Layout,
  LinkButton,
  Money,
  PageHead,
  Pager,
  paths,
  Row,
  Table,
  type View,
  When,
} from '../kit/index.ts';
import type { CustomerRow, CustomersModel } from './customers-model.ts';
import { NewCustomer, SameCustomers } from './customers-more.tsx';

export function CustomersScreen(props: { readonly view: View; readonly model: CustomersModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('place.customers')}>
      <PageHead
        title={t('place.customers')}
        line={t('customers.line')}
        actions={
          <>
            <CustomerSearch {...props} />
            <LinkButton quiet href={paths.suppressions}>
              {t('blocked.title')}
            </LinkButton>
            <LinkButton quiet href={paths.customersImport}>
              {t('import.title')}
            </LinkButton>
            <LinkButton icon="plus" href={`${paths.customers}?new`}>
              {t('customers.new')}
            </LinkButton>
          </>
        }
      />
      {model.adding ? <NewCustomer view={view} adding={model.adding} /> : null}
      <SameCustomers view={view} same={model.same ?? []} />
      {model.rows.length === 0 ? (
        <EmptyPlace
          now={model.q === '' ? t('customers.none') : t('customers.none.found', { q: model.q })}
          later={model.q === '' ? t('customers.later') : undefined}
          actions={
            model.q === '' ? undefined : <LinkButton href={paths.customers}>{t('customers.all')}</LinkButton>
          }
        />
      ) : (
        <div class="list">
          <Table
            class="plain"
            caption={t('place.customers')}
            columns={[
              { name: t('column.customer') },
              { name: t('column.contacts'), class: 'mid most' },
              { name: t('column.documents'), class: 'num' },
              { name: t('column.open'), class: 'num' },
              { name: t('column.newest'), class: 'mid' },
            ]}
          >
            {model.rows.map((row) => (
              <CustomerLine view={view} row={row} />
            ))}
          </Table>
          <Pager view={view} shown={model.rows.length} newer={model.newer} older={model.older} />
        </div>
      )}
    </Layout>
  );
}

function CustomerSearch(props: { readonly view: View; readonly model: CustomersModel }) {
  const { t } = props.view;
  return (
    <form role="search" action={paths.customers} class="inline" aria-label={t('customers.search')}>
      <label class="sr" for="customer-q">
        {t('customers.search')}
      </label>
      <input
        id="customer-q"
        type="search"
        name="q"
        value={props.model.q}
        placeholder={t('customers.search')}
      />
    </form>
  );
}

function CustomerLine(props: { readonly view: View; readonly row: CustomerRow }) {
  const { view, row } = props;
  return (
    <Row href={paths.customer(row.id)}>
      <Cell class="name">
        <a href={paths.customer(row.id)}>{row.name}</a>
        {row.category ? <small class="muted"> {row.category}</small> : null}
        {row.suppressed ? <small class="late"> {view.t('customers.suppressed')}</small> : null}
      </Cell>
      <Cell class="mid clip">{row.contacts.join(', ')}</Cell>
      <Cell class="num">{view.format.number(row.documents)}</Cell>
      <Cell class="num">
        {row.open.map((sum, at) => (
          <>
            {at > 0 ? ' + ' : null}
            <Money view={view} amount={sum.amount} currency={sum.currency} />
          </>
        ))}
      </Cell>
      <Cell class="mid when">{row.lastAt ? <When view={view} at={row.lastAt} /> : null}</Cell>
    </Row>
  );
}
