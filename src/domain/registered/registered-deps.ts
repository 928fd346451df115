import { type Language, makeTexts, type Texts } from '#base/language';
import type { Log } from '#base/log';
import type { AccountTables } from '#domain/accounts';
import type { DocumentTables } from '#domain/documents';
import type { EvidenceTables, StampService } from '#domain/evidence';
import type { OutboxTables } from '#domain/outbox';
import type { SenderTables, Signers } from '#domain/senders';
import type { TrackingTables } from '#domain/tracking';
import type { Transports } from '#domain/transports';
import type { Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { KeyRing } from '#stores/keys';
import type { RegisteredTables } from './delivery-table.ts';
import type { TextGateway } from './text-message.ts';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };
import ro from './texts/ro.json' with { type: 'json' };

export const registeredCatalogues = { en, fr, it, ro, de, nl };
export type RegisteredWords = Texts<keyof typeof en & string>;

/** The words of notices, reminders, receipts and statements. */
export const registeredWordsIn: (language: Language) => RegisteredWords = makeTexts(registeredCatalogues);

export type DeliveryTables = RegisteredTables &
  AccountTables &
  DocumentTables &
  EvidenceTables &
  OutboxTables &
  SenderTables &
  TrackingTables;

/** What deliveries behind a code need of the world; the roof hands it in. */
export interface RegisteredDeps {
  readonly database: Database<DeliveryTables>;
  readonly files: FileStore;
  readonly transports: Transports;
  /** DKIM: who signs for a sender. */
  readonly signers: Signers;
  /** The installation's secret key: seals the key of each delivery. */
  readonly key: Uint8Array;
  /** Key of the portal tokens; codes are kept as HMACs under it, in a name of their own. */
  readonly linkKey: Uint8Array;
  readonly keys: KeyRing;
  /** For codes by text message; null: they go to mailboxes. */
  readonly texts: TextGateway | null;
  readonly stamps: readonly StampService[];
  readonly portalUrl: string;
  /** Domain of Message-IDs where the sender has none of its own. */
  readonly returnPaths: { readonly platformDomain: string };
  readonly log: Log;
}
