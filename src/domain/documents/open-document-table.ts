import { sql } from 'kysely';
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
 * Documents of these kinds that are not wholly paid, in the order of their due dates: current ones, not canceled. `dueUntil` leaves
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
    .where(
      sql<boolean>`(paid_on is null or (paid_amount is not null and paid_amount < coalesce(amount_due, total)))`,
    );
  if (which.dueUntil) query = query.where('due_date', '<=', which.dueUntil);
  const rows = await query.orderBy('due_date').orderBy('id').limit(which.limit).execute();
  return rows.map(toDocument);
}

/** Credit notes of a customer that are as new as a day (`YYYY-MM-DD`; null: all): current ones, not canceled. */
export async function selectCreditNotesOf(
  tx: DocumentTx,
  companyId: string,
  customerId: string,
  since: string | null,
): Promise<Document[]> {
  const rows = await tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .where('kind', '=', 'credit_note')
    .where('replaced_by', 'is', null)
    .where('canceled_at', 'is', null)
    .$if(since !== null, (query) => query.where('issue_date', '>=', since))
    .limit(200)
    .execute();
  return rows.map(toDocument);
}
