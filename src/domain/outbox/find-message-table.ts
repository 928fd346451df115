import type { Tx } from '#stores/database';
import type { Message } from './message.ts';
import { toMessage } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

type OutboxTx = Tx<OutboxTables>;

/** Of which company a message is; null when there is none. */
export async function selectCompanyOfMessage(tx: OutboxTx, id: string): Promise<string | null> {
  const row = await tx.selectFrom('messages').select('company_id').where('id', '=', id).executeTakeFirst();
  return row?.company_id ?? null;
}

/** Messages by their Message-ID headers, without brackets; of one company, or of whichever has them. */
export async function selectByInternetId(
  tx: OutboxTx,
  companyId: string | null,
  internetIds: readonly string[],
): Promise<Message[]> {
  if (internetIds.length === 0) return [];
  let query = tx.selectFrom('messages').selectAll().where('internet_id', 'in', internetIds);
  if (companyId !== null) query = query.where('company_id', '=', companyId);
  return (await query.execute()).map(toMessage);
}

/** The newest messages to an address that were made within a span of time, at most five. */
export async function selectSentWithin(
  tx: OutboxTx,
  companyId: string,
  which: { readonly address: string; readonly senderId: string | null },
  span: { readonly from: Date; readonly to: Date },
): Promise<Message[]> {
  let query = tx
    .selectFrom('messages')
    .selectAll()
    .where('company_id', '=', companyId)
    .where((where) => where.eb(where.fn('lower', ['address']), '=', which.address.toLowerCase()))
    .where('role', '<>', 'copy')
    .where('first_tried_at', 'is not', null)
    .where('created_at', '>=', span.from)
    .where('created_at', '<=', span.to);
  if (which.senderId !== null) query = query.where('sender_id', '=', which.senderId);
  return (await query.orderBy('created_at', 'desc').limit(5).execute()).map(toMessage);
}

/** When each of these messages is first known to have left; one of which nobody knows (`unconfirmed`) is not among them. */
export async function selectLeft(tx: OutboxTx, ids: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('messages')
    .select(['id', 'left_at'])
    .where('id', 'in', [...ids])
    .where('left_at', 'is not', null)
    .execute();
  return new Map(rows.flatMap(({ id, left_at }) => (left_at ? [[id, left_at] as const] : [])));
}
