import type { Language } from '#base/language';
import type { AccountTables } from '#domain/accounts';
import type { DispatchTables } from '#domain/dispatch';
import type { DocumentTables } from '#domain/documents';
import type { EvidenceTables, RecordedEvent, StampService } from '#domain/evidence';
import type { OutboxTables } from '#domain/outbox';
import type { SenderTables } from '#domain/senders';
import type { TrackingTables } from '#domain/tracking';
import type { Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { KeyRing } from '#stores/keys';

export type ProofTables = AccountTables &
  DispatchTables &
  DocumentTables &
  EvidenceTables &
  OutboxTables &
  SenderTables &
  TrackingTables;

/** Words an event for people; `who` is the recipient that it is about. */
export type WordEvent = (language: Language, event: RecordedEvent, who: string | null) => string;

/** What proofs are made with; the roof hands it in. */
export interface ProofDeps {
  readonly database: Database<ProofTables>;
  readonly files: FileStore;
  readonly keys: KeyRing;
  readonly stamps: readonly StampService[];
  /** Where strangers find the page that checks files, and the fingerprint of the root. */
  readonly portalUrl: string;
  readonly wordEvent: WordEvent;
}
