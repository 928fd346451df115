import { type Selectable, sql } from 'kysely';
import { insertRows, type Tx } from '#stores/database';
import type { DeliveryState, Message } from './message.ts';
import type { OutboxTables } from './outbox-tables.ts';

type OutboxTx = Tx<OutboxTables>;

export async function insertMessages(tx: OutboxTx, messages: readonly Message[]): Promise<void> {
  await insertRows(
    tx,
    'messages',
    messages.map((message) => ({
      id: message.id,
      company_id: message.companyId,
      dispatch_id: message.dispatchId,
      letter_id: message.letterId,
      document_id: message.documentId,
      sender_id: message.senderId,
      role: message.role,
      position: message.position,
      name: message.name,
      address: message.address,
      delivery: message.delivery,
      detail: message.detail,
      due_at: message.dueAt,
      internet_id: message.internetId,
      created_at: message.createdAt,
    })),
  );
}

export type MessageKey =
  | { readonly ids: readonly string[] }
  | { readonly dispatchIds: readonly string[] }
  | { readonly documentIds: readonly string[] };

/** The messages of a company by their ids, dispatches or documents, in the order of the recipients. */
export async function selectMessages(tx: OutboxTx, companyId: string, key: MessageKey): Promise<Message[]> {
  const [column, values] =
    'ids' in key
      ? (['id', key.ids] as const)
      : 'dispatchIds' in key
        ? (['dispatch_id', key.dispatchIds] as const)
        : (['document_id', key.documentIds] as const);
  if (values.length === 0) return [];
  const rows = await tx
    .selectFrom('messages')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(column, 'in', values)
    .orderBy('dispatch_id')
    .orderBy('position')
    .execute();
  return rows.map(toMessage);
}

/** Locks messages in the order of their ids, until the transaction ends. */
export async function lockMessages(tx: OutboxTx, ids: readonly string[]): Promise<Map<string, Message>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('messages')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy(sql`id collate "C"`)
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, toMessage(row)]));
}

export interface MessageChange {
  readonly id: string;
  readonly delivery: DeliveryState;
  readonly detail: string | null;
  readonly dueAt: Date;
  readonly settledAt: Date | null;
  /** No server was tried: the time for retries has not begun. */
  readonly isUntried?: boolean;
}

/** Writes new delivery states and ends the leases, in one statement; the first time at which a mail is known to have left stays. */
export async function updateMessages(tx: OutboxTx, changes: readonly MessageChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    update messages set delivery = new.delivery, detail = new.detail, due_at = new.due_at, settled_at = new.settled_at,
      leased_by = null, leased_until = null,
      first_tried_at = case when new.untried then null else messages.first_tried_at end,
      left_at = case when new.delivery in ('handed_off', 'accepted', 'complained')
        then coalesce(messages.left_at, new.settled_at) else messages.left_at end
    from unnest(${changes.map((one) => one.id)}::text[], ${changes.map((one) => one.delivery)}::text[],
      ${changes.map((one) => one.detail)}::text[], ${changes.map((one) => one.dueAt)}::timestamptz[],
      ${changes.map((one) => one.settledAt)}::timestamptz[], ${changes.map((one) => one.isUntried ?? false)}::boolean[])
      as new (id, delivery, detail, due_at, settled_at, untried)
    where messages.id = new.id`.execute(tx);
}

export async function updateOverride(tx: OutboxTx, id: string, reason: string): Promise<void> {
  await tx.updateTable('messages').set({ override_reason: reason }).where('id', '=', id).execute();
}

export async function updateReplacedBy(
  tx: OutboxTx,
  companyId: string,
  id: string,
  replacedBy: string,
): Promise<void> {
  await tx
    .updateTable('messages')
    .set({ replaced_by: replacedBy })
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .execute();
}

/** Ids of the messages that a sender's trouble holds back. */
export async function selectHeld(
  tx: OutboxTx,
  companyId: string,
  senderId: string,
  detail: string,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('messages')
    .select('id')
    .where('company_id', '=', companyId)
    .where('sender_id', '=', senderId)
    .where('delivery', '=', 'held')
    .where('detail', '=', detail)
    .execute();
  return rows.map((row) => row.id);
}

/** The senders, of whatever company, for whose sake messages wait. For workers. */
export async function selectSendersWaitedFor(tx: OutboxTx, detail: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('messages')
    .select('sender_id')
    .distinct()
    .where('delivery', '=', 'held')
    .where('detail', '=', detail)
    .execute();
  return rows.map((row) => row.sender_id);
}

/** How the messages to the recipients of these documents stand; those that a resend took the place of are left out. */
export async function selectDeliveriesOf(
  tx: OutboxTx,
  companyId: string,
  documentIds: readonly string[],
): Promise<Pick<Message, 'documentId' | 'dispatchId' | 'delivery'>[]> {
  if (documentIds.length === 0) return [];
  const rows = await tx
    .selectFrom('messages')
    .select(['document_id', 'dispatch_id', 'delivery'])
    .where('company_id', '=', companyId)
    .where('document_id', 'in', [...documentIds])
    .where('role', '=', 'to')
    .where('replaced_by', 'is', null)
    .execute();
  return rows.map((row) => ({
    documentId: row.document_id,
    dispatchId: row.dispatch_id,
    delivery: row.delivery,
  }));
}

/** When any of these documents last went to one of these addresses: for "already sent 2 hours ago". */
export async function selectRecent(
  tx: OutboxTx,
  companyId: string,
  documentIds: readonly string[],
  addresses: readonly string[],
  since: Date,
): Promise<Message[]> {
  if (documentIds.length === 0 || addresses.length === 0) return [];
  const rows = await tx
    .selectFrom('messages')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('document_id', 'in', documentIds)
    .where((where) =>
      where.eb(
        where.fn('lower', ['address']),
        'in',
        addresses.map((one) => one.toLowerCase()),
      ),
    )
    .where('role', 'not in', ['copy', 'notification'])
    .where('delivery', 'not in', ['canceled', 'rejected', 'expired', 'bounced'])
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(toMessage);
}

/** Ids of all messages of a company that went to an address. */
export async function selectIdsToAddress(
  tx: OutboxTx,
  companyId: string,
  address: string,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('messages')
    .select('id')
    .where('company_id', '=', companyId)
    .where((where) => where.eb(where.fn('lower', ['address']), '=', address.toLowerCase()))
    .execute();
  return rows.map((row) => row.id);
}

/** How old the oldest message is that should have gone out already, in milliseconds; null when none waits. */
export async function selectOldestDue(tx: OutboxTx, now: Date): Promise<number | null> {
  const row = await tx
    .selectFrom('messages')
    .select('due_at')
    .where('delivery', 'in', ['scheduled', 'queued', 'deferred'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row ? now.getTime() - row.due_at.getTime() : null;
}

export function toMessage(row: Selectable<OutboxTables['messages']>): Message {
  return {
    id: row.id,
    companyId: row.company_id,
    dispatchId: row.dispatch_id,
    letterId: row.letter_id,
    documentId: row.document_id,
    senderId: row.sender_id,
    role: row.role,
    position: row.position,
    name: row.name,
    address: row.address,
    delivery: row.delivery,
    detail: row.detail,
    dueAt: row.due_at,
    attemptCount: row.attempt_count,
    firstTriedAt: row.first_tried_at,
    fence: row.fence,
    internetId: row.internet_id,
    overrideReason: row.override_reason,
    replacedBy: row.replaced_by,
    settledAt: row.settled_at,
    createdAt: row.created_at,
  };
}
