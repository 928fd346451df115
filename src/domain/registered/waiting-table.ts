import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { Delivery } from './delivery.ts';
import { type RegisteredTables, toDelivery } from './delivery-table.ts';

type RegisteredTx = Tx<RegisteredTables>;

/**
 * What a waiting delivery may be due for; `undelivered`: its notice failed, and nobody has shown its code; `closed`: its notice has left, and
 * its link opens nothing any more. Or those of some messages.
 */
type WaitingFor =
  | { readonly kind: 'among'; readonly messageIds: readonly string[] }
  | { readonly kind: 'closed' }
  | { readonly kind: 'unnotified'; readonly after: Delivery | null }
  | { readonly kind: 'over'; readonly now: Date }
  | { readonly kind: 'undelivered' }
  | { readonly kind: 'unsealed' };

const isClosed = sql`exists (select 1 from links
  where links.message_id = deliveries.message_id and links.revoked_at is not null)`;

function conditionOf(what: WaitingFor): RawBuilder<unknown> {
  switch (what.kind) {
    case 'among':
      return sql`message_id = any(${what.messageIds})`;
    case 'closed':
      return sql`notified_at is not null and ${isClosed}`;
    case 'unnotified':
      return sql`notified_at is null
        and (created_at, message_id) > (${what.after?.createdAt ?? new Date(0)}, ${what.after?.messageId ?? ''})`;
    case 'over':
      return sql`deadline_at <= ${what.now} and not ${isClosed}`;
    case 'undelivered':
      return sql`exists (select 1 from messages where messages.id = deliveries.message_id
          and messages.delivery in ('rejected', 'expired', 'bounced'))
        and not exists (select 1 from delivery_sessions as shown where shown.message_id = deliveries.message_id)`;
    case 'unsealed':
      return sql`content is null`;
  }
}

/** Locks up to `limit` deliveries that wait for something, leaving out those that another process has. Without a limit it waits for these. */
export async function lockWaiting(
  tx: RegisteredTx,
  what: WaitingFor,
  limit: number | null,
): Promise<Delivery[]> {
  const skip = limit === null ? sql`` : sql`skip locked`;
  const { rows } = await sql<Selectable<RegisteredTables['deliveries']>>`
    select * from deliveries where state = 'waiting' and ${conditionOf(what)}
    order by created_at, message_id limit ${limit} for update ${skip}`.execute(tx);
  return rows.map(toDelivery);
}

/** Notices of deliveries that were taken back since a day, which may still leave: they were on their way then, and were put off. */
export async function selectNoticesPutOff(
  tx: RegisteredTx,
  since: Date,
  limit: number,
): Promise<{ readonly companyId: string; readonly messageId: string }[]> {
  const { rows } = await sql<{ company_id: string; message_id: string }>`
    select deliveries.company_id, message_id from deliveries join messages on messages.id = message_id
    where state = 'withdrawn' and decided_at > ${since} and delivery in ('scheduled', 'queued', 'deferred', 'held')
    limit ${limit}`.execute(tx);
  return rows.map((row) => ({ companyId: row.company_id, messageId: row.message_id }));
}

/** Running ones whose next reminder may be due; the rule decides. */
export async function selectRunning(tx: RegisteredTx, limit: number): Promise<Delivery[]> {
  const rows = await tx
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('deadline_at', 'is not', null)
    .where('reminded', '<', 2)
    .orderBy('deadline_at')
    .limit(limit)
    .execute();
  return rows.map(toDelivery);
}
