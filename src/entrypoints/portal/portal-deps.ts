import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import type { AccountTables } from '#domain/accounts';
import type { SubmitSettings } from '#domain/dispatch';
import type { DocumentTables } from '#domain/documents';
import type { EvidenceTables } from '#domain/evidence';
import type { DeliveryTables, RegisteredDeps } from '#domain/registered';
import type { RespondTables } from '#domain/responses';
import type { HitJournal, Link, TrackingTables } from '#domain/tracking';
import type { Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { KeyRing } from '#stores/keys';
import type { Recent } from './recent.ts';

export type PortalTables = AccountTables &
  DocumentTables &
  TrackingTables &
  EvidenceTables &
  RespondTables &
  DeliveryTables;

/** The portal's own state beside what it was handed. */
export interface Portal extends PortalDeps {
  /** Reached on this machine only: whoever comes is trying the product out, and no scanner from outside can. */
  readonly isLocal: boolean;
  /** Open links by token. */
  readonly links: Recent<Link>;
  /** What every page is sent with. */
  readonly pageHeaders: Readonly<Record<string, string>>;
  /** Rendered pages by token and language. */
  readonly pages: Recent<{ readonly link: Link; readonly html: string; readonly served: string | null }>;
  /** Pages that are noted as served, by message and content. */
  readonly served: Recent<true>;
}

/** What the client's address is read from. */
export interface Caller {
  readonly req: { header(name: string): string | undefined };
  readonly env: unknown;
}

/** What the portal works with; the roof hands it in. */
export interface PortalDeps {
  readonly database: Database<PortalTables>;
  readonly files: FileStore;
  readonly journal: HitJournal;
  readonly linkKey: Uint8Array;
  readonly staffKey: Uint8Array;
  readonly keys: KeyRing;
  /** Deliveries behind a code. */
  readonly registered: RegisteredDeps;
  /** How customers reach the portal; cookies are Secure when it is https. */
  readonly portalUrl: string;
  /** The client's address; the only place that knows which forwarded-for to believe. */
  readonly clientIp: (c: Caller) => string;
  readonly clock: Clock;
  readonly log: Log;
  /** For the mails that answer an answer. */
  readonly submit: SubmitSettings;
  /** Mails a new link of this message to the mailbox that it went to, and to no other. Never told whether it did. */
  readonly sendNewLink: (messageId: string) => Promise<unknown>;
  /** The recipient of this message asks that what is recorded about him be erased; answers 'erased' where it was done at once. */
  readonly askErasure: (messageId: string) => Promise<unknown>;
  /** He asks for everything that is recorded about him: somebody of the company hands it out. */
  readonly askExport: (messageId: string) => Promise<unknown>;
  /** The recipient of this message does not want to be followed any more, also in mails sent before. */
  readonly stopTracking: (messageId: string) => Promise<unknown>;
}
