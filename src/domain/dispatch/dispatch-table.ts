import { type Selectable, sql } from 'kysely';
import { type HandOver, handOversOf, type NetworkTables } from '#domain/network';
import type { RegisteredTables } from '#domain/registered';
import type { TrackingMode } from '#domain/tracking';
import { insertRows, isBehind, type NewestPlace, type Tx } from '#stores/database';
import type { Channel, Dispatch, DispatchService, Origin, OtherMeans, Purpose } from './dispatch.ts';
import type { DispatchRequest } from './dispatch-request.ts';

export interface DispatchTables extends RegisteredTables, NetworkTables {
  dispatches: {
    id: string;
    company_id: string;
    external_id: string | null;
    metadata: Record<string, unknown>;
    purpose: Purpose;
    origin: Origin;
    service: DispatchService;
    sender_hidden: boolean;
    channels: Channel[];
    other_means: OtherMeans | null;
    other_note: string | null;
    sender_id: string | null;
    sender_reason: string | null;
    letter_id: string | null;
    subject: string;
    language: string;
    attach: boolean;
    link: boolean;
    tracking: TrackingMode;
    send_at: Date | null;
    undo_until: Date | null;
    resend_of: string | null;
    created_by: string;
    created_by_name: string;
    created_at: Date;
    canceled_at: Date | null;
    content_erased_at: Date | null;
    template_id: string | null;
    template_version: number | null;
    asked: DispatchRequest | null;
  };
  dispatch_documents: { dispatch_id: string; document_id: string; company_id: string; position: number };
}

type DispatchTx = Tx<DispatchTables>;

/** Writes dispatches; `asked` is kept of those that may have to be written anew. */
export async function insertDispatches(
  tx: DispatchTx,
  dispatches: readonly (Dispatch & { readonly asked?: DispatchRequest | null })[],
): Promise<void> {
  await insertRows(tx, 'dispatches', dispatches.map(toRow));
  await insertRows(
    tx,
    'dispatch_documents',
    dispatches.flatMap(({ id, companyId, documentIds }) =>
      documentIds.map((documentId, position) => ({
        dispatch_id: id,
        document_id: documentId,
        company_id: companyId,
        position,
      })),
    ),
  );
}

function toRow(
  dispatch: Dispatch & { readonly asked?: DispatchRequest | null },
): Selectable<DispatchTables['dispatches']> {
  return {
    id: dispatch.id,
    company_id: dispatch.companyId,
    external_id: dispatch.externalId,
    metadata: dispatch.metadata,
    purpose: dispatch.purpose,
    origin: dispatch.origin,
    service: dispatch.service,
    sender_hidden: dispatch.senderHidden,
    channels: [...dispatch.channels],
    other_means: dispatch.otherMeans,
    other_note: dispatch.otherNote,
    sender_id: dispatch.senderId,
    sender_reason: dispatch.senderReason,
    letter_id: dispatch.letterId,
    subject: dispatch.subject,
    language: dispatch.language,
    attach: dispatch.attach,
    link: dispatch.link,
    tracking: dispatch.tracking,
    send_at: dispatch.sendAt,
    undo_until: dispatch.undoUntil,
    resend_of: dispatch.resendOf,
    created_by: dispatch.createdBy,
    created_by_name: dispatch.createdByName,
    created_at: dispatch.createdAt,
    canceled_at: dispatch.canceledAt,
    content_erased_at: dispatch.contentErasedAt ?? null,
    template_id: dispatch.templateId,
    template_version: dispatch.templateVersion,
    asked: dispatch.asked ?? null,
  };
}

/** How a dispatch was asked for; null where nothing was kept. */
export async function selectAsked(
  tx: DispatchTx,
  companyId: string,
  id: string,
): Promise<DispatchRequest | null> {
  const row = await tx
    .selectFrom('dispatches')
    .select('asked')
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.asked ?? null;
}

export async function updateCanceled(tx: DispatchTx, companyId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('dispatches')
    .set({ canceled_at: at })
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .execute();
}

/** Notes that the content of a dispatch was erased, and takes its subject away; false when it was before. */
export async function updateContentErased(
  tx: DispatchTx,
  companyId: string,
  id: string,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('dispatches')
    .set({ content_erased_at: at, subject: '' })
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .where('content_erased_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Which dispatches: by their ids, of some documents, or the newest of a company before a place in the list. */
export type DispatchKey =
  | { readonly ids: readonly string[] }
  | { readonly documentIds: readonly string[] }
  | { readonly before: NewestPlace | null; readonly limit: number };

/** Dispatches of a company, newest first. */
export async function selectDispatches(
  tx: DispatchTx,
  companyId: string,
  key: DispatchKey,
): Promise<Dispatch[]> {
  if ('ids' in key && key.ids.length === 0) return [];
  if ('documentIds' in key && key.documentIds.length === 0) return [];
  const which =
    'ids' in key
      ? sql`and id = any (${key.ids}::text[])`
      : 'documentIds' in key
        ? sql`and id in (select dispatch_id from dispatch_documents where document_id = any (${key.documentIds}::text[]))`
        : sql`and ${isBehind(key.before)}`;
  const limit = 'limit' in key ? sql`limit ${key.limit}` : sql``;
  const { rows } = await sql<Selectable<DispatchTables['dispatches']> & { document_ids: string[] }>`
    select dispatches.*, (select array_agg(document_id order by position) from dispatch_documents
      where dispatch_id = dispatches.id) as document_ids
    from dispatches where company_id = ${companyId} ${which} order by created_at desc, id desc ${limit}`.execute(
    tx,
  );
  const byNetwork = rows.filter((row) => row.channels.includes('network')).map((row) => row.id);
  const handOvers = await handOversOf(tx, companyId, byNetwork);
  return rows.map((row) =>
    toDispatch(
      row,
      handOvers.filter((one) => one.dispatchId === row.id),
    ),
  );
}

/** What went out about a document: when first, when the newest reminder, and how many of them. */
export interface SendHistory {
  readonly firstAt: Date;
  readonly lastReminderAt: Date | null;
  readonly reminders: number;
}

/** The histories of these documents; those of which nothing went out are left out, and so is what was taken back or went through `trial`. */
export async function selectSendHistories(
  tx: DispatchTx,
  companyId: string,
  documentIds: readonly string[],
  trial: string | null,
): Promise<Map<string, SendHistory>> {
  if (documentIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; first_at: Date; last_at: Date | null; reminders: number }>`
    select document_id as id, min(created_at) as first_at,
      max(created_at) filter (where purpose = 'reminder') as last_at,
      (count(*) filter (where purpose = 'reminder'))::int as reminders
    from dispatch_documents join dispatches on dispatches.id = dispatch_documents.dispatch_id
    where dispatches.company_id = ${companyId} and document_id = any (${documentIds}::text[]) and canceled_at is null
      and sender_id is distinct from ${trial}
    group by document_id`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.id,
      { firstAt: row.first_at, lastReminderAt: row.last_at, reminders: row.reminders },
    ]),
  );
}

function toDispatch(
  row: Selectable<DispatchTables['dispatches']> & { document_ids: string[] },
  handOvers: readonly HandOver[],
): Dispatch {
  return {
    handOvers,
    id: row.id,
    companyId: row.company_id,
    externalId: row.external_id,
    metadata: row.metadata,
    documentIds: row.document_ids,
    purpose: row.purpose,
    origin: row.origin,
    service: row.service,
    senderHidden: row.sender_hidden,
    channels: row.channels,
    otherMeans: row.other_means,
    otherNote: row.other_note,
    senderId: row.sender_id,
    senderReason: row.sender_reason,
    letterId: row.letter_id,
    subject: row.subject,
    language: row.language,
    attach: row.attach,
    link: row.link,
    tracking: row.tracking,
    sendAt: row.send_at,
    undoUntil: row.undo_until,
    resendOf: row.resend_of,
    createdBy: row.created_by,
    createdByName: row.created_by_name,
    createdAt: row.created_at,
    canceledAt: row.canceled_at,
    contentErasedAt: row.content_erased_at,
    templateId: row.template_id,
    templateVersion: row.template_version,
  };
}
