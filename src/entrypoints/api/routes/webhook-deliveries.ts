import { listWebhookDeliveries, readDelivery, replayDelivery } from '#domain/webhooks';
import { json, refuse } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf, toPage } from '../shapes/common.ts';
import { deliveryDetail, deliveryQuery, deliveryShape, showDelivery, showDetail } from '../shapes/webhook.ts';

const tag = 'Webhooks';

const deliveries = defineRoute({
  method: 'get',
  path: '/webhook-deliveries',
  operationId: 'listWebhookDeliveries',
  tag,
  summary: 'List what webhooks were told, newest first',
  description: 'Kept for 30 days.',
  right: 'all',
  query: deliveryQuery,
  success: { kind: 'json', statuses: [200], schema: listOf(deliveryShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor, ...filter } = call.query;
      const query = { ...filter, before: cursor ?? null, limit: limit + 1 };
      const found = await listWebhookDeliveries(tx, call.companyId, query);
      return json(toPage(found, limit, (one) => one, found.slice(0, limit).map(showDelivery)));
    }),
});

const delivery = defineRoute({
  method: 'get',
  path: '/webhook-deliveries/{id}',
  operationId: 'getWebhookDelivery',
  tag,
  summary: 'Show what a webhook was told and what it answered',
  id: 'webhookDelivery',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: deliveryDetail },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const found = await readDelivery(tx, call.companyId, call.id);
      return found ? json(showDetail(found)) : refuse('not_found');
    }),
});

const replay = defineRoute({
  method: 'post',
  path: '/webhook-deliveries/{id}/replay',
  operationId: 'replayWebhookDelivery',
  tag,
  summary: 'Tell a webhook something once more',
  id: 'webhookDelivery',
  right: 'all',
  success: { kind: 'json', statuses: [202], schema: deliveryShape },
  refusals: ['still_waiting'],
  handle: (call) =>
    once(call, async (tx) => {
      const of = { companyId: call.companyId, deliveryId: call.id };
      const again = await replayDelivery(tx, of, call.now);
      return again.ok ? json(showDelivery(again.delivery), 202) : refuse(again.reason);
    }),
});

export const webhookDeliveryRoutes: readonly Route[] = [deliveries, delivery, replay];
