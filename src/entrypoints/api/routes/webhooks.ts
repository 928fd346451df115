import { z } from '@hono/zod-openapi';
import {
  changeWebhook,
  createWebhook,
  listWebhooks,
  removeWebhook,
  replayFailed,
  rotateSecret,
  testWebhook,
  type WebhookResult,
  type WebhookRules,
  type WithSecret,
} from '#domain/webhooks';
import { empty, json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { type Call, inOwnCompany } from '../call.ts';
import { webhookError } from '../field-words.ts';
import { once, onceAround, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf } from '../shapes/common.ts';
import {
  newWebhook,
  showAttempt,
  showWebhook,
  webhookEdit,
  webhookShape,
  webhookTestShape,
  webhookWithSecret,
} from '../shapes/webhook.ts';

const tag = 'Webhooks';

const list = defineRoute({
  method: 'get',
  path: '/webhooks',
  operationId: 'listWebhooks',
  tag,
  summary: 'List the addresses that are told what happens',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: listOf(webhookShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const webhooks = await listWebhooks(tx, call.companyId);
      return json({ items: webhooks.map(showWebhook), nextCursor: null });
    }),
});

const get = defineRoute({
  method: 'get',
  path: '/webhooks/{id}',
  operationId: 'getWebhook',
  tag,
  summary: 'Show a webhook',
  id: 'webhook',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: webhookShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const found = (await listWebhooks(tx, call.companyId)).find((one) => one.id === call.id);
      return found ? json(showWebhook(found)) : refuse('not_found');
    }),
});

const create = defineRoute({
  method: 'post',
  path: '/webhooks',
  operationId: 'createWebhook',
  tag,
  summary: 'Have an address told what happens',
  description:
    'Each event is posted as `{type, timestamp, data}` with the headers of Standard Webhooks, at least once, in order within a dispatch, in ten tries over three days. Answer 2xx within 15 seconds; 410 ends it. The secret is in this answer only.',
  right: 'all',
  body: { json: newWebhook },
  success: { kind: 'json', statuses: [201], schema: webhookWithSecret },
  handle: (call) =>
    once(call, async (tx) => {
      const made = await createWebhook(tx, rulesOf(call), call.body, byProgram(call));
      return made.ok ? json({ ...showWebhook(made.webhook), secret: made.secret }, 201) : refuseWebhook(made);
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/webhooks/{id}',
  operationId: 'changeWebhook',
  tag,
  summary: 'Change a webhook, pause it or switch it on again',
  description: 'What is absent stays as it is. Switching it on sends what waits.',
  id: 'webhook',
  right: 'all',
  body: { json: webhookEdit },
  success: { kind: 'json', statuses: [200], schema: webhookShape },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const changed = await changeWebhook(tx, rulesOf(call), call.body, changeOf(call));
      return changed.ok ? json(showWebhook(changed.webhook)) : refuseWebhook(changed);
    }),
});

const remove = defineRoute({
  method: 'delete',
  path: '/webhooks/{id}',
  operationId: 'deleteWebhook',
  tag,
  summary: 'Remove a webhook',
  description: 'What waits for it is given up.',
  id: 'webhook',
  right: 'all',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) => ((await removeWebhook(tx, changeOf(call))) ? empty : refuse('not_found'))),
});

const rotate = defineRoute({
  method: 'post',
  path: '/webhooks/{id}/rotate-secret',
  operationId: 'rotateWebhookSecret',
  tag,
  summary: 'Give a webhook a new secret',
  description: 'For 24 hours each post carries two signatures, of the new secret and of the old one.',
  id: 'webhook',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: webhookWithSecret },
  handle: (call) =>
    once(call, async (tx) => {
      const rotated = await rotateSecret(tx, rulesOf(call), changeOf(call));
      return rotated.ok
        ? json({ ...showWebhook(rotated.webhook), secret: rotated.secret })
        : refuseWebhook(rotated);
    }),
});

const test = defineRoute({
  method: 'post',
  path: '/webhooks/{id}/test',
  operationId: 'testWebhook',
  tag,
  summary: 'Tell a webhook that it is being tested',
  description: 'Posts the event `company.webhook_tested` at once and answers with what came of it.',
  id: 'webhook',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: webhookTestShape },
  handle: (call) =>
    onceAround(call, async () => {
      const { companyId, needs, id: webhookId } = call;
      const tested = await testWebhook(needs.webhooks, { companyId, webhookId, actor: 'program' });
      if (!tested.ok) return refuse('not_found');
      const { attempt, deliveryId } = tested;
      return json({ deliveryId, delivered: attempt.problem === null, attempt: showAttempt(attempt) });
    }),
});

const replayAll = defineRoute({
  method: 'post',
  path: '/webhooks/{id}/replay',
  operationId: 'replayFailedDeliveries',
  tag,
  summary: 'Tell a webhook again all that was given up',
  id: 'webhook',
  right: 'all',
  success: {
    kind: 'json',
    statuses: [202],
    schema: z.object({ count: z.number().int() }).openapi('WebhookReplay'),
  },
  handle: (call) =>
    once(call, async (tx) => {
      const count = await replayFailed(tx, { companyId: call.companyId, webhookId: call.id }, call.now);
      return count === null ? refuse('not_found') : json({ count }, 202);
    }),
});

function rulesOf({ needs }: Call): WebhookRules {
  return { key: needs.webhooks.key, hostPolicy: needs.webhooks.net.hostPolicy };
}

function byProgram({ companyId, now }: Call) {
  return { companyId, actor: 'program', now } as const;
}

function changeOf(call: Call) {
  return { ...byProgram(call), webhookId: call.id };
}

function refuseWebhook(refused: Extract<WebhookResult | WithSecret, { ok: false }>): Refusal {
  return refused.reason === 'invalid'
    ? refuseFields(refused.problems.map(webhookError))
    : refuse('not_found');
}

export const webhookRoutes: readonly Route[] = [list, get, create, change, remove, rotate, test, replayAll];
