import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import type { DispatchTables, SubmitSettings, SubmitTables } from '#domain/dispatch';
import type { DocumentStores } from '#domain/documents';
import type { ConditionTables } from '#domain/outbox';
import type { Database } from '#stores/database';
import type { RunTables } from './run-table.ts';

/** What a worker needs to work on runs; the roof builds it. */
export interface RunNeeds {
  readonly database: Database<RunTables & SubmitTables & DispatchTables & ConditionTables>;
  readonly files: DocumentStores['files'];
  readonly limits: DocumentStores['limits'];
  readonly submit: SubmitSettings;
  readonly clock: Clock;
  readonly log: Log;
}
