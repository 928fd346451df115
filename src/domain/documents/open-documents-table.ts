import { sql } from 'kysely';
import type { DocumentKind } from '#formats/einvoice';
import type { Tx } from '#stores/database';
import { asksForMoney, type Document, paidState } from './document.ts';
import { type DocumentTables, toDocument } from './document-row.ts';

/** A page of them is enough for a person and for a letter. */
const most = 50;

/**
 * What a customer has still to pay, the oldest due date first: current invoices, pro formas and statements that are neither paid nor canceled
 * and ask for more than nothing.
 */
export async function openDocumentsOf(
  tx: Tx<DocumentTables>,
  companyId: string,
  customerId: string,
): Promise<Document[]> {
  const rows = await tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .where('kind', 'in', ['invoice', 'proforma', 'statement'])
    .where('replaced_by', 'is', null)
    .where('canceled_at', 'is', null)
    .where(sql<boolean>`(paid_on is null or paid_amount < coalesce(amount_due, total))`)
    .orderBy(sql`due_date nulls last`)
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(toDocument).filter((one) => paidState(one) !== 'paid' && asksForMoney(one));
}

/** The newest documents of a kind, for trying something out on; of any kind with null. */
export async function newestDocuments(
  tx: Tx<DocumentTables>,
  companyId: string,
  which: { readonly kind: DocumentKind | null; readonly limit: number },
): Promise<Document[]> {
  let query = tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('replaced_by', 'is', null)
    .where('canceled_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(which.limit);
  if (which.kind !== null) query = query.where('kind', '=', which.kind);
  return (await query.execute()).map(toDocument);
}
