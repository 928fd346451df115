import { openSecret, randomToken } from '#base/crypto';
import { after, type Clock, minute } from '#base/time';
import { eventJson, type RecordedEvent, readEvents, record } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import { secretPurpose } from './change-webhook.ts';
import {
  type DeliveryRow,
  giveUpWaiting,
  insertAttempt,
  leaseDeliveries,
  settleDelivery,
} from './delivery-table.ts';
import type { AllWebhookTables } from './follow-log.ts';
import { type Posted, postWebhook, type WebhookNet } from './post-webhook.ts';
import { signatureHeaders } from './sign-webhook.ts';
import { patience, pauseAfter, type WebhookAttempt } from './webhook.ts';
import { selectWebhook, updateWebhook, type WebhookRow } from './webhook-table.ts';

export interface WebhookDeps {
  readonly database: Database<AllWebhookTables>;
  readonly clock: Clock;
  readonly key: Uint8Array;
  readonly net: WebhookNet;
}

/** Longer than the longest exchange, so that two workers never tell the same thing at once. */
export const leaseMs = 2 * minute;

/** Takes up to `limit` due deliveries for this process. */
export function leaseForWebhooks(
  deps: WebhookDeps,
  limit: number,
  without: readonly string[],
): Promise<DeliveryRow[]> {
  const now = deps.clock();
  const order = { limit, without, lease: randomToken(12), until: after(now, leaseMs) };
  return asWorker(deps.database, (tx) => leaseDeliveries(tx, order, now));
}

/**
 * Tells a leased delivery and settles it: delivered, tried again later, or given up after ten tries. An answer 410 switches the webhook
 * off, as does the end of three days in which nothing worked.
 */
export async function deliverWebhook(deps: WebhookDeps, delivery: DeliveryRow): Promise<WebhookAttempt> {
  const { webhook, event } = await asWorker(deps.database, async (tx) => ({
    webhook: await selectWebhook(tx, delivery.company_id, delivery.webhook_id),
    event: (await readEvents(tx, { kind: 'id', id: delivery.event_id, limit: 1 }))[0],
  }));
  const startedAt = deps.clock();
  const started = performance.now();
  const posted = await post(deps, webhook, event, startedAt);
  const attempt: WebhookAttempt = {
    ...posted,
    n: delivery.attempts + 1,
    at: startedAt,
    durationMs: Math.round(performance.now() - started),
  };
  await asWorker(deps.database, (tx) => settle(tx, delivery, attempt, deps.clock()));
  return attempt;
}

/** The body that is sent for an event: `{type, timestamp, data}`. Fields that were erased meanwhile are no longer in it. */
export function webhookBody(event: RecordedEvent): string {
  return JSON.stringify({ type: event.type, timestamp: event.at.toISOString(), data: eventJson(event) });
}

async function post(
  { key, net }: WebhookDeps,
  webhook: WebhookRow | undefined,
  event: RecordedEvent | undefined,
  at: Date,
): Promise<Posted> {
  if (!webhook || !event) return { status: null, problem: 'event_missing', answer: '' };
  const secrets = openSecrets(key, webhook, at);
  if (secrets === null) return { status: null, problem: 'secret_unreadable', answer: '' };
  const body = webhookBody(event);
  return postWebhook(net, webhook.url, signatureHeaders({ id: event.id, at, body }, secrets), body);
}

/** The new secret first; the one before it while both hold. Null when they were sealed under another key. */
function openSecrets(key: Uint8Array, row: WebhookRow, now: Date): string[] | null {
  const previous =
    row.previous_secret && row.previous_until && row.previous_until > now ? [row.previous_secret] : [];
  try {
    return [row.secret, ...previous].map((sealed) => openSecret(key, secretPurpose(row.id), sealed));
  } catch {
    return null;
  }
}

async function settle(
  tx: Tx<AllWebhookTables>,
  delivery: DeliveryRow,
  attempt: WebhookAttempt,
  now: Date,
): Promise<void> {
  const tries = delivery.tries + 1;
  const pause = attempt.problem === 'gone' ? null : pauseAfter(tries);
  const state = attempt.problem === null ? 'delivered' : pause === null ? 'failed' : 'waiting';
  const webhook = await selectWebhook(tx, delivery.company_id, delivery.webhook_id, true);
  const isOwn = await settleDelivery(tx, delivery, {
    state,
    tries,
    attempts: attempt.n,
    due_at: after(now, pause ?? 0),
    settled_at: state === 'waiting' ? null : now,
  });
  if (!isOwn) return;
  await insertAttempt(tx, {
    delivery_id: delivery.id,
    company_id: delivery.company_id,
    n: attempt.n,
    at: attempt.at,
    duration_ms: attempt.durationMs,
    status: attempt.status,
    problem: attempt.problem,
    answer: attempt.answer,
  });
  if (webhook) await judgeWebhook(tx, webhook, attempt, state === 'failed', now);
}

async function judgeWebhook(
  tx: Tx<AllWebhookTables>,
  webhook: WebhookRow,
  { problem, at }: WebhookAttempt,
  isGivenUp: boolean,
  now: Date,
): Promise<void> {
  if (problem === null) {
    if (webhook.failing_since) await updateWebhook(tx, webhook, { failing_since: null });
    return;
  }
  const since = webhook.failing_since ?? at;
  const isHopeless = isGivenUp && now.getTime() - since.getTime() >= patience;
  const state = problem === 'gone' ? 'gone' : isHopeless ? 'failing' : webhook.state;
  await updateWebhook(tx, webhook, { failing_since: since, state });
  if (state === webhook.state) return;
  if (state === 'gone') await giveUpWaiting(tx, webhook.company_id, webhook.id, now);
  await record(tx, [
    {
      type: 'company.webhook_disabled',
      companyId: webhook.company_id,
      at: now,
      actor: 'system',
      data: { webhook: webhook.id, reason: state === 'gone' ? 'webhook_gone' : 'webhook_failing' },
      personal: { url: webhook.url },
    },
  ]);
}
