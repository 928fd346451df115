import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import type { AccountTables } from '#domain/accounts';
import type { SuppressionTables } from '#domain/customers';
import type { EvidenceTables } from '#domain/evidence';
import type { PublishedRecords, SenderTables, Signers } from '#domain/senders';
import type { TrackingTables } from '#domain/tracking';
import type { Transports } from '#domain/transports';
import type { Database } from '#stores/database';
import type { FileStore, Journal } from '#stores/files';
import type { Answer } from './answer.ts';
import type { ConditionTables } from './check-condition.ts';
import { type EncodedParts, encodedParts } from './compose-mail.ts';

/** What the outbox needs of the world; the roof builds it once per process. */
export interface OutboxNeeds {
  readonly database: Database<
    ConditionTables & AccountTables & EvidenceTables & TrackingTables & SenderTables & SuppressionTables
  >;
  readonly files: FileStore;
  readonly transports: Transports;
  /** Answers of servers, durable before they reach the database. */
  readonly journal: Journal<Answer>;
  /** Key of the portal tokens. */
  readonly linkKey: Uint8Array;
  readonly portalUrl: string;
  /** Keys that sign the mails of a sender. */
  readonly signers: Signers;
  /** What the DNS says about those keys and the sender's domain; evidence keeps it. */
  readonly published: PublishedRecords;
  /** Key of the marks in return paths, and the domain of those whose sender has none of its own. */
  readonly returnPaths: { readonly key: Uint8Array; readonly platformDomain: string };
  readonly clock: Clock;
  readonly log: Log;
  /** Name of this worker; a lease belongs to it. */
  readonly worker: string;
  /** How long a lease lasts without a heartbeat, in milliseconds. */
  readonly leaseMs: number;
}

export interface Outbox extends OutboxNeeds {
  readonly parts: EncodedParts;
}

const attachmentRoom = 64 * 2 ** 20; // 64 MiB of encoded attachments: about 600 invoices of 75 kB

export function makeOutbox(needs: OutboxNeeds): Outbox {
  return { ...needs, parts: encodedParts(needs.files, attachmentRoom) };
}
