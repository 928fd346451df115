import type { Tx } from '#stores/database';
import { type Message, sentAnew, toSendAnew } from './message.ts';
import { toMessage } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

type OutboxTx = Tx<OutboxTables>;

/** Companies with mails that were canceled because of some of their documents, and are to go out without these. */
export async function companiesToSendAnew(tx: OutboxTx): Promise<string[]> {
  const rows = await tx
    .selectFrom('messages')
    .select('company_id')
    .distinct()
    .where('detail', '=', toSendAnew)
    .where('delivery', '=', 'canceled')
    .execute();
  return rows.map((row) => row.company_id);
}

/**
 * The mails of one dispatch that are to go out anew, and those of it that have not left yet, all locked; empty when nothing is left that
 * nobody else has in hand.
 */
export async function lockToSendAnew(tx: OutboxTx, companyId: string): Promise<Message[]> {
  const first = await tx
    .selectFrom('messages')
    .select('dispatch_id')
    .where('company_id', '=', companyId)
    .where('detail', '=', toSendAnew)
    .where('delivery', '=', 'canceled')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!first) return [];
  const rows = await tx
    .selectFrom('messages')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('dispatch_id', '=', first.dispatch_id)
    .where('role', '<>', 'notification')
    .where((where) =>
      where.or([
        where('detail', '=', toSendAnew).and('delivery', '=', 'canceled'),
        where('delivery', 'in', ['scheduled', 'queued', 'deferred']),
      ]),
    )
    .orderBy('position')
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(toMessage);
}

/** Notes what became of mails that were to go out anew: they did, or why they stay canceled. */
export async function updateSentAnew(
  tx: OutboxTx,
  companyId: string,
  ids: readonly string[],
  detail: string = sentAnew,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('messages')
    .set({ detail })
    .where('company_id', '=', companyId)
    .where('id', 'in', [...ids])
    .execute();
}

/** Those of these messages that are canceled for good: nothing is written anew in their place. */
export async function selectCanceled(tx: OutboxTx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom('messages')
    .select('id')
    .where('id', 'in', [...ids])
    .where('delivery', '=', 'canceled')
    .where((where) => where.or([where('detail', 'is', null), where('detail', '<>', toSendAnew)]))
    .execute();
  return new Set(rows.map((row) => row.id));
}
