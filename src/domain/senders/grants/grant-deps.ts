import type { Clock } from '#base/time';
import type { EvidenceTables } from '#domain/evidence';
import type { Database } from '#stores/database';
import type { SenderTables } from '../sender-table.ts';
import type { Providers } from './provider.ts';

/** What grants are renewed with. */
export interface GrantDeps {
  readonly database: Database<SenderTables & EvidenceTables>;
  readonly key: Uint8Array;
  readonly providers: Providers;
  readonly now: Clock;
}
