import type { ColumnType, Generated, Selectable, Updateable } from 'kysely';
import type { Language } from '#base/language';
import type { DocumentFormat, DocumentKind } from '#formats/einvoice';
import type { Document, Facts, ProposedFacts } from './document.ts';
import type { ExtraFileTables } from './extra-file-table.ts';

type Json<Value> = ColumnType<Value, string, string>;

interface PageImageTables {
  page_images: {
    document_id: string;
    page: number;
    company_id: string;
    sha256: string;
    width: number;
    height: number;
  };
}

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
    payment_declared_at: Generated<Date | null>;
    decided_as: Generated<'accepted' | 'refused' | null>;
    canceled_at: Date | null;
    reminders_paused_until: string | null;
    reminders_pause_reason: Generated<string | null>;
    created_by: string | null;
    created_at: Date;
  };
}

export type DocumentChange = Updateable<DocumentTables['documents']>;

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

/** A row as the type that everybody else knows. */
export function toDocument(row: Selectable<DocumentTables['documents']>): Document {
  return {
    ...factsOfRow(row),
    id: row.id,
    companyId: row.company_id,
    externalId: row.external_id,
    metadata: row.metadata,
    customerId: row.customer_id,
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
    paymentDeclaredAt: row.payment_declared_at,
    decidedAs: row.decided_as,
    canceledAt: row.canceled_at,
    remindersPausedUntil: row.reminders_paused_until,
    remindersPauseReason: row.reminders_pause_reason,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}

function factsOfRow(row: Selectable<DocumentTables['documents']>): Facts {
  return {
    kind: row.kind,
    number: row.number,
    issueDate: row.issue_date,
    dueDate: row.due_date,
    currency: row.currency,
    total: row.total,
    amountDue: row.amount_due,
    sellerName: row.seller_name,
    buyerName: row.buyer_name,
    buyerVatId: row.buyer_vat_id,
    buyerCountry: row.buyer_country,
    buyerLanguage: row.buyer_language,
    buyerEmails: row.buyer_emails,
  };
}
