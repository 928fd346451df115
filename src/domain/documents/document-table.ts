import {
  type ColumnType,
  type Generated,
  type Insertable,
  type Selectable,
  sql,
  type Updateable,
} from 'kysely';
import type { Language } from '#base/language';
import type { DocumentFormat, DocumentKind } from '#formats/einvoice';
import type { Tx } from '#stores/database';
import type { Document, Facts, ProposedFacts } from './document.ts';
import type { ExtraFileTables } from './extra-file-table.ts';
import type { PageImageTables } from './page-image-table.ts';

type Json<Value> = ColumnType<Value, string, string>;

export interface DocumentTables extends PageImageTables, ExtraFileTables {
  documents: {
    id: string;
    company_id: string;
    external_id: string | null;
    metadata: Json<Readonly<Record<string, unknown>>>;
    kind: DocumentKind;
    number: string | null;
    issue_date: string | null;
    due_date: string | null;
    currency: string | null;
    total: string | null;
    amount_due: string | null;
    seller_name: string | null;
    customer_id: string | null;
    buyer_name: string | null;
    buyer_vat_id: string | null;
    buyer_country: string | null;
    buyer_language: Language | null;
    buyer_emails: string[];
    proposed: Json<ProposedFacts>;
    series: string;
    version: number;
    replaced_by: string | null;
    format: DocumentFormat;
    file_name: string;
    media_type: string;
    sha256: string;
    bytes: number;
    pdf_sha256: string;
    pdf_bytes: number;
    xml_sha256: string | null;
    xml_bytes: number | null;
    pages: number;
    images: Generated<'waiting' | 'ready' | 'failed'>;
    images_tries: Generated<number>;
    images_tried_at: Date | null;
    paid_on: string | null;
    paid_amount: string | null;
    disputed_at: Date | null;
    canceled_at: Date | null;
    reminders_paused_until: string | null;
    created_by: string | null;
    created_at: Date;
  };
}

type DocumentTx = Tx<DocumentTables>;
type Row = Selectable<DocumentTables['documents']>;
export type DocumentChange = Updateable<DocumentTables['documents']>;

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

/** The currency of the customer's newest document that has one. */
export async function selectLastCurrency(
  tx: DocumentTx,
  companyId: string,
  customerId: string,
): Promise<string | null> {
  const row = await tx
    .selectFrom('documents')
    .select('currency')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
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

/** The columns that hold facts. */
export function factColumns(facts: Partial<Facts>): DocumentChange {
  return {
    kind: facts.kind,
    number: facts.number,
    issue_date: facts.issueDate,
    due_date: facts.dueDate,
    currency: facts.currency,
    total: facts.total,
    amount_due: facts.amountDue,
    seller_name: facts.sellerName,
    buyer_name: facts.buyerName,
    buyer_vat_id: facts.buyerVatId,
    buyer_country: facts.buyerCountry,
    buyer_language: facts.buyerLanguage,
    buyer_emails: facts.buyerEmails ? [...facts.buyerEmails] : undefined,
  };
}

function toDocument(row: Row): Document {
  return {
    id: row.id,
    companyId: row.company_id,
    externalId: row.external_id,
    metadata: row.metadata,
    kind: row.kind,
    number: row.number,
    issueDate: row.issue_date,
    dueDate: row.due_date,
    currency: row.currency,
    total: row.total,
    amountDue: row.amount_due,
    sellerName: row.seller_name,
    customerId: row.customer_id,
    buyerName: row.buyer_name,
    buyerVatId: row.buyer_vat_id,
    buyerCountry: row.buyer_country,
    buyerLanguage: row.buyer_language,
    buyerEmails: row.buyer_emails,
    proposed: row.proposed,
    series: row.series,
    version: row.version,
    replacedBy: row.replaced_by,
    format: row.format,
    fileName: row.file_name,
    mediaType: row.media_type,
    sha256: row.sha256,
    bytes: row.bytes,
    pdfSha256: row.pdf_sha256,
    pdfBytes: row.pdf_bytes,
    xmlSha256: row.xml_sha256,
    xmlBytes: row.xml_bytes,
    pages: row.pages,
    images: row.images,
    paidOn: row.paid_on,
    paidAmount: row.paid_amount,
    disputedAt: row.disputed_at,
    canceledAt: row.canceled_at,
    remindersPausedUntil: row.reminders_paused_until,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}
