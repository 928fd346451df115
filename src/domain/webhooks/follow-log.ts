import { newId } from '#base/ids';
import { type EvidenceTables, type FollowedEvent, follow } from '#domain/evidence';
import type { Database, Tx } from '#stores/database';
import { type DeliveryTables, insertDeliveries, type NewDelivery } from './delivery-table.ts';
import { wants } from './webhook.ts';
import { selectListening, type WebhookTables } from './webhook-table.ts';

export type AllWebhookTables = WebhookTables & DeliveryTables & EvidenceTables;

const batch = 500;

/** A test is told by whoever asked for it, to the one webhook that is tested. */
export const testType = 'company.webhook_tested';

/** Writes down for every webhook what it has to be told of the next events of the log; returns how many events there were. */
export function followForWebhooks(database: Database<AllWebhookTables>, now: Date): Promise<number> {
  return follow(database, { name: 'webhooks', limit: batch }, (tx, events) => queue(tx, events, now));
}

async function queue(tx: Tx<AllWebhookTables>, events: readonly FollowedEvent[], now: Date): Promise<void> {
  const webhooks = await selectListening(tx, [...new Set(events.map((event) => event.companyId))]);
  if (webhooks.length === 0) return;
  const rows = events
    .filter((event) => event.type !== testType)
    .flatMap((event) =>
      webhooks
        .filter((one) => one.company_id === event.companyId && wants(one.events, event.type))
        .map((one) => newDelivery(event, one.id, now)),
    );
  await insertDeliveries(tx, rows);
}

/** A delivery that is due at once. */
export function newDelivery(event: FollowedEvent, webhookId: string, now: Date): NewDelivery {
  return {
    id: newId('webhookDelivery', now),
    company_id: event.companyId,
    webhook_id: webhookId,
    event_id: event.id,
    event_type: event.type,
    chain: event.dispatchId ?? event.companyId,
    state: 'waiting',
    due_at: now,
    lease: null,
    lease_until: null,
    created_at: now,
  };
}
