import type { AccessTables, AccountTables, Company, User } from '#domain/accounts';
import type { EvidenceTables } from '#domain/evidence';
import type { HouseMailTables, WrittenContent } from '#domain/housemail';
import type { OutboxTables } from '#domain/outbox';
import type { Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { CompanyExport } from './export.ts';
import type { ExportTables } from './export-table.ts';

export type WorkTables = ExportTables &
  AccessTables &
  AccountTables &
  EvidenceTables &
  HouseMailTables &
  OutboxTables;

/** What exports are made with; the roof hands it in. */
export interface ExportDeps {
  readonly database: Database<WorkTables>;
  readonly files: FileStore;
  /** Of this program. */
  readonly version: string;
  /** Puts the mail that an export is ready, or failed, into the words of its reader. */
  readonly wordExport: (company: Company, reader: User, one: CompanyExport) => WrittenContent;
}
