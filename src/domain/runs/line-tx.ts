import type { DispatchTables, SubmitTables } from '#domain/dispatch';
import type { ConditionTables } from '#domain/outbox';
import type { Tx } from '#stores/database';
import type { RunTables } from './run-table.ts';

/** A transaction in which a line is looked at or sent. */
export type LineTx = Tx<RunTables & SubmitTables & DispatchTables & ConditionTables>;
