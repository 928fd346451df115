import { sealSecret } from '#base/crypto';
import { newId } from '#base/ids';
import { after } from '#base/time';
import { type Actor, type EventData, type EvidenceTables, record } from '#domain/evidence';
import type { HostPolicy } from '#domain/senders';
import type { Tx } from '#stores/database';
import { type DeliveryTables, giveUpWaiting, requeue } from './delivery-table.ts';
import { newWebhookSecret } from './sign-webhook.ts';
import { rotationOverlap, type Webhook } from './webhook.ts';
import { type WebhookInput, type WebhookProblem, webhookProblems } from './webhook-input.ts';
import {
  insertWebhook,
  selectWebhook,
  toWebhook,
  updateWebhook,
  type WebhookRow,
  type WebhookTables,
} from './webhook-table.ts';

export type ChangeTx = Tx<WebhookTables & DeliveryTables & EvidenceTables>;

export interface WebhookRules {
  /** The installation's key: secrets are sealed with it. */
  readonly key: Uint8Array;
  readonly hostPolicy: HostPolicy;
}

/** Who changes which webhook, when. */
export interface Change {
  readonly companyId: string;
  readonly webhookId: string;
  readonly actor: Actor;
  readonly now: Date;
}

export type WebhookResult =
  | { readonly ok: true; readonly webhook: Webhook }
  | { readonly ok: false; readonly reason: 'not_found' }
  | { readonly ok: false; readonly reason: 'invalid'; readonly problems: readonly WebhookProblem[] };

export type WithSecret =
  | { readonly ok: true; readonly webhook: Webhook; readonly secret: string }
  | Extract<WebhookResult, { ok: false }>;

/** Makes a webhook; its secret is returned this once. Refuses with the fields that are wrong. */
export async function createWebhook(
  tx: ChangeTx,
  rules: WebhookRules,
  input: WebhookInput & { readonly url: string },
  by: Omit<Change, 'webhookId'>,
): Promise<WithSecret> {
  const problems = webhookProblems(input, rules.hostPolicy);
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems };
  const id = newId('webhook', by.now);
  const secret = newWebhookSecret();
  const row: WebhookRow = {
    id,
    company_id: by.companyId,
    url: input.url,
    description: input.description ?? '',
    events: [...(input.events ?? [])],
    secret: sealSecret(rules.key, secretPurpose(id), secret),
    previous_secret: null,
    previous_until: null,
    state: 'active',
    failing_since: null,
    created_at: by.now,
    deleted_at: null,
  };
  await insertWebhook(tx, row);
  await tell(tx, 'webhook_added', { ...by, webhookId: id });
  return { ok: true, webhook: toWebhook(row), secret };
}

/**
 * Changes a webhook, switches it off or on again. Switching on sends what waits at once and counts its tries anew. Refuses with
 * the fields that are wrong.
 */
export async function changeWebhook(
  tx: ChangeTx,
  rules: WebhookRules,
  input: WebhookInput & { readonly state?: 'active' | 'paused' },
  change: Change,
): Promise<WebhookResult> {
  const row = await selectWebhook(tx, change.companyId, change.webhookId, true);
  if (!row) return { ok: false, reason: 'not_found' };
  const problems = webhookProblems(input, rules.hostPolicy);
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems };
  const { events, ...rest } = input;
  const wakes = input.state === 'active' && row.state !== 'active';
  const changed = {
    ...rest,
    ...(events ? { events: [...events] } : {}),
    ...(wakes ? { failing_since: null } : {}),
  };
  if (Object.keys(changed).length === 0) return { ok: true, webhook: toWebhook(row) };
  await updateWebhook(tx, row, changed);
  const { companyId, webhookId, now } = change;
  if (wakes) await requeue(tx, { companyId, webhookId }, ['waiting'], now);
  await tell(tx, 'webhook_changed', change, { fields: Object.keys(input).sort() });
  return { ok: true, webhook: toWebhook({ ...row, ...changed }) };
}

/** Gives a webhook a new secret, returned this once; for a day the old one signs beside it. */
export async function rotateSecret(tx: ChangeTx, rules: WebhookRules, change: Change): Promise<WithSecret> {
  const row = await selectWebhook(tx, change.companyId, change.webhookId, true);
  if (!row) return { ok: false, reason: 'not_found' };
  const secret = newWebhookSecret();
  const changed = {
    secret: sealSecret(rules.key, secretPurpose(row.id), secret),
    previous_secret: row.secret,
    previous_until: after(change.now, rotationOverlap),
  };
  await updateWebhook(tx, row, changed);
  await tell(tx, 'webhook_changed', change, { fields: ['secret'] });
  return { ok: true, webhook: toWebhook({ ...row, ...changed }), secret };
}

/** Removes a webhook and forgets its secrets; what waits for it is given up. False when there is none. */
export async function removeWebhook(tx: ChangeTx, change: Change): Promise<boolean> {
  const row = await selectWebhook(tx, change.companyId, change.webhookId, true);
  if (!row) return false;
  await updateWebhook(tx, row, {
    deleted_at: change.now,
    secret: Buffer.alloc(0),
    previous_secret: null,
    previous_until: null,
  });
  await giveUpWaiting(tx, row.company_id, row.id, change.now);
  await tell(tx, 'webhook_removed', change);
  return true;
}

export function secretPurpose(webhookId: string): string {
  return `webhook:${webhookId}`;
}

async function tell(
  tx: ChangeTx,
  what: 'webhook_added' | 'webhook_changed' | 'webhook_removed',
  { companyId, webhookId, actor, now }: Change,
  more: EventData = {},
): Promise<void> {
  await record(tx, [
    { type: `company.${what}`, companyId, at: now, actor, data: { webhook: webhookId, ...more } },
  ]);
}
