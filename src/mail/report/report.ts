import type { Header } from '#mail/mime';

export type ReportKind =
  | 'bounce'
  | 'delay'
  | 'delivered'
  | 'complaint'
  | 'auto_reply'
  | 'read_receipt'
  | 'reply'
  | 'none';

/** Why a mail did not arrive. Only the first three say that the address itself is wrong. */
export type FailureClass =
  | 'mailbox_unknown'
  | 'mailbox_disabled'
  | 'domain_unknown'
  | 'mailbox_full'
  | 'policy'
  | 'content'
  | 'too_big'
  | 'rate_limited'
  | 'network'
  | 'expired'
  | 'system'
  | 'unknown';

/** RFC 3464 §2.3.3. */
export type RecipientAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';

/** One address of which a report speaks. */
export type ReportRecipient = {
  /** The address that was written to as far as the report tells it, else the one at which delivery ended. */
  readonly address: string;
  /** null where the report is none about delivery (complaint, receipt, answer). */
  readonly action: RecipientAction | null;
  /** Enhanced status code (RFC 3463), such as `5.1.1`. */
  readonly status: string | null;
  readonly smtpCode: number | null;
  /** null unless failed or delayed. */
  readonly class: FailureClass | null;
  /** Trying again without a change would fail again, by the first digit of what the server said. */
  readonly permanent: boolean;
  /** What the server said, in one line of at most 1,000 characters. */
  readonly diagnostic: string | null;
};

/** What the recipient's program did with a mail for which a receipt was asked (RFC 8098 §3.2.6). */
export type Disposition = {
  readonly type: string;
  /** False: a program returned it by itself, so that nobody need have seen the mail. */
  readonly byHand: boolean;
};

/** Who wrote the mail that came back, and what it says of itself. */
export type ReportOrigin = {
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** Its own Message-ID, and those that it answers (RFC 5322 §3.6.4), newest last, without angle brackets. */
  readonly messageId: string | null;
  readonly references: readonly string[];
};

export type Report = {
  readonly kind: ReportKind;
  /** Which rule recognised it, such as `rfc3464` or `qmail`; null for what is no report. */
  readonly dialect: string | null;
  /** Message-ID of the mail that this is about, without angle brackets. */
  readonly originalMessageId: string | null;
  /** Headers of the mail that this is about, if it was returned. */
  readonly originalHeaders: readonly Header[];
  readonly recipients: readonly ReportRecipient[];
  /**
   * RFC 5965 §7.3, lower case. `abuse` and `fraud` are complaints of a person; `auth-failure` (RFC 6591) is a machine's
   * and says nothing against the recipient.
   */
  readonly feedbackType: string | null;
  readonly disposition: Disposition | null;
  /** Text of an automatic or a human reply, without what it quotes. */
  readonly text: string | null;
  /** Last day of the absence that an automatic reply tells of, as `YYYY-MM-DD`. */
  readonly absentUntil: string | null;
  readonly origin: ReportOrigin;
};
