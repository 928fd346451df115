import { after, hour, minute } from '#base/time';
import type { Delivery } from '#mail/smtp';

/**
 * What is known about handing a message over.
 *
 *   scheduled ─┐                       ┌─ handed_off ─┐  (a submission server took it)
 *   queued ────┼─ lease ─ sending ─────┼─ accepted ───┼─ bounced, complained   (reports that come later)
 *   deferred ──┘     │       │         ├─ deferred … expired (72 h)
 *      ▲             │       │         ├─ rejected
 *      │           held ◄────┘         └─ unconfirmed (the dot may have been sent, no answer recorded)
 *      └── a person releases held ones, settles unconfirmed ones;  canceled: taken back before it left
 */
export type DeliveryState =
  | 'scheduled'
  | 'held'
  | 'queued'
  | 'sending'
  | 'deferred'
  | 'handed_off'
  | 'accepted'
  | 'unconfirmed'
  | 'rejected'
  | 'expired'
  | 'bounced'
  | 'complained'
  | 'canceled';

/** `copy` is the sender's duplicate; `notification` a mail without documents, such as a code or a receipt. Neither counts for an envelope. */
export type Role = 'to' | 'cc' | 'bcc' | 'copy' | 'notification';

/** Why a message waits for a person. */
export type HoldReason =
  | 'sender_broken'
  | 'sender_deleted'
  | 'cannot_compose'
  | 'own_words'
  | 'needs_review'
  | 'misdirected'
  | 'suppressed';

/**
 * The details of a canceled mail of which one document was settled in the last second: it waits to be written anew without it, and then
 * another mail has gone out in its place.
 */
export const toSendAnew = 'to_send_anew';
export const sentAnew = 'sent_anew';

/** One mail to one recipient. */
export interface Message {
  readonly id: string;
  readonly companyId: string;
  readonly dispatchId: string;
  readonly letterId: string;
  readonly documentId: string;
  readonly senderId: string;
  readonly role: Role;
  readonly position: number;
  readonly name: string;
  readonly address: string;
  readonly delivery: DeliveryState;
  /** A stable word for why it is held, deferred, rejected …; null where there is nothing to say. */
  readonly detail: string | null;
  readonly dueAt: Date;
  readonly attemptCount: number;
  readonly firstTriedAt: Date | null;
  readonly fence: number;
  readonly internetId: string;
  readonly overrideReason: string | null;
  readonly replacedBy: string | null;
  readonly settledAt: Date | null;
  readonly createdAt: Date;
}

/** Whether it has not come to an end yet: it may leave, or a person has to decide about it. */
export function isUnderWay({ delivery }: Pick<Message, 'delivery'>): boolean {
  return underWay.has(delivery);
}

const underWay: ReadonlySet<DeliveryState> = new Set([
  'scheduled',
  'held',
  'queued',
  'sending',
  'deferred',
  'unconfirmed',
]);

/** The waits between attempts; after the last one 8 h again and again, until 72 h after the first try. */
const waits = [5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour];
export const giveUpAfter = 72 * hour;

/**
 * When to try again after the `attempts`-th temporary failure, or null when the retries are used up. `chance` is a random
 * number from 0 to 1: ±10 % jitter keeps a thousand deferred messages from coming back in the same second.
 */
export function retryAt(attempts: number, firstTriedAt: Date, now: Date, chance: number): Date | null {
  const wait = waits[Math.min(attempts, waits.length) - 1] ?? waits[0] ?? 0;
  const next = after(now, wait * (0.9 + 0.2 * chance));
  return next.getTime() - firstTriedAt.getTime() > giveUpAfter ? null : next;
}

/** The fifth try comes after 3 h 50 min: what fails then is what the sender is told of "after 4 hours". */
const delayedAfter = 3.5 * hour;

/** Tells whether a message has been tried for so long that the person who sent it should hear of it. */
export function isDelayed(message: Pick<Message, 'firstTriedAt'>, now: Date): boolean {
  return message.firstTriedAt !== null && now.getTime() - message.firstTriedAt.getTime() >= delayedAfter;
}

/** Refusals that concern the sender's account, not this message: everything of that sender waits until it is repaired. */
export function isSenderProblem(delivery: Delivery): boolean {
  if (delivery.kind !== 'permanent') return false;
  return delivery.step === 'auth' || senderProblems.has(delivery.problem);
}

const senderProblems: ReadonlySet<string> = new Set([
  'sender_not_allowed',
  'relay_denied',
  'auth_required',
  'auth_not_offered',
  'auth_needs_tls',
  'tls_required',
  'tls_not_offered',
]);

/** A mail beside the dispatch itself, which nobody waits for: the sender's duplicate, a code, a receipt. */
export function isAside(message: Pick<Message, 'role'> | undefined): boolean {
  return message?.role === 'copy' || message?.role === 'notification';
}

/** Its own words may be about what was settled: a person mends them, or says that they fit. */
export function waitsForWords({ delivery, detail }: Pick<Message, 'delivery' | 'detail'>): boolean {
  return delivery === 'held' && detail === 'own_words';
}
