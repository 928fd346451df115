import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import { type Message, toSendAnew } from './message.ts';
import { toMessage } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

type OutboxTx = Tx<OutboxTables>;

export interface LeaseRequest {
  readonly worker: string;
  readonly limit: number;
  readonly now: Date;
  readonly until: Date;
  /** Senders that have all the messages in hand that this worker may carry for them. */
  readonly busySenders: readonly string[];
}

/** Takes due messages: raises their fence and counts the attempt. Rows that another worker looks at are passed over. */
export async function leaseDue(tx: OutboxTx, request: LeaseRequest): Promise<Message[]> {
  const { rows } = await sql<Selectable<OutboxTables['messages']>>`
    with due as (
      select id from messages
      where delivery in ('scheduled', 'queued', 'deferred') and due_at <= ${request.now}
        and sender_id <> all (${request.busySenders}::text[])
      order by due_at, id limit ${request.limit} for update skip locked)
    update messages set delivery = 'sending', fence = fence + 1, leased_by = ${request.worker}, leased_until = ${request.until},
      attempt_count = attempt_count + 1, first_tried_at = coalesce(first_tried_at, ${request.now})
    from due where messages.id = due.id
    returning messages.*`.execute(tx);
  return rows.map(toMessage).sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** Lengthens the leases that this worker still holds. */
export async function extendLeases(
  tx: OutboxTx,
  worker: string,
  ids: readonly string[],
  until: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('messages')
    .set({ leased_until: until })
    .where('leased_by', '=', worker)
    .where('delivery', '=', 'sending')
    .where('id', 'in', ids)
    .execute();
}

export interface OpenLease {
  readonly message: Message;
  readonly attemptId: string | null;
  readonly dotSent: boolean;
}

/** Leases that ran out, or all of one worker that stops; locked. With the attempt that each was for. */
export async function selectLost(
  tx: OutboxTx,
  lost: { now: Date } | { worker: string; ids: readonly string[] },
): Promise<OpenLease[]> {
  const which =
    'now' in lost
      ? sql`leased_until < ${lost.now}`
      : sql`leased_by = ${lost.worker} and id = any (${lost.ids}::text[])`;
  const { rows } = await sql<
    Selectable<OutboxTables['messages']> & { attempt_id: string | null; dot_sent_at: Date | null }
  >`
    with lost as (
      select * from messages where delivery = 'sending' and ${which} order by id limit 500 for update skip locked)
    select lost.*, attempts.id as attempt_id, attempts.dot_sent_at
    from lost left join attempts on attempts.message_id = lost.id and attempts.number = lost.attempt_count
      and attempts.outcome is null`.execute(tx);
  return rows.map((row) => ({
    message: toMessage(row),
    attemptId: row.attempt_id,
    dotSent: row.dot_sent_at !== null,
  }));
}

/** Messages that are still to leave, as they are or written anew, locked. */
export async function lockUnsettled(tx: OutboxTx, limit: number): Promise<Message[]> {
  const rows = await tx
    .selectFrom('messages')
    .selectAll()
    .where((where) =>
      where.or([
        where('delivery', 'in', ['scheduled', 'queued', 'deferred']),
        where('detail', '=', toSendAnew).and('delivery', '=', 'canceled'),
      ]),
    )
    .orderBy(sql`id collate "C"`)
    .limit(limit)
    .forUpdate()
    .execute();
  return rows.map(toMessage);
}
