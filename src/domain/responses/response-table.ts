import { type Selectable, sql } from 'kysely';
import { isBehind, type NewestPlace, type Tx } from '#stores/database';
import type { CustomerResponse, ResponseData, ResponseKind } from './response.ts';

export interface ResponseTables {
  responses: {
    id: string;
    company_id: string;
    dispatch_id: string;
    message_id: string;
    document_id: string;
    kind: ResponseKind;
    name: string;
    text: string;
    data: ResponseData;
    created_at: Date;
  };
  codes: {
    id: string;
    company_id: string;
    message_id: string;
    purpose: 'decision' | 'documents';
    session: string;
    mac: Buffer;
    tries: number;
    expires_at: Date;
    used_at: Date | null;
    created_at: Date;
  };
}

type ResponseTx = Tx<ResponseTables>;

/** False when the document was decided already: of two at the same moment, one is written. */
export async function insertResponse(tx: ResponseTx, response: CustomerResponse): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('responses')
    .values({
      id: response.id,
      company_id: response.companyId,
      dispatch_id: response.dispatchId,
      message_id: response.messageId,
      document_id: response.documentId,
      kind: response.kind,
      name: response.name,
      text: response.text,
      data: JSON.stringify(response.data) as never,
      created_at: response.at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['company_id', 'document_id'])
        .where('kind', 'in', ['accepted', 'refused'])
        .doNothing(),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The responses to some documents, oldest first. */
export async function selectResponses(
  tx: ResponseTx,
  companyId: string,
  documentIds: readonly string[],
): Promise<CustomerResponse[]> {
  if (documentIds.length === 0) return [];
  const rows = await tx
    .selectFrom('responses')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('document_id', 'in', [...documentIds])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toResponse);
}

/** A page of a company's responses, newest first, beginning after a place in that order. */
export async function selectNewestResponses(
  tx: ResponseTx,
  companyId: string,
  page: {
    readonly before: NewestPlace | null;
    readonly limit: number;
    readonly documentId?: string;
  },
): Promise<CustomerResponse[]> {
  const { documentId } = page;
  let query = tx
    .selectFrom('responses')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(isBehind(page.before))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (documentId) query = query.where('document_id', '=', documentId);
  return (await query.execute()).map(toResponse);
}

/** How often a kind of response came through one message. */
export async function countOfMessage(
  tx: ResponseTx,
  companyId: string,
  which: { readonly messageId: string; readonly kind: ResponseKind; readonly since: Date },
): Promise<number> {
  const { count } = await tx
    .selectFrom('responses')
    .select((row) => row.fn.countAll<string>().as('count'))
    .where('company_id', '=', companyId)
    .where('message_id', '=', which.messageId)
    .where('kind', '=', which.kind)
    .where('created_at', '>', which.since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whether an address has a company's documents only because somebody passed one on to it. */
export async function isForwardedTo(tx: ResponseTx, companyId: string, address: string): Promise<boolean> {
  const row = await tx
    .selectFrom('responses')
    .select('id')
    .where('company_id', '=', companyId)
    .where('kind', '=', 'forwarded')
    .where(sql`lower(data ->> 'to')`, '=', address.toLowerCase())
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function toResponse(row: Selectable<ResponseTables['responses']>): CustomerResponse {
  return {
    id: row.id,
    companyId: row.company_id,
    dispatchId: row.dispatch_id,
    messageId: row.message_id,
    documentId: row.document_id,
    kind: row.kind,
    name: row.name,
    text: row.text,
    data: row.data,
    at: row.created_at,
  };
}
