import { type Selectable, sql } from 'kysely';
import type { DocumentKind } from '#formats/einvoice';
import type { Tx } from '#stores/database';
import type { Document } from './document.ts';
import { type DocumentTables, toDocument } from './document-row.ts';

type DocumentTx = Tx<DocumentTables>;

/** Current documents with exactly this number, whatever their letters' case. */
export async function selectCurrentByNumber(
  tx: DocumentTx,
  companyId: string,
  number: string,
): Promise<Document[]> {
  const rows = await tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(sql`lower(number)`, '=', number.toLowerCase())
    .where('replaced_by', 'is', null)
    .where('canceled_at', 'is', null)
    .limit(20)
    .execute();
  return rows.map(toDocument);
}

/**
 * Documents of these kinds that ask for something (`asksForMoney`) and are not wholly paid, in the order of their due dates: current ones, neither canceled nor, as quotes, decided. `dueUntil` leaves
 * out those that are due later or whose due date is unknown.
 */
export async function selectOpenDocuments(
  tx: DocumentTx,
  companyId: string,
  which: { readonly kinds: readonly DocumentKind[]; readonly dueUntil?: string; readonly limit: number },
): Promise<Document[]> {
  let query = tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('kind', 'in', [...which.kinds])
    .where('replaced_by', 'is', null)
    .where('canceled_at', 'is', null)
    .where('decided_as', 'is', null)
    .where(
      sql<boolean>`(paid_on is null or (paid_amount is not null and paid_amount < coalesce(amount_due, total)))`,
    )
    .where(
      sql<boolean>`(kind = 'quote' or coalesce(amount_due, total) is null or coalesce(amount_due, total) > 0)`,
    );
  if (which.dueUntil) query = query.where('due_date', '<=', which.dueUntil);
  const rows = await query.orderBy('due_date').orderBy('id').limit(which.limit).execute();
  return rows.map(toDocument);
}

/** Credit notes of these customers: current ones, not canceled, 200 of each at most. */
export async function selectCreditNotesOf(
  tx: DocumentTx,
  companyId: string,
  customerIds: readonly string[],
): Promise<Document[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<Selectable<DocumentTables['documents']>>`
    select notes.* from unnest(${[...new Set(customerIds)]}::text[]) as asked (id) cross join lateral (
      select * from documents where company_id = ${companyId} and customer_id = asked.id and kind = 'credit_note'
        and replaced_by is null and canceled_at is null order by issue_date desc nulls last limit 200) as notes`.execute(
    tx,
  );
  return rows.map(toDocument);
}
