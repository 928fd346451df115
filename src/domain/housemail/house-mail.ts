/** What a digest, or a mail about an account, consists of, ready in words. */
export interface WrittenContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** An answer that is passed on: where its bytes lie, and who wrote it. */
export interface ReplyContent {
  readonly sha256: string;
  readonly name: string;
  /** Where the customer wants answers: our Reply-To. */
  readonly address: string;
  readonly subject: string;
  /** Message-IDs of the conversation, the newest last, without angle brackets. */
  readonly references: readonly string[];
}

export type HouseContent =
  | ({ readonly kind: 'digest' | 'account' } & WrittenContent)
  | ({ readonly kind: 'reply' } & ReplyContent);

export type HouseOutcome =
  | 'sent'
  /** The end of it may have left, and no answer was recorded. */
  | 'unconfirmed'
  | 'refused'
  | 'expired';

/**
 * A mail of the installation's own to somebody of the company.
 *
 *   due ── taken ──▶ sent · refused · expired
 *    ▲        │
 *    └────────┤ a temporary answer; a process that died before the dot
 *             └─ died after the dot: what we wrote is `unconfirmed`, an answer goes out again (twice is better than lost)
 */
export interface HouseMail {
  readonly id: string;
  readonly companyId: string;
  readonly kind: HouseContent['kind'];
  readonly address: string;
  readonly content: HouseContent | null;
  readonly messageId: string | null;
  readonly dueAt: Date;
  readonly tries: number;
  readonly firstTriedAt: Date | null;
  readonly dotAt: Date | null;
  readonly problem: string | null;
  readonly createdAt: Date;
}
