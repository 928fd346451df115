export {
  changeWebhook,
  createWebhook,
  removeWebhook,
  rotateSecret,
  type WebhookResult,
  type WebhookRules,
  type WithSecret,
} from './change-webhook.ts';
export { deliverWebhook, leaseForWebhooks, type WebhookDeps } from './deliver-webhook.ts';
export {
  countDeliveries as countWebhookDeliveries,
  selectBacklog as webhookBacklog,
  selectDeliveries as listWebhookDeliveries,
} from './delivery-table.ts';
export { type AllWebhookTables as WebhookTables, followForWebhooks } from './follow-log.ts';
export type { WebhookNet } from './post-webhook.ts';
export {
  type DeliveryDetail,
  forgetDeliveries,
  readDelivery,
  replayDelivery,
  replayFailed,
} from './replay-delivery.ts';
export { testWebhook, type WebhookTest } from './test-webhook.ts';
export type {
  DeliveryState,
  PostProblem,
  Webhook,
  WebhookAttempt,
  WebhookDelivery,
  WebhookState,
} from './webhook.ts';
export type { WebhookInput, WebhookProblem, WebhookReason } from './webhook-input.ts';
export { selectWebhooks as listWebhooks } from './webhook-table.ts';
