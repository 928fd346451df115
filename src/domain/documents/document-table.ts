import { type Insertable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { Document } from './document.ts';
import { type DocumentChange, type DocumentTables, toDocument } from './document-row.ts';

type DocumentTx = Tx<DocumentTables>;

/** Adds a document; null when the company already has one with these bytes, made by whoever came first. */
export async function insertDocument(
  tx: DocumentTx,
  row: Insertable<DocumentTables['documents']>,
): Promise<Document | null> {
  const made = await tx
    .insertInto('documents')
    .values(row)
    .onConflict((conflict) => conflict.columns(['company_id', 'sha256']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return made ? toDocument(made) : null;
}

export async function selectDocument(
  tx: DocumentTx,
  companyId: string,
  id: string,
): Promise<Document | null> {
  const [document] = await selectDocuments(tx, companyId, [id]);
  return document ?? null;
}

/** The documents that exist among the ids, in the order of the ids. */
export async function selectDocuments(
  tx: DocumentTx,
  companyId: string,
  ids: readonly string[],
): Promise<Document[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', 'in', [...ids])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, toDocument(row)]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

/** The document, locked until the transaction ends. */
export async function lockDocument(tx: DocumentTx, companyId: string, id: string): Promise<Document | null> {
  const row = await tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toDocument(row) : null;
}

/** The documents, locked until the transaction ends in the order of their ids, and returned in the order that was asked for. */
export async function lockDocuments(
  tx: DocumentTx,
  companyId: string,
  ids: readonly string[],
): Promise<Document[]> {
  await sql`select 1 from documents where company_id = ${companyId} and id = any (${ids}::text[])
    order by id collate "C" for update`.execute(tx);
  return selectDocuments(tx, companyId, ids);
}

export async function selectDocumentByHash(
  tx: DocumentTx,
  companyId: string,
  sha256: string,
): Promise<Document | null> {
  const row = await tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row ? toDocument(row) : null;
}

/** The newest document that carries the id of another program; a version that was replaced comes last. */
export async function selectDocumentByExternalId(
  tx: DocumentTx,
  companyId: string,
  externalId: string,
): Promise<Document | null> {
  const row = await tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('external_id', '=', externalId)
    .orderBy((order) => order('replaced_by', 'is', null), 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toDocument(row) : null;
}

/** All versions of a series, the newest first. */
export async function selectVersions(tx: DocumentTx, companyId: string, series: string): Promise<Document[]> {
  const rows = await tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('series', '=', series)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(toDocument);
}

/** All documents of a customer, replaced versions too, locked in the order of their ids. */
export async function lockDocumentsOfCustomer(
  tx: DocumentTx,
  companyId: string,
  customerId: string,
): Promise<Document[]> {
  const rows = await tx
    .selectFrom('documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .orderBy(sql`id collate "C"`)
    .forUpdate()
    .execute();
  return rows.map(toDocument);
}

/** The ids of a company's documents after an id, in their order: for going through all of them. */
export async function selectDocumentIds(
  tx: DocumentTx,
  companyId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await tx
    .selectFrom('documents')
    .select('id')
    .where('company_id', '=', companyId)
    .where('id', '>', page.after)
    .orderBy('id')
    .limit(page.limit)
    .execute();
  return rows.map((row) => row.id);
}

/** The ids of all documents of a customer. */
export async function selectDocumentIdsOfCustomer(
  tx: DocumentTx,
  companyId: string,
  customerId: string,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('documents')
    .select('id')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .execute();
  return rows.map((row) => row.id);
}

/** The currency of the customer's newest document that has one. */
export async function selectLastCurrency(
  tx: DocumentTx,
  companyId: string,
  customerId: string | null,
): Promise<string | null> {
  const row = await tx
    .selectFrom('documents')
    .select('currency')
    .where('company_id', '=', companyId)
    .$if(customerId !== null, (of) => of.where('customer_id', '=', customerId))
    .where('currency', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.currency ?? null;
}

export async function updateDocument(
  tx: DocumentTx,
  companyId: string,
  id: string,
  change: DocumentChange,
): Promise<Document> {
  const row = await tx
    .updateTable('documents')
    .set(change)
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toDocument(row);
}

/** Notes what the customer said to a quote. */
export async function updateDecided(
  tx: DocumentTx,
  companyId: string,
  id: string,
  decidedAs: NonNullable<Document['decidedAs']>,
): Promise<void> {
  await updateDocument(tx, companyId, id, { decided_as: decidedAs });
}

/** Those of the hashes that are of documents: of the file as it came, or of its PDF. */
export async function selectHashes(
  tx: DocumentTx,
  companyId: string,
  sha256s: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{
    sha256: string;
  }>`select one.sha256 from unnest(${[...sha256s]}::text[]) as one (sha256)
    where exists (select from documents where company_id = ${companyId} and (sha256 = one.sha256 or pdf_sha256 = one.sha256))`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.sha256));
}
