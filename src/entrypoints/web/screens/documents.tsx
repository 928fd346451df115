import {
  Chip,
  type ChipModel,
  EmptyPlace,
  Icon,
  Layout,
  LinkButton,
  PageHead,
  PostButton,
  paths,
  Tabs,
  type View,
  withQuery,
} from '../kit/index.ts';
import { DocumentList } from './documents-list.tsx';
import { type DocumentsModel, documentFilters } from './documents-model.ts';
import { DropZone } from './drop-zone.tsx';
import { KeysLine } from './keys-line.tsx';

type Props = { readonly view: View; readonly model: DocumentsModel };

export function DocumentsScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('place.documents')}>
      <PageHead
        title={t('place.documents')}
        line={model.q === '' ? undefined : t('documents.found', { q: model.q })}
        actions={
          <>
            {model.rows.length > 1 ? (
              <PostButton action={`${paths.runs}${withQuery(queryOf(view.path) || '?', { all: '' })}`}>
                {t('documents.sendAll')}
              </PostButton>
            ) : null}
            <LinkButton icon="save" href={`${paths.exportDocuments}${queryOf(view.path)}`} download>
              {t('documents.export')}
            </LinkButton>
            <LinkButton quiet href={paths.documentsImport}>
              {t('importOpen.link')}
            </LinkButton>
            <label class="btn primary" for="add-files" data-key="a">
              <Icon name="plus" /> {t('documents.add')} <kbd>A</kbd>
            </label>
          </>
        }
      />
      <DocumentsBody {...props} />
      <DropZone view={view} />
      <KeysLine view={view} />
    </Layout>
  );
}

/** Tabs, filters and the list: fetched anew as something happens. */
export function DocumentsBody(props: Props) {
  const { view, model } = props;
  const query = queryOf(view.path);
  return (
    <div id="documents" data-live="any" data-fragment={`${paths.fragment('documents', 'list')}${query}`}>
      <Tabs view={view} label={view.t('documents.kinds')} tabs={tabsOf(view, model)} />
      <div class="filters">
        {chipsOf(view, model).map((chip) => (
          <Chip view={view} chip={chip} />
        ))}
      </div>
      {model.rows.length > 0 ? <DocumentList {...props} /> : <NoDocuments {...props} />}
    </div>
  );
}

function NoDocuments({ view, model }: Props) {
  const { t } = view;
  const isFiltered =
    model.filter !== null || model.q !== '' || model.kind !== null || model.customer !== null;
  return (
    <EmptyPlace
      now={isFiltered ? t('documents.none.filtered') : t('documents.none')}
      later={isFiltered ? undefined : t('documents.later')}
      actions={isFiltered ? <LinkButton href={paths.documents}>{t('documents.all')}</LinkButton> : undefined}
    />
  );
}

function tabsOf(view: View, model: DocumentsModel) {
  return [
    {
      href: withQuery(view.path, { kind: null }),
      text: view.t('documents.tab.all'),
      count: model.total,
      here: model.kind === null,
    },
    ...model.kinds.map(({ kind, count }) => ({
      href: withQuery(view.path, { kind }),
      text: view.t(`kinds.${kind}`),
      count,
      here: kind === model.kind,
    })),
  ];
}

function chipsOf(view: View, model: DocumentsModel): ChipModel[] {
  return [
    ...documentFilters.map((filter) => ({
      href: withQuery(view.path, { filter: filter === model.filter ? null : filter }),
      text: view.t(`documents.filter.${filter}`),
      count: model.filterCounts[filter],
      on: filter === model.filter,
    })),
    ...(model.customer
      ? [{ href: withQuery(view.path, { customer: null }), text: model.customer.name, on: true }]
      : []),
    ...(model.q === '' ? [] : [{ href: withQuery(view.path, { q: null }), text: `“${model.q}”`, on: true }]),
  ];
}

function queryOf(path: string): string {
  const at = path.indexOf('?');
  return at < 0 ? '' : path.slice(at);
}
