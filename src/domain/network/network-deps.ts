import type { Log } from '#base/log';
import type { AccountTables } from '#domain/accounts';
import type { EvidenceTables } from '#domain/evidence';
import type { ConditionTables } from '#domain/outbox';
import type { DomainTables } from '#domain/senders';
import type { Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { NetworkTables } from './network-tables.ts';

export type CrossingTables = NetworkTables & AccountTables & ConditionTables & DomainTables & EvidenceTables;

/** What carrying from company to company needs of the world. */
export interface NetworkDeps {
  readonly database: Database<CrossingTables>;
  readonly files: FileStore;
  readonly log: Log;
}
