import { randomToken } from '#base/crypto';
import { after } from '#base/time';
import { type Actor, record } from '#domain/evidence';
import { inCompany } from '#stores/database';
import { deliverWebhook, leaseMs, type WebhookDeps } from './deliver-webhook.ts';
import { insertDeliveries, selectDelivery } from './delivery-table.ts';
import { newDelivery, testType } from './follow-log.ts';
import type { WebhookAttempt } from './webhook.ts';
import { selectWebhook } from './webhook-table.ts';

export type WebhookTest =
  | { readonly ok: true; readonly deliveryId: string; readonly attempt: WebhookAttempt }
  | { readonly ok: false; readonly reason: 'not_found' };

/**
 * Tells a webhook, also one that is switched off, that it is being tested, and returns what came of it. The event is a real one of the
 * log; when it fails it is tried again like any other.
 */
export async function testWebhook(
  deps: WebhookDeps,
  of: { readonly companyId: string; readonly webhookId: string; readonly actor: Actor },
): Promise<WebhookTest> {
  const leased = await inCompany(deps.database, of.companyId, async (tx) => {
    const now = deps.clock();
    const webhook = await selectWebhook(tx, of.companyId, of.webhookId);
    if (!webhook) return null;
    const [event] = await record(tx, [
      {
        type: testType,
        companyId: of.companyId,
        at: now,
        actor: of.actor,
        data: { webhook: webhook.id },
      },
    ]);
    if (!event) throw new Error('A recorded event is missing.');
    const lease = { lease: randomToken(12), lease_until: after(now, leaseMs) };
    // A chain of its own: a test does not wait for what waits.
    const row = { ...newDelivery(event, webhook.id, now), ...lease, chain: event.id };
    await insertDeliveries(tx, [row]);
    return selectDelivery(tx, of.companyId, row.id);
  });
  if (!leased) return { ok: false, reason: 'not_found' };
  return { ok: true, deliveryId: leased.id, attempt: await deliverWebhook(deps, leased) };
}
