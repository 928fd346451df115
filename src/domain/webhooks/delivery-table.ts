import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { DeliveryState, PostProblem, WebhookAttempt, WebhookDelivery } from './webhook.ts';
import type { WebhookTables } from './webhook-table.ts';

export interface DeliveryTables {
  webhook_deliveries: {
    id: string;
    seq: number;
    company_id: string;
    webhook_id: string;
    event_id: string;
    event_type: string;
    chain: string;
    state: DeliveryState;
    tries: number;
    attempts: number;
    due_at: Date;
    lease: string | null;
    lease_until: Date | null;
    created_at: Date;
    settled_at: Date | null;
  };
  webhook_attempts: {
    delivery_id: string;
    company_id: string;
    n: number;
    at: Date;
    duration_ms: number;
    status: number | null;
    problem: PostProblem | null;
    answer: string;
  };
}

export type DeliveryRow = Selectable<DeliveryTables['webhook_deliveries']>;
export type NewDelivery = Omit<DeliveryRow, 'seq' | 'tries' | 'attempts' | 'settled_at'>;
type DeliveryTx = Tx<DeliveryTables & WebhookTables>;

/** Adds what is to be told; an event that a webhook has already is left alone. */
export async function insertDeliveries(tx: DeliveryTx, rows: readonly NewDelivery[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('webhook_deliveries')
    .values(rows.map((row) => ({ ...row, tries: 0, attempts: 0, settled_at: null }) as never))
    .onConflict((conflict) => conflict.columns(['webhook_id', 'event_id']).doNothing())
    .execute();
}

export interface LeaseOrder {
  readonly limit: number;
  readonly lease: string;
  readonly until: Date;
  /** Webhooks that have enough in hand. */
  readonly without: readonly string[];
}

/**
 * Takes due deliveries of active webhooks, in each chain the oldest waiting one only: that keeps the order. A lease that ran out is
 * given to the next.
 */
export async function leaseDeliveries(tx: DeliveryTx, order: LeaseOrder, now: Date): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    update webhook_deliveries set lease = ${order.lease}, lease_until = ${order.until}
    where id in (
      select d.id from webhook_deliveries d join webhooks w on w.id = d.webhook_id
      where d.state = 'waiting' and d.due_at <= ${now} and (d.lease_until is null or d.lease_until < ${now})
        and w.state = 'active' and w.deleted_at is null and d.webhook_id <> all (${[...order.without]}::text[])
        and not exists (select from webhook_deliveries e where e.webhook_id = d.webhook_id and e.chain = d.chain
          and e.state = 'waiting' and e.seq < d.seq)
      order by d.due_at, d.seq limit ${order.limit} for update of d skip locked)
    returning *`.execute(tx);
  return rows.sort((a, b) => a.seq - b.seq);
}

/** Writes what became of a leased delivery; false when the lease is no longer its own. */
export async function settleDelivery(
  tx: DeliveryTx,
  delivery: Pick<DeliveryRow, 'id' | 'company_id' | 'lease'>,
  change: { state: DeliveryState; tries: number; attempts: number; due_at: Date; settled_at: Date | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('webhook_deliveries')
    .set({ ...change, lease: null, lease_until: null })
    .where('company_id', '=', delivery.company_id)
    .where('id', '=', delivery.id)
    .where('lease', '=', delivery.lease)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function insertAttempt(
  tx: DeliveryTx,
  row: Selectable<DeliveryTables['webhook_attempts']>,
): Promise<void> {
  await tx.insertInto('webhook_attempts').values(row).execute();
}

export interface DeliveryQuery {
  readonly webhookId?: string;
  readonly state?: DeliveryState;
  readonly before: { readonly createdAt: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Deliveries of a company, newest first. */
export async function selectDeliveries(
  tx: DeliveryTx,
  companyId: string,
  query: DeliveryQuery,
): Promise<WebhookDelivery[]> {
  const { webhookId, state, before, limit } = query;
  let rows = tx.selectFrom('webhook_deliveries').selectAll().where('company_id', '=', companyId);
  if (webhookId) rows = rows.where('webhook_id', '=', webhookId);
  if (state) rows = rows.where('state', '=', state);
  if (before)
    rows = rows.where((where) =>
      where.eb(where.refTuple('created_at', 'id'), '<', where.tuple(before.createdAt, before.id)),
    );
  const found = await rows.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return found.map(toDelivery);
}

export function selectDelivery(
  tx: DeliveryTx,
  companyId: string,
  id: string,
): Promise<DeliveryRow | undefined> {
  return tx
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The tries of a delivery, oldest first. */
export async function selectAttempts(
  tx: DeliveryTx,
  companyId: string,
  deliveryId: string,
): Promise<WebhookAttempt[]> {
  const rows = await tx
    .selectFrom('webhook_attempts')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('delivery_id', '=', deliveryId)
    .orderBy('n')
    .execute();
  return rows.map(({ n, at, duration_ms: durationMs, status, problem, answer }) => ({
    n,
    at,
    durationMs,
    status,
    problem,
    answer,
  }));
}

/** How many wait and how many were given up, by webhook. */
export async function countDeliveries(
  tx: DeliveryTx,
  companyId: string,
): Promise<Map<string, { readonly waiting: number; readonly failed: number }>> {
  const { rows } = await sql<{ webhook_id: string; waiting: number; failed: number }>`
    select webhook_id, count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'failed') as failed
    from webhook_deliveries where company_id = ${companyId} and state <> 'delivered' group by webhook_id`.execute(
    tx,
  );
  return new Map(rows.map(({ webhook_id, waiting, failed }) => [webhook_id, { waiting, failed }]));
}

/** How much waits for all webhooks, and since when the oldest of it should have been told, in milliseconds. */
export async function selectBacklog(
  tx: DeliveryTx,
  now: Date,
): Promise<{ readonly waiting: number; readonly oldestDueMs: number }> {
  const { rows } = await sql<{ waiting: number; oldest: Date | null }>`
    select count(*) as waiting, min(due_at) as oldest from webhook_deliveries where state = 'waiting'`.execute(
    tx,
  );
  const [found] = rows;
  const oldestDueMs = found?.oldest ? Math.max(0, now.getTime() - found.oldest.getTime()) : 0;
  return { waiting: found?.waiting ?? 0, oldestDueMs };
}

/** Puts deliveries of these states back to the start of a round; one delivery, or all of the webhook. Returns how many. */
export async function requeue(
  tx: DeliveryTx,
  of: { readonly companyId: string; readonly webhookId: string; readonly deliveryId?: string },
  states: readonly DeliveryState[],
  now: Date,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('webhook_deliveries')
    .set({ state: 'waiting', tries: 0, due_at: now, settled_at: null, lease: null, lease_until: null })
    .where('company_id', '=', of.companyId)
    .where('webhook_id', '=', of.webhookId)
    .where('state', 'in', states)
    .$if(of.deliveryId !== undefined, (query) => query.where('id', '=', of.deliveryId ?? ''))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Gives up everything that waits for a webhook that is gone or was removed. */
export async function giveUpWaiting(
  tx: DeliveryTx,
  companyId: string,
  webhookId: string,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('webhook_deliveries')
    .set({ state: 'failed', settled_at: now })
    .where('company_id', '=', companyId)
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'waiting')
    .execute();
}

/** Forgets deliveries from before a time, of all companies that `tx` may see; returns how many. */
export async function deleteDeliveries(tx: DeliveryTx, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from webhook_deliveries where created_at < ${before}`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

export function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    eventType: row.event_type,
    state: row.state,
    attempts: row.attempts,
    dueAt: row.state === 'waiting' ? row.due_at : null,
    createdAt: row.created_at,
    settledAt: row.settled_at,
  };
}
