import { after } from '#base/time';
import { type EvidenceTables, readEvents } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import { webhookBody } from './deliver-webhook.ts';
import {
  type DeliveryTables,
  deleteDeliveries,
  requeue,
  selectAttempts,
  selectDelivery,
  toDelivery,
} from './delivery-table.ts';
import type { AllWebhookTables } from './follow-log.ts';
import { keptFor, type WebhookAttempt, type WebhookDelivery } from './webhook.ts';
import { selectWebhook, type WebhookTables } from './webhook-table.ts';

type ReplayTx = Tx<WebhookTables & DeliveryTables & EvidenceTables>;

export interface DeliveryDetail {
  readonly delivery: WebhookDelivery;
  readonly attempts: readonly WebhookAttempt[];
  /** What is sent; null when the event is no longer there. */
  readonly body: string | null;
}

/** One delivery with its body and its tries; null when there is none. */
export async function readDelivery(
  tx: ReplayTx,
  companyId: string,
  id: string,
): Promise<DeliveryDetail | null> {
  const row = await selectDelivery(tx, companyId, id);
  if (!row) return null;
  const [event] = await readEvents(tx, { kind: 'id', id: row.event_id, limit: 1 });
  return {
    delivery: toDelivery(row),
    attempts: await selectAttempts(tx, companyId, id),
    body: event ? webhookBody(event) : null,
  };
}

/** Tells a settled delivery once more, from the start of its tries. Refuses while it waits and when its webhook was removed. */
export async function replayDelivery(
  tx: ReplayTx,
  of: { readonly companyId: string; readonly deliveryId: string },
  now: Date,
): Promise<
  | { readonly ok: true; readonly delivery: WebhookDelivery }
  | { readonly ok: false; readonly reason: 'not_found' | 'still_waiting' }
> {
  const row = await selectDelivery(tx, of.companyId, of.deliveryId);
  if (!row || !(await selectWebhook(tx, of.companyId, row.webhook_id)))
    return { ok: false, reason: 'not_found' };
  const done = await requeue(tx, { ...of, webhookId: row.webhook_id }, ['delivered', 'failed'], now);
  const again = await selectDelivery(tx, of.companyId, of.deliveryId);
  return done > 0 && again
    ? { ok: true, delivery: toDelivery(again) }
    : { ok: false, reason: 'still_waiting' };
}

/** Tells everything again that was given up for a webhook; returns how much, or null when there is no such webhook. */
export async function replayFailed(
  tx: ReplayTx,
  of: { readonly companyId: string; readonly webhookId: string },
  now: Date,
): Promise<number | null> {
  if (!(await selectWebhook(tx, of.companyId, of.webhookId))) return null;
  return requeue(tx, of, ['failed'], now);
}

/** Forgets deliveries that are older than 30 days. */
export function forgetDeliveries(database: Database<AllWebhookTables>, now: Date): Promise<number> {
  return asWorker(database, (tx) => deleteDeliveries(tx, after(now, -keptFor)));
}
