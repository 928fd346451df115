import { asWorker, type Database, inCompany, type Tx } from '#stores/database';
import type { DocumentRow, MessageRow, OverviewTables } from './overview-tables.ts';
import {
  countDocumentRows,
  countMessageRows,
  type DocumentFilter,
  type MessageFilter,
  type Place,
  selectDocumentRows,
  selectMessageRows,
} from './read-table.ts';

type Overview = Database<OverviewTables>;

/** A page: what comes after `before` in a list sorted by newest first. */
export interface Page {
  readonly before: Place | null;
  readonly limit: number;
}

/** A page of the company's documents, newest first; replaced and canceled ones are left out. */
export function listDocuments(
  database: Overview,
  companyId: string,
  filter: DocumentFilter,
  page: Page,
): Promise<DocumentRow[]> {
  return read(database, companyId, filter.q, (tx) => selectDocumentRows(tx, companyId, filter, page));
}

/** A page of the company's messages, newest first. */
export function listMessages(
  database: Overview,
  companyId: string,
  filter: MessageFilter,
  page: Page,
): Promise<MessageRow[]> {
  return read(database, companyId, filter.q, (tx) => selectMessageRows(tx, companyId, filter, page));
}

/** How many documents fit the filter, counted no further than `countLimit`. */
export function countDocuments(
  database: Overview,
  companyId: string,
  filter: DocumentFilter,
): Promise<number> {
  return read(database, companyId, filter.q, (tx) => countDocumentRows(tx, companyId, filter));
}

/** How many messages fit the filter, counted no further than `countLimit`. */
export function countMessages(database: Overview, companyId: string, filter: MessageFilter): Promise<number> {
  return read(database, companyId, filter.q, (tx) => countMessageRows(tx, companyId, filter));
}

/**
 * Text search cannot use its index under row-level security, because `like` is not leakproof (PostgreSQL manual, "Rules and
 * Privileges"): it runs as the worker, and the query's own company is the only lock.
 */
function read<T>(
  database: Overview,
  companyId: string,
  q: string | undefined,
  work: (tx: Tx<OverviewTables>) => Promise<T>,
): Promise<T> {
  return q?.trim() ? asWorker(database, work) : inCompany(database, companyId, work);
}
