import type { Generated } from 'kysely';
import type { TlsFacts, TlsGivenUp } from '#mail/smtp';
import type { Condition } from './condition.ts';
import type { DeliveryState, Role } from './message.ts';

/** A name and an address as they stand in a header. */
export interface HeaderAddress {
  readonly name: string;
  readonly address: string;
}

/** How an outside provider is told what a mail is: before the subject, after each address, and in headers of its own. */
export interface LetterMarking {
  readonly prefix: string;
  readonly suffix: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** A file that goes along, by its hash in the files store. */
export interface Attachment {
  readonly sha256: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
}

export type AttemptOutcome = 'accepted' | 'temporary' | 'permanent' | 'unknown_after_dot' | 'lost';

export interface OutboxTables {
  letters: {
    id: string;
    company_id: string;
    dispatch_id: string;
    from_name: string;
    from_address: string;
    reply_to: string | null;
    track_replies: Generated<boolean>;
    to_header: readonly HeaderAddress[];
    cc_header: readonly HeaderAddress[];
    subject: string;
    html: string;
    text: string;
    language: string;
    attachments: readonly Attachment[];
    condition: Condition | null;
    marking: LetterMarking | null;
    each_alone: Generated<boolean>;
    created_at: Date;
  };
  messages: {
    id: string;
    company_id: string;
    dispatch_id: string;
    letter_id: string;
    document_id: string;
    sender_id: string;
    role: Role;
    position: number;
    name: string;
    address: string;
    delivery: DeliveryState;
    detail: string | null;
    due_at: Date;
    attempt_count: Generated<number>;
    first_tried_at: Date | null;
    fence: Generated<number>;
    leased_by: string | null;
    leased_until: Date | null;
    internet_id: string;
    override_reason: string | null;
    misdirected_at: Generated<Date | null>;
    replaced_by: string | null;
    settled_at: Date | null;
    /** When it was first known to have left; null for one of which nobody knows. */
    left_at: Generated<Date | null>;
    created_at: Date;
  };
  attempts: {
    id: string;
    company_id: string;
    message_id: string;
    number: number;
    fence: number;
    worker: string;
    started_at: Date;
    dot_sent_at: Date | null;
    ended_at: Date | null;
    outcome: AttemptOutcome | null;
    problem: string | null;
    step: string | null;
    code: number | null;
    enhanced: string | null;
    reply: string | null;
    host: string | null;
    ip: string | null;
    tls: TlsFacts | null;
    /** Why it went in the clear although encryption was offered. */
    tls_given_up: TlsGivenUp | null;
    /** SHA-256 of what the DNS said, in `dns_answers`. */
    dns: readonly string[] | null;
  };
  dns_answers: { company_id: string; sha256: string; raw: string; kept_at: Date };
  mails: {
    message_id: string;
    company_id: string;
    head: Buffer;
    parts: readonly { sha256: string; fileName: string; mediaType: string }[];
    tail: Buffer;
    bytes: number;
    sha256: string;
    created_at: Date;
    /** `head` is encrypted, as files are. */
    sealed: Generated<boolean>;
  };
  workers: { id: string; roles: string[]; started_at: Date; seen_at: Date };
}
