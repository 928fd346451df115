import type { SignatureVerdict } from '#mail/dkim';

/**
 * How the test mail is seen again: by our own server for what comes back, in the sender's mailbox that is read by IMAP, or as the
 * source that a person pastes.
 */
export const testWays = ['return_host', 'mailbox', 'pasted'] as const;
export type TestWay = (typeof testWays)[number];

/**
 *   waiting ──it was seen──▶ arrived
 *      ├──the next server refused it──▶ not_sent
 *      └──a report about it came──▶ came_back
 */
export type SelfTestState = 'waiting' | 'arrived' | 'not_sent' | 'came_back';

/** What left. */
export type SentFacts = {
  /** Address in the From header. */
  readonly from: string;
  /** Envelope sender. */
  readonly envelopeFrom: string;
  readonly messageId: string;
  /** Value of our own header. */
  readonly mark: string;
  /** Eight digits in the subject, by which it is known again where all else was changed. */
  readonly code: string;
  /** The next server: a result says nothing about another one. */
  readonly through: string;
};

/**
 * `kept`: as it left · `wrapped`: changed, but ours is inside, so that it leads back (SRS, BATV) · `changed` · `missing`: taken out ·
 * `unknown`: it could not be seen.
 */
export type Verdict = 'kept' | 'wrapped' | 'changed' | 'missing' | 'unknown';

export type Finding = {
  readonly verdict: Verdict;
  /** What stood there, 320 characters at most. */
  readonly found: string | null;
};

/** What of the mail arrived. */
export type Findings = {
  readonly envelopeFrom: Finding;
  readonly header: Finding;
  readonly messageId: Finding;
  readonly from: Finding;
  readonly signature: SignatureVerdict;
};

/** One mail by which a sender finds out what of its mails survives the way, and what will therefore be seen. */
export interface SelfTest {
  readonly id: string;
  readonly companyId: string;
  readonly senderId: string;
  readonly way: TestWay;
  readonly to: string;
  readonly sent: SentFacts;
  readonly state: SelfTestState;
  /** What a server said of it where it did not arrive. */
  readonly answer: string | null;
  readonly findings: Findings | null;
  readonly sentAt: Date;
  readonly endedAt: Date | null;
}
