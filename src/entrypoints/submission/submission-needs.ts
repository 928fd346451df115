import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import type { AccessTables, AccountTables } from '#domain/accounts';
import type { IntakeDeps, ReceiveTables } from '#domain/intake';
import type { Database } from '#stores/database';

/** What the submission server needs of the world; the roof builds it. */
export interface SubmissionNeeds extends IntakeDeps {
  readonly database: Database<ReceiveTables & AccessTables & AccountTables>;
  readonly clock: Clock;
  readonly log: Log;
  /** The name by which it greets. */
  readonly name: string;
  /** PEM. */
  readonly tls: { readonly cert: string; readonly key: string };
  readonly maxBytes: number;
}
