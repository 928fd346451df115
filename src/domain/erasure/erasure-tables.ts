import type { DispatchTables } from '#domain/dispatch';
import type { DocumentTables } from '#domain/documents';
import type { EvidenceTables } from '#domain/evidence';
import type { ExportTables } from '#domain/exports';
import type { OutboxTables } from '#domain/outbox';
import type { RegisteredTables } from '#domain/registered';
import type { ReminderTables } from '#domain/reminders';
import type { ReturnsTables } from '#domain/returns';
import type { RunTables } from '#domain/runs';
import type { TrackingTables } from '#domain/tracking';
import type { SandboxTables } from '#domain/transports';

/** Everything that may hold something of what was sent. */
export type ErasureTables = DispatchTables &
  DocumentTables &
  EvidenceTables &
  ExportTables &
  OutboxTables &
  RegisteredTables &
  ReminderTables &
  ReturnsTables &
  RunTables &
  SandboxTables &
  TrackingTables;
