import type { Selectable } from 'kysely';
import type { Tx } from '#stores/database';
import type { Delegate, Held } from './delegate.ts';
import { type RegisteredTables, selectDelivery } from './delivery-table.ts';

type RegisteredTx = Tx<RegisteredTables>;

export async function insertDelegate(tx: RegisteredTx, one: Delegate): Promise<void> {
  await tx
    .insertInto('delivery_delegates')
    .values({
      link_message_id: one.linkMessageId,
      message_id: one.messageId,
      company_id: one.companyId,
      name: one.name,
      address: one.address,
      created_at: one.createdAt,
      ended_at: one.endedAt,
    })
    .execute();
}

/** All delegates of a delivery, the ended ones too, in their order. */
export async function selectDelegates(tx: RegisteredTx, messageId: string): Promise<Delegate[]> {
  const rows = await tx
    .selectFrom('delivery_delegates')
    .selectAll()
    .where('message_id', '=', messageId)
    .orderBy('created_at')
    .orderBy('link_message_id')
    .execute();
  return rows.map(toDelegate);
}

/** The delegates of several deliveries of a company, the ended ones too, in their order. */
export async function selectDelegatesOf(
  tx: RegisteredTx,
  companyId: string,
  messageIds: readonly string[],
): Promise<Delegate[]> {
  if (messageIds.length === 0) return [];
  const rows = await tx
    .selectFrom('delivery_delegates')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('message_id', 'in', [...messageIds])
    .orderBy('created_at')
    .orderBy('link_message_id')
    .execute();
  return rows.map(toDelegate);
}

/** The delegate whose link belongs to this mail; ended ones too. */
export async function selectDelegate(tx: RegisteredTx, linkMessageId: string): Promise<Delegate | null> {
  const row = await tx
    .selectFrom('delivery_delegates')
    .selectAll()
    .where('link_message_id', '=', linkMessageId)
    .executeTakeFirst();
  return row ? toDelegate(row) : null;
}

/** The delivery that a link leads to, as the recipient's or a delegate's; whichever company it belongs to. Null for other links. */
export async function selectHeld(tx: RegisteredTx, linkMessageId: string): Promise<Held | null> {
  const own = await selectDelivery(tx, linkMessageId);
  if (own) return { delivery: own, linkMessageId, delegate: null };
  const delegate = await selectDelegate(tx, linkMessageId);
  const delivery = delegate ? await selectDelivery(tx, delegate.messageId) : null;
  return delivery ? { delivery, linkMessageId, delegate } : null;
}

export async function endDelegate(tx: RegisteredTx, linkMessageId: string, at: Date): Promise<void> {
  await tx
    .updateTable('delivery_delegates')
    .set({ ended_at: at })
    .where('link_message_id', '=', linkMessageId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Forgets the names of the delegates whom these mails told; their addresses stand in the mails themselves. Returns how many. */
export async function forgetDelegates(tx: RegisteredTx, linkMessageIds: readonly string[]): Promise<number> {
  if (linkMessageIds.length === 0) return 0;
  const { numUpdatedRows } = await tx
    .updateTable('delivery_delegates')
    .set((row) => ({ name: row.ref('address') }))
    .where('link_message_id', 'in', [...linkMessageIds])
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

function toDelegate(row: Selectable<RegisteredTables['delivery_delegates']>): Delegate {
  return {
    linkMessageId: row.link_message_id,
    messageId: row.message_id,
    companyId: row.company_id,
    name: row.name,
    address: row.address,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}
