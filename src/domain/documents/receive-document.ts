import type { EvidenceTables } from '#domain/evidence';
import { record } from '#domain/evidence';
import type { ReadNote } from '#formats/einvoice';
import { inCompany } from '#stores/database';
import type { Document } from './document.ts';
import type { DocumentTables } from './document-row.ts';
import type { DocumentStores } from './limits.ts';
import { prepareDocument, type Upload, type UploadRefused } from './prepare-document.ts';
import { saveDocument } from './save-document.ts';

export type Received =
  | {
      readonly ok: true;
      readonly document: Document;
      /** The company had these bytes already: it is the same document. */
      readonly existed: boolean;
      readonly notes: readonly ReadNote[];
    }
  | UploadRefused;

/**
 * Takes a file in: reads it, keeps it, makes its document. Refuses what cannot be read and facts that are wrong; then
 * nothing is kept. To have the customer found as well, use `receiveDocumentWithCustomer` of `#domain/customers`.
 */
export async function receiveDocument(stores: DocumentStores, upload: Upload, now: Date): Promise<Received> {
  const result = await prepareDocument(stores, upload);
  if (!result.ok) return result;
  const { prepared } = result;
  return inCompany<DocumentTables & EvidenceTables, Received>(
    stores.database,
    upload.companyId,
    async (tx) => {
      const { document, existed, facts } = await saveDocument(tx, prepared, now);
      await record(tx, facts);
      return { ok: true, document, existed, notes: prepared.notes };
    },
  );
}
