import { isId } from '#base/ids';
import type { DocumentFilter as OverviewFilter } from '#domain/overview';
import { type DocumentKind, documentKinds } from '../screens/document-words.ts';
import { type DocumentFilter, documentFilters } from '../screens/documents-model.ts';
import { type ListPlace, readTrail } from './paging.ts';

/** What the list's address asks for; anything else in it is passed over. */
export interface ListQuery {
  readonly kind: DocumentKind | null;
  readonly filter: DocumentFilter | null;
  readonly q: string;
  readonly customerId: string | null;
  readonly trail: readonly ListPlace[];
}

const longestSearch = 200;

export function readListQuery(query: Readonly<Record<string, string>>): ListQuery {
  const { kind, filter, q = '', customer = '', cursor } = query;
  return {
    kind: documentKinds.find((one) => one === kind) ?? null,
    filter: documentFilters.find((one) => one === filter) ?? null,
    q: q
      .normalize('NFC')
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, longestSearch),
    customerId: isId('customer', customer) ? customer : null,
    trail: readTrail(cursor),
  };
}

/** The same as the overview understands it. `today` is a day (`YYYY-MM-DD`) in the company's zone. */
export function overviewFilter(query: ListQuery, today: string): OverviewFilter {
  const { kind, q, customerId, filter } = query;
  return {
    ...(kind ? { kind } : {}),
    ...(q ? { q } : {}),
    ...(customerId ? { customerId } : {}),
    ...(filter ? filterParts(filter, today) : {}),
  };
}

function filterParts(filter: DocumentFilter, today: string): OverviewFilter {
  switch (filter) {
    case 'never_sent':
      return { envelopes: ['none'] };
    case 'not_opened':
      return { envelopes: ['sent', 'accepted'] };
    case 'failed':
      return { envelopes: ['failed'] };
    case 'overdue':
      return { dueBefore: today };
    case 'reminded':
      return { remindedAtLeast: 2 };
  }
}
