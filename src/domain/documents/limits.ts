import type { EvidenceTables } from '#domain/evidence';
import type { Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { DocumentTables } from './document-row.ts';

/** How large uploads may be, in bytes. */
export interface DocumentLimits {
  readonly documentBytes: number;
  readonly extraFileBytes: number;
}

/** 25 MB is what mail servers commonly take at most: a larger file could be linked, but not attached. */
export const defaultDocumentLimits: DocumentLimits = {
  documentBytes: 25 * 2 ** 20,
  extraFileBytes: 25 * 2 ** 20,
};

/** What the use cases that read and keep files work with. */
export interface DocumentStores {
  readonly database: Database<DocumentTables & EvidenceTables>;
  readonly files: FileStore;
  readonly limits: DocumentLimits;
}
