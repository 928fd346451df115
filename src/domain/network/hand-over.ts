import type { Condition } from '#domain/outbox';
import type { Proof } from './name.ts';

/**
 *   waiting ──due──▶ delivered ──▶ accepted | rejected
 *      ├──▶ canceled   taken back, or no longer to be said (paid meanwhile)
 *      └──▶ failed     the partner is not listed under that name any more
 */
export type HandOverState = 'waiting' | 'delivered' | 'accepted' | 'rejected' | 'failed' | 'canceled';

/** One document on its way to another company, as its sender sees it. */
export interface HandOver {
  readonly id: string;
  readonly companyId: string;
  readonly dispatchId: string;
  readonly documentId: string;
  readonly partnerId: string;
  readonly partnerName: string;
  /** What the partner was found by, and how that was proven then. */
  readonly name: string;
  readonly proof: Proof;
  readonly subject: string;
  readonly text: string;
  readonly condition: Condition | null;
  readonly state: HandOverState;
  /** Why it failed or was canceled, as a stable word. */
  readonly problem: string | null;
  readonly dueAt: Date;
  readonly deliveredAt: Date | null;
  readonly receivedId: string | null;
  readonly decidedAt: Date | null;
  /** Why it was rejected, in the receiver's words. */
  readonly reason: string | null;
  readonly createdAt: Date;
}
