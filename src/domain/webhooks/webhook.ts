import { hour, minute, second } from '#base/time';

/**
 *           ┌── person ──┐
 *        active ──────► paused
 *         │  ▲            │
 *         │  └── person ──┘   (also out of failing and gone)
 *         ├─ no try worked for 3 days ─► failing   deliveries wait until a person switches it on
 *         └─ answered 410 ─────────────► gone      nothing is kept for it any more
 */
export type WebhookState = 'active' | 'paused' | 'failing' | 'gone';

/** An address of another program that is told what happens. Its secret is shown once, when it is made or changed. */
export interface Webhook {
  readonly id: string;
  readonly companyId: string;
  readonly url: string;
  readonly description: string;
  /** `message.bounced` or `visit.*`; empty: everything. */
  readonly events: readonly string[];
  readonly state: WebhookState;
  /** Since when no try has worked; null: the last one did. */
  readonly failingSince: Date | null;
  /** Until when both secrets sign. */
  readonly previousUntil: Date | null;
  readonly createdAt: Date;
}

export type DeliveryState = 'waiting' | 'delivered' | 'failed';

/** One event that is told, was told or could not be told to one webhook. */
export interface WebhookDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When it is tried next; null when it is settled. */
  readonly dueAt: Date | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

/** Why a try was no delivery. */
export type PostProblem =
  | 'refused'
  | 'redirected'
  | 'gone'
  | 'host_not_allowed'
  | 'unknown_host'
  | 'no_connection'
  | 'bad_certificate'
  | 'timeout'
  | 'secret_unreadable'
  | 'event_missing';

export interface WebhookAttempt {
  readonly n: number;
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly problem: PostProblem | null;
  /** The beginning of what they answered. */
  readonly answer: string;
}

/** Pauses between the ten tries: 71 h 35 min in all, so that an endpoint may be down over a weekend. */
const pauses = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  16 * hour,
  24 * hour,
] as const;

/** How long to wait after that many tries in vain, in milliseconds; null: it was the last one. */
export function pauseAfter(tries: number): number | null {
  return pauses[tries - 1] ?? null;
}

/** A webhook of which nothing worked for so long is left alone until a person looks. */
export const patience = 71 * hour;
/** So long both secrets sign after a rotation. */
export const rotationOverlap = 24 * hour;
/** So long deliveries, their answers and what waits are kept. */
export const keptFor = 30 * 24 * hour;

/** Tells whether a webhook wants events of that type. */
export function wants(events: readonly string[], type: string): boolean {
  return (
    events.length === 0 ||
    events.some((one) => one === type || (one.endsWith('.*') && type.startsWith(one.slice(0, -1))))
  );
}
