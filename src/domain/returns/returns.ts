import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import type { AccountTables } from '#domain/accounts';
import type { SuppressionTables } from '#domain/customers';
import type { EvidenceTables } from '#domain/evidence';
import type { OutboxTables } from '#domain/outbox';
import type { RegisteredTables } from '#domain/registered';
import type { SenderTables } from '#domain/senders';
import type { TrackingTables } from '#domain/tracking';
import type { Dns } from '#mail/dns';
import type { Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { ReturnsTables } from './returned-mail-table.ts';

export type ReadingTables = ReturnsTables &
  OutboxTables &
  EvidenceTables &
  AccountTables &
  SenderTables &
  TrackingTables &
  RegisteredTables &
  SuppressionTables;

/** What reading mails that came back needs of the world; the roof builds it. */
export interface ReturnsNeeds {
  readonly database: Database<ReadingTables>;
  readonly files: FileStore;
  /** Key of the marks in return paths, reply addresses and headers. */
  readonly returnKey: Uint8Array;
  /** Asks the DNS for the keys of signatures. */
  readonly keyDns: Pick<Dns, 'ask'>;
  readonly clock: Clock;
  readonly log: Log;
}
