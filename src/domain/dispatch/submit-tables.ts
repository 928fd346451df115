import type { EvidenceTables } from '#domain/evidence';
import type { TrackingTables } from '#domain/tracking';
import type { DispatchTables } from './dispatch-table.ts';
import type { PrepareTables } from './prepare-tables.ts';

/** What a submission reads and writes. */
export type SubmitTables = PrepareTables & DispatchTables & EvidenceTables & TrackingTables;
