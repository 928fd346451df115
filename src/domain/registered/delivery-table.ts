import type { Selectable } from 'kysely';
import type { Tx } from '#stores/database';
import type { CodeChannel, Delivery, DeliveryState, SealedContent, Service } from './delivery.ts';
import type { ProviderTables } from './provider-table.ts';

export interface RegisteredTables extends ProviderTables {
  deliveries: {
    message_id: string;
    company_id: string;
    dispatch_id: string;
    document_ids: string[];
    file_ids: string[];
    service: Service;
    address: string;
    mobile: string | null;
    language: string;
    sender_email: string;
    days: number;
    sender_hidden: boolean;
    state: DeliveryState;
    notified_at: Date | null;
    deadline_at: Date | null;
    decided_at: Date | null;
    decided_by: string | null;
    handed_over_to: string | null;
    decided_with: CodeChannel | null;
    handed_over_with: CodeChannel | null;
    handed_over_at: Date | null;
    reminded: number;
    content: readonly SealedContent[] | null;
    content_key: Buffer | null;
    created_at: Date;
  };
  delivery_codes: {
    message_id: string;
    company_id: string;
    session_hash: Buffer;
    code_mac: Buffer;
    channel: CodeChannel;
    tries: number;
    expires_at: Date;
  };
  delivery_delegates: {
    link_message_id: string;
    message_id: string;
    company_id: string;
    name: string;
    address: string;
    created_at: Date;
    ended_at: Date | null;
  };
  portal_asks: { key: Buffer; at: Date };
  delivery_sessions: {
    message_id: string;
    company_id: string;
    session_hash: Buffer;
    channel: CodeChannel;
    until: Date;
  };
  delivery_mails: {
    message_id: string;
    company_id: string;
    kind: string;
    side: 'sender' | 'recipient' | 'delegate';
    at: Date;
    due_at: Date;
    tries: number;
    sent_at: Date | null;
  };
}

type RegisteredTx = Tx<RegisteredTables>;

export async function insertDeliveries(tx: RegisteredTx, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await tx
    .insertInto('deliveries')
    .values(
      deliveries.map((one) => ({
        message_id: one.messageId,
        company_id: one.companyId,
        dispatch_id: one.dispatchId,
        document_ids: [...one.documentIds],
        file_ids: [...one.fileIds],
        service: one.service,
        address: one.address,
        mobile: one.mobile,
        language: one.language,
        sender_email: one.senderEmail,
        days: one.days,
        sender_hidden: one.senderHidden,
        state: one.state,
        notified_at: one.notifiedAt,
        deadline_at: one.deadlineAt,
        decided_at: one.decidedAt,
        decided_by: one.decidedBy,
        handed_over_to: one.handedOverTo,
        decided_with: one.decidedWith,
        handed_over_with: one.handedOverWith,
        handed_over_at: one.handedOverAt,
        reminded: one.reminded,
        content: null,
        content_key: null,
        created_at: one.createdAt,
      })),
    )
    .execute();
}

/** The delivery of a message, whichever company it belongs to: for the portal, which starts from a token. */
export async function selectDelivery(tx: RegisteredTx, messageId: string): Promise<Delivery | null> {
  const row = await tx
    .selectFrom('deliveries')
    .selectAll()
    .where('message_id', '=', messageId)
    .executeTakeFirst();
  return row ? toDelivery(row) : null;
}

/** The same, locked until the transaction ends. */
export async function lockDelivery(tx: RegisteredTx, messageId: string): Promise<Delivery | null> {
  const row = await tx
    .selectFrom('deliveries')
    .selectAll()
    .where('message_id', '=', messageId)
    .forUpdate()
    .executeTakeFirst();
  return row ? toDelivery(row) : null;
}

/** Deliveries of a company, newest first; `isRunning` leaves out those that are over. */
export async function selectDeliveries(
  tx: RegisteredTx,
  companyId: string,
  which: { readonly isRunning: boolean; readonly limit: number } | { readonly dispatchId: string },
): Promise<Delivery[]> {
  const rows = await tx
    .selectFrom('deliveries')
    .selectAll()
    .where('company_id', '=', companyId)
    .$if('isRunning' in which && which.isRunning, (query) => query.where('state', '=', 'waiting'))
    .$if('dispatchId' in which, (query) =>
      query.where('dispatch_id', '=', 'dispatchId' in which ? which.dispatchId : ''),
    )
    .orderBy('created_at', 'desc')
    .orderBy('message_id', 'desc')
    .$if('limit' in which, (query) => query.limit('limit' in which ? which.limit : 1))
    .execute();
  return rows.map(toDelivery);
}

export type DeliveryChange = Partial<
  Pick<
    RegisteredTables['deliveries'],
    | 'state'
    | 'notified_at'
    | 'deadline_at'
    | 'decided_at'
    | 'decided_by'
    | 'handed_over_at'
    | 'handed_over_to'
    | 'decided_with'
    | 'handed_over_with'
    | 'mobile'
    | 'reminded'
    | 'content_key'
  > & { readonly content: string }
>;

export async function updateDelivery(
  tx: RegisteredTx,
  messageId: string,
  change: DeliveryChange,
): Promise<void> {
  const { content, ...rest } = change;
  await tx
    .updateTable('deliveries')
    .set({ ...rest, ...(content === undefined ? {} : { content: content as never }) })
    .where('message_id', '=', messageId)
    .execute();
}

export function toDelivery(row: Selectable<RegisteredTables['deliveries']>): Delivery {
  return {
    messageId: row.message_id,
    companyId: row.company_id,
    dispatchId: row.dispatch_id,
    documentIds: row.document_ids,
    fileIds: row.file_ids,
    service: row.service,
    address: row.address,
    mobile: row.mobile,
    language: row.language,
    senderEmail: row.sender_email,
    days: row.days,
    senderHidden: row.sender_hidden,
    state: row.state,
    notifiedAt: row.notified_at,
    deadlineAt: row.deadline_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    handedOverTo: row.handed_over_to,
    decidedWith: row.decided_with,
    handedOverWith: row.handed_over_with,
    handedOverAt: row.handed_over_at,
    reminded: row.reminded,
    content: row.content,
    contentKey: row.content_key,
    createdAt: row.created_at,
  };
}
