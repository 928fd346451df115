import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CustomerStores, CustomerTables } from '#domain/customers';
import { type DocumentTables, defaultDocumentLimits } from '#domain/documents';
import type { EvidenceTables } from '#domain/evidence';
import { makeDiskFiles } from '#stores/files';
import { testDatabase } from './database.ts';

/** A real database and a real folder for the files of documents and customers; `close` removes both. */
export async function testDocumentStores(): Promise<
  CustomerStores & { readonly close: () => Promise<void> }
> {
  const database = await testDatabase<CustomerTables & DocumentTables & EvidenceTables>();
  const folder = await mkdtemp(join(tmpdir(), 'envoi-files-'));
  return {
    database,
    files: makeDiskFiles(folder),
    limits: defaultDocumentLimits,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
