import type { Context } from 'hono';
import type { Language } from '#base/language';
import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import type { AccessTables, AccountTables, Founded, Founding, Opened, Opening } from '#domain/accounts';
import type { SendRuleTables } from '#domain/automatic';
import type { BundleTables } from '#domain/bundles';
import type { CalendarTables } from '#domain/calendar';
import type { SubmitSettings } from '#domain/dispatch';
import type { DocumentLimits } from '#domain/documents';
import type { ExportTables } from '#domain/exports';
import type { HouseMailTables } from '#domain/housemail';
import type { IntakeTables } from '#domain/intake';
import type { NoticeTables } from '#domain/notices';
import type { Outbox } from '#domain/outbox';
import type { OverviewSources } from '#domain/overview';
import type { PaymentTables } from '#domain/payments';
import type { ProofDeps } from '#domain/proofs';
import type { TextGateway } from '#domain/registered';
import type { ReminderTables } from '#domain/reminders';
import type { ResponseTables } from '#domain/responses';
import type { ReturnsTables } from '#domain/returns';
import type { RunTables } from '#domain/runs';
import type { CheckDeps, HostFinding } from '#domain/senders';
import type { SingleSignOnTables } from '#domain/single-sign-on';
import type { TemplateTables } from '#domain/templates';
import type { Ruleset } from '#domain/tracking';
import type { SandboxTables } from '#domain/transports';
import type { WebhookDeps, WebhookTables } from '#domain/webhooks';
import type { Dns } from '#mail/dns';
import type { Database, Tx } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { KeyRing } from '#stores/keys';

export type WebTables = OverviewSources &
  AccessTables &
  AccountTables &
  BundleTables &
  ExportTables &
  CalendarTables &
  NoticeTables &
  ReturnsTables &
  SingleSignOnTables &
  PaymentTables &
  ReminderTables &
  SendRuleTables &
  RunTables &
  SandboxTables &
  TemplateTables &
  ResponseTables &
  WebhookTables &
  HouseMailTables &
  IntakeTables;

/** What the staff's screens need of the world; the roof builds it. */
export interface WebNeeds {
  readonly database: Database<WebTables>;
  readonly files: FileStore;
  readonly limits: DocumentLimits;
  readonly outbox: Outbox;
  readonly senders: CheckDeps;
  readonly submit: SubmitSettings;
  readonly webhooks: WebhookDeps;
  /** For codes by text message; null: codes go to mailboxes. */
  readonly texts: TextGateway | null;
  /** What evidence files are made with. */
  readonly proofs: ProofDeps;
  /** What the installation seals and signs with. */
  readonly keys: KeyRing;
  /** Key of the marks in return paths and headers. */
  readonly returnKey: Uint8Array;
  /** Asks the DNS for the keys of signatures. */
  readonly keyDns: Pick<Dns, 'ask'>;
  /** The rules that say who a visit was, in force now. */
  readonly ruleset: Ruleset;
  /** Key of the portal tokens. */
  readonly linkKey: Uint8Array;
  /** Key of staff marks; form tokens and short messages between two pages are signed with it as well, under names of their own. */
  readonly staffKey: Uint8Array;
  readonly config: {
    readonly dnsServers: readonly string[];
    readonly submissionPort: number;
    readonly submissionTlsPort: number;
    readonly watchFolder: string | null;
  };
  /** Where staff reach this installation, without a slash at its end. */
  readonly publicUrl: string;
  /** Where customers reach the portal. */
  readonly portalUrl: string;
  /** The client's address; the only place that knows which forwarded-for to believe. */
  readonly clientIp: (c: Context) => string;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes a company with its owner and its sandbox. */
  readonly found: (input: Founding) => Promise<Founded>;
  /** Makes a company for somebody else, who gets a link. */
  readonly open: (input: Opening) => Promise<Opened>;
  /** The customer's page of some documents as staff may look at it, never counted; null when they do not exist. */
  readonly renderPortal: (
    tx: Tx<WebTables>,
    of: {
      readonly companyId: string;
      readonly documentIds: readonly string[];
      readonly language: Language;
      /** Below it lie the page's pictures and files. */
      readonly url: string;
    },
  ) => Promise<string | null>;
  /** What is wrong with the installation just now, as stable words. */
  readonly findTroubles: () => Promise<readonly string[]>;
  /** How this machine looks to others. */
  readonly lookAtMachine: () => Promise<readonly HostFinding[]>;
}
