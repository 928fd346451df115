import type { Log } from '#base/log';
import type { Clock } from '#base/time';
import type { AccessTables, AccountTables } from '#domain/accounts';
import type { SendRuleTables } from '#domain/automatic';
import type { BundleTables } from '#domain/bundles';
import type { CalendarTables } from '#domain/calendar';
import type { SubmitSettings } from '#domain/dispatch';
import type { DocumentLimits } from '#domain/documents';
import type { ExportTables } from '#domain/exports';
import type { IntakeTables } from '#domain/intake';
import type { NoticeTables } from '#domain/notices';
import type { OverviewSources } from '#domain/overview';
import type { PaymentTables } from '#domain/payments';
import type { ProofDeps } from '#domain/proofs';
import type { ReminderTables } from '#domain/reminders';
import type { ResponseTables } from '#domain/responses';
import type { ReturnsTables } from '#domain/returns';
import type { RunTables } from '#domain/runs';
import type { CheckDeps } from '#domain/senders';
import type { SingleSignOnTables } from '#domain/single-sign-on';
import type { TemplateTables } from '#domain/templates';
import type { SandboxTables } from '#domain/transports';
import type { WebhookDeps, WebhookTables } from '#domain/webhooks';
import type { Dns } from '#mail/dns';
import type { Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { RateLimit } from './rate-limit.ts';

export type ApiTables = OverviewSources &
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
  WebhookTables &
  TemplateTables &
  ResponseTables &
  IntakeTables;

/** What the API needs of the world; the roof builds it. */
export interface ApiNeeds {
  readonly database: Database<ApiTables>;
  readonly files: FileStore;
  readonly limits: DocumentLimits;
  readonly senders: CheckDeps;
  readonly submit: SubmitSettings;
  readonly webhooks: WebhookDeps;
  /** What evidence files are made with. */
  readonly proofs: ProofDeps;
  /** Key of the marks in return paths and headers. */
  readonly returnKey: Uint8Array;
  /** Asks the DNS for the keys of signatures. */
  readonly keyDns: Pick<Dns, 'ask'>;
  /** Key of the portal tokens. */
  readonly linkKey: Uint8Array;
  /** Where staff and programs reach this installation, without a slash at its end. */
  readonly publicUrl: string;
  readonly portalUrl: string;
  /** How many requests a key may make; absent: as usual. */
  readonly rateLimit?: RateLimit;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the process stops: requests that wait for events are answered at once. */
  readonly stopping?: AbortSignal;
}
