import type { AccountTables } from '#domain/accounts';
import type { CustomerTables } from '#domain/customers';
import type { DispatchTables } from '#domain/dispatch';
import type { DocumentTables } from '#domain/documents';
import type { EvidenceTables } from '#domain/evidence';
import type { OutboxTables } from '#domain/outbox';
import type { SenderTables } from '#domain/senders';
import type { TrackingTables } from '#domain/tracking';
import type { Tx } from '#stores/database';
import type { OverviewTables } from './overview-tables.ts';

/** Everything that the overview reads, and its own tables. */
export type OverviewSources = OverviewTables &
  AccountTables &
  EvidenceTables &
  DocumentTables &
  CustomerTables &
  DispatchTables &
  OutboxTables &
  TrackingTables &
  SenderTables;

export type OverviewTx = Tx<OverviewSources>;
