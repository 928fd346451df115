/** Why an address may not be mailed. `manual`: a person or program put it on the list. */
export type SuppressionReason =
  | 'mailbox_unknown'
  | 'mailbox_disabled'
  | 'domain_unknown'
  | 'complaint'
  | 'manual';

/** Who said so: a server in the conversation, a report that came back, a person, a program with a key. */
export type SuppressionOrigin = 'server' | 'report' | 'user' | 'program';

/** An address that may not be mailed by this company. */
export interface Suppression {
  readonly id: string;
  readonly companyId: string;
  readonly address: string;
  readonly reason: SuppressionReason;
  readonly origin: SuppressionOrigin;
  /** The message whose fate was the cause. */
  readonly messageId: string | null;
  readonly note: string | null;
  /** User or key; null where the rule did it. */
  readonly addedBy: string | null;
  readonly addedAt: Date;
}

const recipientFailures: ReadonlySet<string> = new Set([
  'mailbox_unknown',
  'mailbox_disabled',
  'domain_unknown',
]);

/**
 * The reason for which a permanent failure of that class suppresses, or null: only where the address itself is wrong. A full
 * mailbox empties again, and refusals of the sender, his reputation or the content say nothing against the address.
 */
export function failureSuppresses(failure: string | null): SuppressionReason | null {
  return failure !== null && recipientFailures.has(failure) ? (failure as SuppressionReason) : null;
}
