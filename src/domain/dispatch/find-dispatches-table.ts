import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { DispatchTables } from './dispatch-table.ts';

/** Which dispatches: those of a customer, of some documents, or of both; those made from one day to another. */
export interface DispatchSearch {
  readonly customerId?: string;
  readonly documentIds?: readonly string[];
  /** `YYYY-MM-DD` in `timeZone`, both days included; null: open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly timeZone: string;
  readonly limit: number;
}

/** The ids of the dispatches that fit, oldest first, without those that were taken back. Without customer and documents, none. */
export async function findDispatchIds(
  tx: Tx<DispatchTables>,
  companyId: string,
  { customerId, documentIds, from, to, timeZone, limit }: DispatchSearch,
): Promise<string[]> {
  if (customerId === undefined && documentIds === undefined) return [];
  const ofCustomer = customerId === undefined ? sql`true` : sql`documents.customer_id = ${customerId}`;
  const ofDocuments =
    documentIds === undefined ? sql`true` : sql`documents.id = any (${[...documentIds]}::text[])`;
  const since =
    from === null ? sql`true` : sql`created_at >= (${from}::date::timestamp at time zone ${timeZone})`;
  const until =
    to === null ? sql`true` : sql`created_at < ((${to}::date + 1)::timestamp at time zone ${timeZone})`;
  const { rows } = await sql<{ id: string }>`
    select id from dispatches where company_id = ${companyId} and canceled_at is null and ${since} and ${until}
      and exists (select from dispatch_documents join documents on documents.id = dispatch_documents.document_id
        where dispatch_documents.dispatch_id = dispatches.id and documents.company_id = ${companyId} and ${ofCustomer} and ${ofDocuments})
    order by created_at, id limit ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}

/** The documents that a sender has sent. */
export async function selectDocumentsSentBy(
  tx: Tx<DispatchTables>,
  companyId: string,
  senderId: string,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('dispatch_documents')
    .innerJoin('dispatches', 'dispatches.id', 'dispatch_documents.dispatch_id')
    .select('document_id')
    .distinct()
    .where('dispatches.company_id', '=', companyId)
    .where('sender_id', '=', senderId)
    .execute();
  return rows.map((row) => row.document_id);
}
