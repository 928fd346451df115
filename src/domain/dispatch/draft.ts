import type { Language } from '#base/language';
import type { Company } from '#domain/accounts';
import type { Customer } from '#domain/customers';
import type { Document, MissingFact } from '#domain/documents';
import type { Partner } from '#domain/network';
import type { StopReason } from '#domain/outbox';
import type { IncamailAccount } from '#domain/registered';
import type { Sender, SenderReason } from '#domain/senders';
import type { Template } from '#domain/templates';
import type { TrackingMode } from '#domain/tracking';
import type { Attached } from './attach-files.ts';
import type { Channel, DispatchService, Purpose } from './dispatch.ts';
import type { DispatchProblem, DispatchWarning } from './dispatch-request.ts';
import type { Addressee } from './gather-recipients.ts';

/** Everything that the send window shows: what was asked for, filled up with what is proposed. */
export interface Draft {
  readonly company: Company;
  readonly documents: readonly Document[];
  readonly customer: Customer | null;
  readonly purpose: Purpose;
  readonly service: DispatchService;
  readonly serviceDays: number;
  /** Who sends is told to the recipient only when he has accepted. */
  readonly senderHidden: boolean;
  /** What the company may choose from. */
  readonly offered: readonly DispatchService[];
  /** The account that a provider's service goes through; null for all others. */
  readonly account: IncamailAccount | null;
  readonly sender: Sender | null;
  readonly senderReason: SenderReason | 'provider_account' | 'neutral_address' | null;
  readonly fromName: string;
  readonly replyTo: string | null;
  /** The customer as a company of the network; null: not found there, or not to be handed to. */
  readonly partner: Partner | null;
  /** The name of the company that the customer is in the network, where it does not receive from this one; else null. */
  readonly unreachable: string | null;
  readonly channels: readonly Channel[];
  readonly addressees: readonly Addressee[];
  /** What the mail is written in: as asked, as the first reader or the customer reads, else the company's. */
  readonly language: Language;
  /** What the reader reads, where that is known. */
  readonly readerLanguage: Language | null;
  /** The company's text that was used; null: the built-in one. */
  readonly template: Template | null;
  readonly subject: string;
  /** The text, sanitised; without layout, button and footer. */
  readonly bodyHtml: string;
  readonly attach: boolean;
  readonly link: boolean;
  readonly attached: Attached;
  readonly tracking: TrackingMode;
  /** What each address allows to be recorded, by address in lower case. */
  readonly consents: ReadonlyMap<string, TrackingMode>;
  readonly copyToSender: boolean;
  readonly missing: readonly MissingFact[];
  /** Of a reminder: what speaks against asking for a document again, by its id. */
  readonly against: ReadonlyMap<string, readonly StopReason[]>;
  readonly problems: readonly DispatchProblem[];
  readonly warnings: readonly DispatchWarning[];
}
