import type { Envelope, Origin, Purpose } from '#domain/dispatch';
import type { DocumentKind } from '#domain/documents';
import type { DeliveryState, Role } from '#domain/outbox';
import type { EngagementLevel } from '#domain/tracking';

/** What stands behind an envelope: how many recipients, and how often they did what. */
export interface Reached {
  readonly of: number;
  readonly count: number;
  readonly opened: number;
  readonly viewed: number;
  readonly downloaded: number;
}

export interface OverviewTables {
  document_overview: {
    document_id: string;
    company_id: string;
    kind: DocumentKind;
    number: string | null;
    customer_id: string | null;
    customer_name: string;
    issue_date: string | null;
    due_date: string | null;
    currency: string | null;
    total: string | null;
    amount_due: string | null;
    paid: 'unpaid' | 'partly' | 'paid';
    paid_on: string | null;
    is_current: boolean;
    envelope: Envelope;
    reached: Reached;
    dispatch_count: number;
    reminder_count: number;
    first_sent_at: Date | null;
    /** Who sent it for the first time; null: nobody did, or not by e-mail. */
    first_sender_id: string | null;
    last_event_type: string | null;
    last_event_at: Date;
    created_at: Date;
    search: string;
  };
  message_overview: {
    message_id: string;
    company_id: string;
    dispatch_id: string;
    document_id: string;
    role: Role;
    name: string;
    address: string;
    subject: string;
    attachment: string;
    kind: DocumentKind;
    number: string | null;
    purpose: Purpose;
    origin: Origin;
    category: MessageCategory;
    /** Of `created_at`, on the company's clock. */
    day: string;
    /** The message's own, whatever its role. */
    envelope: Envelope;
    sender_id: string;
    sender_address: string;
    delivery: DeliveryState;
    detail: string | null;
    engagement: EngagementLevel;
    opened_count: number;
    viewed_count: number;
    downloaded_count: number;
    machine_count: number;
    attempt_count: number;
    first_opened_at: Date | null;
    /** When it was opened, viewed or downloaded for the first time. */
    first_seen_at: Date | null;
    sent_at: Date | null;
    last_event_at: Date;
    due_at: Date;
    created_at: Date;
    search: string;
  };
  /** How many e-mails of a day are in which state; the sender's own duplicates are left out. */
  message_days: {
    company_id: string;
    day: string;
    kind: DocumentKind;
    category: MessageCategory;
    sender_id: string;
    envelope: Envelope;
    count: number;
  };
  saved_views: {
    id: string;
    company_id: string;
    user_id: string;
    place: ViewPlace;
    name: string;
    query: string;
    created_at: Date;
  };
}

/** What an e-mail is for, as people ask: the first one, sent again, a reminder by hand, or one by a policy. */
export const messageCategories = ['first', 'automatic', 'reminder', 'resend'] as const;
export type MessageCategory = (typeof messageCategories)[number];

/** The lists that somebody can keep a view of. */
export type ViewPlace = 'emails' | 'documents';

export type DocumentRow = OverviewTables['document_overview'];
export type MessageRow = OverviewTables['message_overview'];
