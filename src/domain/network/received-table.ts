import type { Insertable, Selectable, Updateable } from 'kysely';
import type { DocumentKind } from '#domain/documents';
import type { Tx } from '#stores/database';
import type { NetworkTables } from './network-tables.ts';
import type { Received, ReceivedState } from './received.ts';

type NetworkTx = Tx<NetworkTables>;
type Rows = NetworkTables['received_documents'];

export async function insertReceived(tx: NetworkTx, row: Insertable<Rows>): Promise<void> {
  await tx.insertInto('received_documents').values(row).execute();
}

export async function updateReceived(
  tx: NetworkTx,
  companyId: string,
  id: string,
  change: Updateable<Rows>,
): Promise<void> {
  await tx
    .updateTable('received_documents')
    .set(change)
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .execute();
}

/** A received document of the company, locked where it is to be changed; null when there is none. */
export async function selectReceived(
  tx: NetworkTx,
  companyId: string,
  id: string,
  lock = false,
): Promise<Received | null> {
  const query = tx
    .selectFrom('received_documents')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row ? toReceived(row) : null;
}

/** The same file from the same company, received before; locked. */
export async function lockSameFile(
  tx: NetworkTx,
  of: { readonly companyId: string; readonly fromId: string; readonly sha256: string },
): Promise<Received | null> {
  const row = await tx
    .selectFrom('received_documents')
    .selectAll()
    .where('company_id', '=', of.companyId)
    .where('from_id', '=', of.fromId)
    .where('sha256', '=', of.sha256)
    .forUpdate()
    .executeTakeFirst();
  return row ? toReceived(row) : null;
}

/** Earlier versions of a document are marked as replaced by the new one. */
export async function markOlderReplaced(
  tx: NetworkTx,
  newest: Pick<Received, 'id' | 'companyId' | 'fromId' | 'series' | 'version'>,
): Promise<void> {
  await tx
    .updateTable('received_documents')
    .set({ replaced_by: newest.id })
    .where('company_id', '=', newest.companyId)
    .where('from_id', '=', newest.fromId)
    .where('series', '=', newest.series)
    .where('version', '<', newest.version)
    .execute();
}

export interface ReceivedPage {
  readonly state?: ReceivedState;
  readonly before: { readonly createdAt: Date; readonly id: string } | null;
  readonly limit: number;
}

/** A page of what a company received, newest first. */
export async function listReceived(
  tx: NetworkTx,
  companyId: string,
  { state, before, limit }: ReceivedPage,
): Promise<Received[]> {
  let query = tx.selectFrom('received_documents').selectAll().where('company_id', '=', companyId);
  if (state) query = query.where('state', '=', state);
  if (before)
    query = query.where((where) =>
      where.eb(where.refTuple('received_at', 'id'), '<', where.tuple(before.createdAt, before.id)),
    );
  const rows = await query.orderBy('received_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map(toReceived);
}

/** How many documents a company received, by state. */
export async function countReceived(
  tx: NetworkTx,
  companyId: string,
): Promise<Record<ReceivedState, number>> {
  const rows = await tx
    .selectFrom('received_documents')
    .select((all) => ['state', all.fn.countAll<number>().as('count')])
    .where('company_id', '=', companyId)
    .groupBy('state')
    .execute();
  const of = (state: ReceivedState): number => Number(rows.find((row) => row.state === state)?.count ?? 0);
  return { new: of('new'), accepted: of('accepted'), rejected: of('rejected') };
}

/** Decisions that their senders do not have yet, the oldest first. For the worker. */
export async function selectUntold(
  tx: NetworkTx,
  limit: number,
): Promise<Pick<Received, 'id' | 'companyId'>[]> {
  const rows = await tx
    .selectFrom('received_documents')
    .select(['id', 'company_id'])
    .where('decided_at', 'is not', null)
    .where('told_at', 'is', null)
    .orderBy('decided_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, companyId: row.company_id }));
}

/** The hash of the event by which the receiver's own log knows a decision. */
export async function selectDecisionHash(
  tx: NetworkTx,
  companyId: string,
  id: string,
): Promise<Buffer | null> {
  const row = await tx
    .selectFrom('received_documents')
    .select('decision_hash')
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.decision_hash ?? null;
}

function toReceived(row: Selectable<Rows>): Received {
  return {
    id: row.id,
    companyId: row.company_id,
    fromId: row.from_id,
    fromName: row.from_name,
    fromVatId: row.from_vat_id,
    fromNames: row.from_names,
    series: row.series,
    version: row.version,
    kind: row.kind as DocumentKind,
    number: row.number,
    issueDate: row.issue_date,
    dueDate: row.due_date,
    currency: row.currency,
    total: row.total,
    amountDue: row.amount_due,
    fileName: row.file_name,
    format: row.format,
    mediaType: row.media_type,
    sha256: row.sha256,
    bytes: row.bytes,
    pdfSha256: row.pdf_sha256,
    pdfBytes: row.pdf_bytes,
    xmlSha256: row.xml_sha256,
    xmlBytes: row.xml_bytes,
    pages: row.pages,
    images: row.images,
    subject: row.subject,
    text: row.text,
    state: row.state,
    reason: row.reason,
    decidedAt: row.decided_at,
    decidedByName: row.decided_by_name,
    toldAt: row.told_at,
    openedAt: row.opened_at,
    openedByName: row.opened_by_name,
    replacedBy: row.replaced_by,
    times: row.times,
    receivedAt: row.received_at,
    lastAt: row.last_at,
  };
}
