import {
  Chip,
  type ChipModel,
  EmptyPlace,
  type EnvelopeModel,
  Icon,
  Layout,
  LinkButton,
  PageHead,
  paths,
  Tabs,
  type View,
  withQuery,
} from '../kit/index.ts';
import type { DocumentKind, PaidModel } from './document-words.ts';
import { DocumentList } from './documents-list.tsx';
import { DropZone } from './drop-zone.tsx';
import type { EventModel } from './event-words.ts';
import { KeysLine } from './keys-line.tsx';

export type DocumentRow = {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number: string | null;
  readonly customer: string | null;
  /** When it came in: the list's order, newest first, and its months. */
  readonly addedAt: Date;
  readonly issueDate: string | null;
  readonly dueDate: string | null;
  readonly total: string | null;
  readonly currency: string | null;
  readonly paid: PaidModel;
  readonly envelope: EnvelopeModel;
  /** The newest thing that happened. */
  readonly last: EventModel | null;
  /** True when a reminder makes sense: sent, not paid, not disputed. */
  readonly canRemind: boolean;
};

export const documentFilters = ['never_sent', 'not_opened', 'failed', 'overdue', 'reminded'] as const;
export type DocumentFilter = (typeof documentFilters)[number];

export type DocumentsModel = {
  readonly rows: readonly DocumentRow[];
  /** How many there are per kind; kinds without any are not shown. */
  readonly kinds: readonly { readonly kind: DocumentKind; readonly count: number }[];
  readonly total: number;
  readonly kind: DocumentKind | null;
  readonly filter: DocumentFilter | null;
  readonly filterCounts: Readonly<Record<DocumentFilter, number>>;
  /** What was searched for; empty: nothing. */
  readonly q: string;
  readonly customer: { readonly id: string; readonly name: string } | null;
  /** Addresses of the pages before and after; null at the ends. */
  readonly newer: string | null;
  readonly older: string | null;
};

export function DocumentsScreen(props: { readonly view: View; readonly model: DocumentsModel }) {
  const { view, model } = props;
  const { t } = view;
  const isFiltered =
    model.filter !== null || model.q !== '' || model.kind !== null || model.customer !== null;
  return (
    <Layout view={view} title={t('place.documents')}>
      <PageHead
        title={t('place.documents')}
        line={model.q === '' ? undefined : t('documents.found', { q: model.q })}
        actions={
          <>
            <LinkButton icon="save" href={`${paths.exportDocuments}${queryOf(view.path)}`} download>
              {t('documents.export')}
            </LinkButton>
            <label class="btn primary" for="add-files" data-key="a">
              <Icon name="plus" /> {t('documents.add')} <kbd>A</kbd>
            </label>
          </>
        }
      />
      <Tabs view={view} label={t('documents.kinds')} tabs={tabsOf(view, model)} />
      <div class="filters">
        {chipsOf(view, model).map((chip) => (
          <Chip view={view} chip={chip} />
        ))}
      </div>
      {model.rows.length > 0 ? (
        <DocumentList {...props} />
      ) : (
        <EmptyPlace
          now={isFiltered ? t('documents.none.filtered') : t('documents.none')}
          later={isFiltered ? undefined : t('documents.later')}
          actions={
            isFiltered ? <LinkButton href={paths.documents}>{t('documents.all')}</LinkButton> : undefined
          }
        />
      )}
      <DropZone view={view} />
      <KeysLine view={view} />
    </Layout>
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
