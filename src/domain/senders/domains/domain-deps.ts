import type { Clock } from '#base/time';
import type { EvidenceTables } from '#domain/evidence';
import type { Dns } from '#mail/dns';
import type { Database } from '#stores/database';
import type { SenderTables } from '../sender-table.ts';
import type { DomainTables } from './domain-table.ts';
import type { MailHost } from './expected-records.ts';

/** What domains need of the installation. */
export interface DomainDeps {
  /** Seals the private keys. */
  readonly key: Uint8Array;
  readonly host: MailHost;
  /** A DNS that asks the domain's own name servers first; a new one for each check, because it remembers. */
  readonly ownDns: () => Dns;
  readonly database: Database<DomainTables & SenderTables & EvidenceTables>;
  readonly now: Clock;
}
