import { newId } from '#base/ids';
import { type EvidenceTables, record } from '#domain/evidence';
import { inCompany, type Tx } from '#stores/database';
import type { Document } from './document.ts';
import { documentCreated, documentReplaced } from './document-events.ts';
import type { DocumentTables } from './document-row.ts';
import { insertDocument, lockDocument, selectDocumentByHash, updateDocument } from './document-table.ts';
import type { DocumentStores } from './limits.ts';
import { mergeFacts, namesSameBuyer } from './merge-facts.ts';
import {
  type PreparedDocument,
  prepareDocument,
  type Upload,
  type UploadRefused,
} from './prepare-document.ts';
import type { Received } from './receive-document.ts';
import { rowOf, type Saved } from './save-document.ts';

export type ReplaceRefusal =
  | 'unknown_document'
  /** Another version has taken its place: replace that one. */
  | 'already_replaced'
  /** The file is an older version of this document. */
  | 'same_as_older_version'
  /** The file is another document of the company. */
  | 'same_as_other_document';

export type Replaced =
  | Extract<Received, { ok: true }>
  | UploadRefused
  | { readonly ok: false; readonly reason: ReplaceRefusal };

/**
 * Takes in a new version of a document. It carries on the series, the customer, payment state, dispute and pause, and facts
 * that the new file does not say; what was sent keeps its version. The same file again is the same version.
 */
export async function replaceDocument(
  stores: DocumentStores,
  documentId: string,
  upload: Upload,
  now: Date,
): Promise<Replaced> {
  const result = await prepareDocument(stores, upload);
  if (!result.ok) return result;
  const { prepared } = result;
  return inCompany<DocumentTables & EvidenceTables, Replaced>(
    stores.database,
    upload.companyId,
    async (tx) => {
      const saved = await saveVersion(tx, documentId, prepared, now);
      if (!saved.ok) return saved;
      await record(tx, saved.facts);
      return { ok: true, document: saved.document, existed: saved.existed, notes: prepared.notes };
    },
  );
}

/** Writes a prepared upload as the next version of a document; the caller records `facts` last. */
export async function saveVersion(
  tx: Tx<DocumentTables>,
  documentId: string,
  prepared: PreparedDocument,
  now: Date,
): Promise<({ readonly ok: true } & Saved) | { readonly ok: false; readonly reason: ReplaceRefusal }> {
  const { upload, files, sha256 } = prepared;
  const old = await lockDocument(tx, upload.companyId, documentId);
  if (!old) return { ok: false, reason: 'unknown_document' };
  const known = await selectDocumentByHash(tx, upload.companyId, sha256);
  if (known) return judgeKnown(old, known);
  if (old.replacedBy) return { ok: false, reason: 'already_replaced' };
  if (!files) throw new Error('A prepared document has no files and is not known.');
  const made = await insertDocument(tx, versionRow(old, prepared, files, now));
  if (!made) return { ok: false, reason: 'same_as_other_document' }; // uploaded in this very moment
  await updateDocument(tx, upload.companyId, old.id, { replaced_by: made.id });
  const facts = [documentReplaced(old, made, upload.by, now), documentCreated(made, upload.by, now)];
  return { ok: true, document: made, existed: false, facts };
}

function judgeKnown(old: Document, known: Document) {
  if (known.id === old.id || known.id === old.replacedBy)
    return { ok: true, document: known, existed: true, facts: [] } as const;
  const isOwn = known.series === old.series;
  return { ok: false, reason: isOwn ? 'same_as_older_version' : 'same_as_other_document' } as const;
}

function versionRow(
  old: Document,
  prepared: PreparedDocument,
  files: NonNullable<PreparedDocument['files']>,
  now: Date,
) {
  const merged = mergeFacts(prepared, old);
  const own = { ...prepared.read, ...prepared.given };
  return {
    ...rowOf(prepared, files, merged, newId('document', now), now),
    external_id: prepared.upload.externalId ?? old.externalId,
    metadata: JSON.stringify({ ...old.metadata, ...prepared.upload.metadata }),
    customer_id: namesSameBuyer(own, old) ? old.customerId : null,
    series: old.series,
    version: old.version + 1,
    paid_on: old.paidOn,
    paid_amount: old.paidAmount,
    disputed_at: old.disputedAt,
    payment_declared_at: old.paymentDeclaredAt,
    reminders_paused_until: old.remindersPausedUntil,
  };
}
