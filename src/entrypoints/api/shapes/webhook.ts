import { z } from '@hono/zod-openapi';
import type { DeliveryDetail, Webhook, WebhookAttempt, WebhookDelivery } from '#domain/webhooks';
import { instant, iso, maybeInstant, maybeIso, page } from './common.ts';

const eventFilter = z.array(z.string().max(100)).openapi({
  description: 'types, or `visit.*`; empty: everything',
  example: ['message.*', 'visit.page_viewed'],
});
const url = z.string().max(2000).openapi({ example: 'https://erp.example/envoi' });
const description = z.string().max(200);

export const newWebhook = z
  .strictObject({ url, description: description.optional(), events: eventFilter.optional() })
  .openapi('NewWebhook');

export const webhookEdit = z
  .strictObject({
    url: url.optional(),
    description: description.optional(),
    events: eventFilter.optional(),
    state: z.enum(['active', 'paused']).optional(),
  })
  .openapi('WebhookEdit');

const webhookFields = {
  id: z.string().openapi({ example: 'whk_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
  url: z.string(),
  description: z.string(),
  events: z.array(z.string()),
  state: z.enum(['active', 'paused', 'failing', 'gone']).openapi({
    description: '`failing`: nothing worked for three days; `gone`: it answered 410. Both end by `active`',
  }),
  failingSince: maybeInstant,
  createdAt: instant,
};

export const webhookShape = z.object(webhookFields).openapi('Webhook');
export const webhookWithSecret = z
  .object({
    ...webhookFields,
    secret: z.string().openapi({ description: '`whsec_…` of Standard Webhooks; shown this once' }),
  })
  .openapi('WebhookWithSecret');

/** A webhook as programs see it: without its secret. */
export function showWebhook(webhook: Webhook): z.input<typeof webhookShape> {
  const { id, url: target, description: words, events, state } = webhook;
  return {
    id,
    url: target,
    description: words,
    events: [...events],
    state,
    failingSince: maybeIso(webhook.failingSince),
    createdAt: iso(webhook.createdAt),
  };
}

const deliveryState = z.enum(['waiting', 'delivered', 'failed']);

const deliveryFields = {
  id: z.string().openapi({ example: 'whd_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
  webhookId: z.string(),
  eventId: z.string().openapi({ description: 'the header `webhook-id`' }),
  eventType: z.string(),
  state: deliveryState,
  attempts: z.number().int(),
  dueAt: maybeInstant.openapi({ description: 'when it is tried next' }),
  createdAt: instant,
  settledAt: maybeInstant,
};

export const deliveryShape = z.object(deliveryFields).openapi('WebhookDelivery');

const attemptShape = z.object({
  n: z.number().int(),
  at: instant,
  durationMs: z.number().int(),
  status: z.number().int().nullable(),
  problem: z.string().nullable().openapi({ description: 'why it was no delivery, as a stable word' }),
  answer: z.string().openapi({ description: 'the first 2 kB of what was answered' }),
});

export const deliveryDetail = z
  .object({
    ...deliveryFields,
    body: z.string().nullable().openapi({ description: 'what is sent, as text' }),
    log: z.array(attemptShape),
  })
  .openapi('WebhookDeliveryDetail');

export const webhookTestShape = z
  .object({ deliveryId: z.string(), delivered: z.boolean(), attempt: attemptShape })
  .openapi('WebhookTest');

export const deliveryQuery = page.extend({
  webhookId: z.string().max(100).optional(),
  state: deliveryState.optional(),
});

export function showDelivery(delivery: WebhookDelivery): z.input<typeof deliveryShape> {
  const { dueAt, createdAt, settledAt, ...rest } = delivery;
  return { ...rest, dueAt: maybeIso(dueAt), createdAt: iso(createdAt), settledAt: maybeIso(settledAt) };
}

export function showDetail({ delivery, body, attempts }: DeliveryDetail): z.input<typeof deliveryDetail> {
  return { ...showDelivery(delivery), body, log: attempts.map(showAttempt) };
}

export function showAttempt(attempt: WebhookAttempt): z.input<typeof attemptShape> {
  return { ...attempt, at: iso(attempt.at) };
}
