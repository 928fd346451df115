import type { Context } from 'hono';
import { day } from '#base/time';
import { type Document, getDocuments, openAmount } from '#domain/documents';
import { countEntries, listEntries, listImports, listOpenMoney } from '#domain/payments';
import { inCompany, type Tx } from '#stores/database';
import { customersOf } from '../documents/document-rows.ts';
import { type ListPlace, pagerLinks, readTrail } from '../documents/paging.ts';
import type { Errors } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import type { MoneyRow, PaymentsModel } from '../screens/payments-model.ts';
import type { StaffEnv } from '../staff/env.ts';

const perPage = 40;
const tabs = ['open', 'confirmed', 'ignored'] as const;

/** The page of payments that the address asks for. */
export async function paymentsModel(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  errors: Errors,
): Promise<PaymentsModel> {
  const { company, view } = c.var;
  const tab = tabs.find((one) => one === c.req.query('tab')) ?? 'open';
  const trail = readTrail(c.req.query('cursor'));
  return inCompany(needs.database, company.id, async (tx) => {
    const found = await rowsOf(tx, company.id, tab, trail.at(-1) ?? null);
    const shown = found.slice(0, perPage);
    const last = found.length > perPage ? shown.at(-1) : undefined;
    const [newest] = await listImports(tx, company.id, { before: null, limit: 1 });
    const [open, confirmed, ignored] = [
      await countEntries(tx, company.id, 'open'),
      await countEntries(tx, company.id, 'confirmed'),
      await countEntries(tx, company.id, 'ignored'),
    ];
    return {
      tab,
      counts: { open, confirmed, ignored },
      last: newest
        ? {
            fileName: newest.fileName,
            at: newest.createdAt,
            by: newest.createdByName,
            days: Math.floor((needs.clock().getTime() - newest.createdAt.getTime()) / day),
            lastBookedOn: newest.lastBookedOn,
          }
        : null,
      rows: shown.map(({ row }) => row),
      ...pagerLinks(view.path, trail, last ? last.place : null),
      errors,
    };
  });
}

type PlacedRow = { readonly row: MoneyRow; readonly place: ListPlace };

async function rowsOf(
  tx: Tx<WebTables>,
  companyId: string,
  tab: (typeof tabs)[number],
  before: ListPlace | null,
): Promise<PlacedRow[]> {
  const page = { before, limit: perPage + 1 };
  const found =
    tab === 'open'
      ? await listOpenMoney(tx, companyId, page)
      : await decided(tx, companyId, await listEntries(tx, companyId, { state: tab, ...page }));
  const documents = found.flatMap(({ matches }) => matches.flatMap((match) => match.documents));
  const customers = await customersOf(tx, companyId, documents);
  const shown = (document: Document) => ({
    id: document.id,
    number: document.number,
    customer: customers.get(document.customerId ?? '')?.name ?? document.buyerName,
    open: openAmount(document),
    currency: document.currency,
  });
  return found.map(({ entry, matches }) => ({
    place: { createdAt: entry.createdAt, id: entry.id },
    row: {
      id: entry.id,
      bookedOn: entry.bookedOn,
      amount: entry.amount,
      currency: entry.currency,
      name: entry.name,
      text: entry.text,
      matches: matches.map(({ because, certainty, documents: of }) => ({
        because,
        certainty,
        documents: of.map(shown),
      })),
    },
  }));
}

async function decided(
  tx: Tx<WebTables>,
  companyId: string,
  entries: Awaited<ReturnType<typeof listEntries>>,
) {
  const documents = await getDocuments(
    tx,
    companyId,
    entries.flatMap((entry) => entry.documentIds),
  );
  return entries.map((entry) => ({
    entry,
    matches: [
      {
        because: [],
        certainty: 'sure' as const,
        documents: documents.filter((one) => entry.documentIds.includes(one.id)),
      },
    ],
  }));
}
