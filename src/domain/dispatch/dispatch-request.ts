import type { Language } from '#base/language';
import type { Condition, StopReason } from '#domain/outbox';
import type { TextKind, TextTemplate } from '#domain/templates';
import type { TrackingMode } from '#domain/tracking';
import type { Channel, DispatchService, Origin, OtherMeans, Purpose } from './dispatch.ts';

/** Who sends: a signed-in user, or a program in the name of one (its company's owner). */
export interface Author {
  readonly actor: 'user' | 'program';
  /** The user's or the key's id. */
  readonly id: string;
  /** As it stands in the history: the person's name, or the key's. */
  readonly name: string;
  /** Where answers and the duplicate go. */
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly firstName: string;
    readonly lastName: string;
  };
}

/** The text of mails of one kind in one language, as somebody chose it. */
export interface CellText {
  readonly kind: TextKind;
  readonly language: Language;
  /** A template of the company; null: the built-in text; absent: what would be taken without a choice. */
  readonly templateId?: string | null;
  /** Subject and text in its place, for this once. */
  readonly text?: TextTemplate;
}

export type FileType = 'pdf' | 'xml' | 'both';

/** What a person or a program asks to be sent; everything that is absent is proposed by `prepareDispatch`. */
export interface DispatchRequest {
  readonly companyId: string;
  readonly author: Author;
  readonly origin: Origin;
  readonly documentIds: readonly string[];
  readonly purpose?: Purpose;
  /** Addresses as they were typed: each entry may be a list, `Name <a@b>` too. */
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  /** Absent: by mail, and by the network too where the customer is found there. */
  readonly channels?: readonly Channel[];
  readonly senderId?: string | null;
  readonly fromName?: string;
  readonly replyTo?: string | null;
  readonly language?: string;
  /** The company's text to use; null: the built-in one; absent: the default of kind, purpose and language. */
  readonly templateId?: string | null;
  /** A text that is not kept yet, for a preview. */
  readonly template?: TextTemplate;
  readonly subject?: string;
  /** The text as HTML (from the editor), or as plain text; with neither it comes from the template. */
  readonly html?: string;
  readonly text?: string;
  /** Texts to take instead of the template's, by language; the recipient's language decides. */
  readonly texts?: Readonly<Partial<Record<Language, TextTemplate>>>;
  /** What was chosen by kind and language: goes before `templateId` and `texts` in the mails that it is about. */
  readonly cells?: readonly CellText[];
  readonly attach?: boolean;
  readonly link?: boolean;
  readonly fileType?: FileType;
  readonly fileName?: string;
  readonly fileIds?: readonly string[];
  /** A kept file in which the PDFs of these documents stand one after the other: attached instead of them. */
  readonly joined?: { readonly fileId: string; readonly documentIds: readonly string[] };
  readonly service?: DispatchService;
  /** For a service behind a code: how many days it waits, counted from the day after the notice. */
  readonly serviceDays?: number;
  /** For a service behind a code: who sends is told to the recipient only when he has accepted. The notice then has a text of its own. */
  readonly hideSender?: boolean;
  readonly tracking?: TrackingMode;
  readonly copyToSender?: boolean;
  readonly sendAt?: Date | null;
  /** Seconds in which it can be taken back; absent: the company's for people, none for programs. */
  readonly undoSeconds?: number;
  readonly externalId?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** What must still hold in the second in which it leaves; absent: of a reminder, what holds of all others. */
  readonly condition?: Condition;
  /** The message whose address this one corrects. */
  readonly resendOf?: string | null;
  /** A held message whose words do not fit any more: it is canceled, with those held beside it, when this one is made. */
  readonly replaces?: string;
  /** It takes the place of what was accepted before: no limit of the plan holds it, and it uses nothing of one. */
  readonly isAccepted?: boolean;
  /** So many e-mails of the month it takes the place of: they need no room again. */
  readonly acceptedBefore?: number;
}

export type { OtherMeans };

/** What is wrong with a request: where, why, and the part that is meant. */
export interface DispatchProblem {
  readonly path: string;
  readonly reason: ProblemReason;
  readonly value?: string;
}

export type ProblemReason =
  | 'document_missing'
  | 'document_incomplete'
  | 'document_canceled'
  | 'reminder_settled'
  | 'nothing_to_replace'
  | 'several_customers'
  | 'recipient_missing'
  | 'too_many_recipients'
  | 'address_invalid'
  | 'channel_missing'
  | 'network_unreachable'
  | 'sender_missing'
  | 'sender_broken'
  | 'sender_not_allowed'
  | 'kind_not_allowed'
  | 'reply_to_invalid'
  | 'subject_missing'
  | 'subject_too_long'
  | 'text_missing'
  | 'text_too_long'
  | 'variable_missing'
  | 'template_missing'
  | 'template_unreadable'
  | 'nothing_to_see'
  | 'file_missing'
  | 'file_name_invalid'
  | 'too_big'
  | 'send_at_invalid'
  | 'language_unknown'
  | 'service_not_offered'
  | 'provider_too_big'
  | 'service_only_to'
  | 'service_days'
  | 'hidden_not_here'
  | 'hidden_no_platform'
  | 'hidden_own_text'
  | 'term_protected'
  | 'xml_missing'
  | 'plan_limit';

/** What the person should know before it leaves; nothing of it forbids sending. */
export type DispatchWarning =
  | {
      readonly kind: 'already_sent';
      readonly dispatchId: string;
      readonly at: Date;
      readonly address: string;
      readonly delivery: string;
    }
  | { readonly kind: 'no_own_sender'; readonly method: string }
  | { readonly kind: 'suppressed'; readonly address: string }
  /** Whoever reads that mailbox said that one of the documents is not meant for him. */
  | { readonly kind: 'misdirected'; readonly address: string }
  | { readonly kind: 'sender_broken'; readonly senderId: string }
  | { readonly kind: 'language_differs'; readonly language: string; readonly of: string }
  | { readonly kind: 'large'; readonly bytes: number }
  | { readonly kind: 'courtesy_copy' }
  /** It needs so many of the e-mails that the plan leaves until a day: with more than are left it would be refused. */
  | {
      readonly kind: 'plan_near' | 'plan_full';
      readonly wanted: number;
      readonly used: number;
      readonly limit: number;
      readonly until: Date;
    }
  | { readonly kind: 'asks_despite'; readonly reason: StopReason };
