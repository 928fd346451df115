import type { Context } from 'hono';
import { dayIn } from '#base/time';
import { getCustomer } from '#domain/customers';
import {
  type Counted,
  catchUp,
  countDocuments,
  countFound,
  listDocuments,
  type DocumentFilter as OverviewFilter,
} from '#domain/overview';
import { inCompany } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { documentKinds } from '../screens/document-words.ts';
import { type DocumentFilter, type DocumentsModel, documentFilters } from '../screens/documents-model.ts';
import type { StaffEnv } from '../staff/env.ts';
import { documentRows } from './document-rows.ts';
import { type ListQuery, overviewFilter, readListQuery } from './list-query.ts';
import { pagerLinks } from './paging.ts';

const perPage = 50;

/** The list that the address asks for, with everything that was done before it. */
export async function listModel(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  view: View = c.var.view,
): Promise<DocumentsModel> {
  const { company } = c.var;
  const now = needs.clock();
  const query = readListQuery(c.req.query());
  const today = dayIn(company.timeZone, now);
  await catchUp(needs.database);
  const before = query.trail.at(-1) ?? null;
  const filter = overviewFilter(query, today);
  const [found, counts] = await Promise.all([
    listDocuments(needs.database, company.id, filter, { before, limit: perPage + 1 }),
    countAll(needs, company.id, query, today),
  ]);
  const shown = found.slice(0, perPage);
  const last = found.length > perPage ? shown.at(-1) : undefined;
  const ids = shown.map((row) => row.document_id);
  return inCompany(needs.database, company.id, async (tx) => ({
    ...counts,
    rows: await documentRows(tx, { view, companyId: company.id, now, withNext: true }, ids),
    kind: query.kind,
    filter: query.filter,
    q: query.q,
    customer: query.customerId ? await getCustomer(tx, company.id, query.customerId) : null,
    ...pagerLinks(view.path, query.trail, last ? { createdAt: last.created_at, id: last.document_id } : null),
  }));
}

const none: Counted = { count: 0, isMore: false };

/** The numbers beside tabs and filters: of what is searched for, each filter within the tab. */
async function countAll(needs: WebNeeds, companyId: string, query: ListQuery, today: string) {
  const { q, ...wide } = overviewFilter({ ...query, kind: null, filter: null }, today);
  const filters: OverviewFilter[] = [
    wide,
    ...documentKinds.map((kind) => ({ ...wide, kind })),
    ...documentFilters.map((filter) => overviewFilter({ ...query, q: '', filter }, today)),
  ];
  const counts = q
    ? await countFound(needs.database, companyId, { ...wide, q }, filters)
    : await Promise.all(filters.map((filter) => countDocuments(needs.database, companyId, filter)));
  const [total = none, ...rest] = counts;
  const kinds = documentKinds.map((kind, n) => ({ kind, count: rest[n] ?? none }));
  return {
    total,
    kinds: kinds.filter((one) => one.count.count > 0 || one.kind === query.kind),
    filterCounts: Object.fromEntries(
      documentFilters.map((filter, n) => [filter, rest[documentKinds.length + n] ?? none]),
    ) as Record<DocumentFilter, Counted>,
  };
}
