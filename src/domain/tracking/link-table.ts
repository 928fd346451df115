import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { Link, NewLink, TrackingMode } from './link.ts';

export interface LinkTables {
  links: {
    message_id: string;
    company_id: string;
    dispatch_id: string;
    document_ids: string[];
    language: string;
    mode: TrackingMode;
    counted: boolean;
    generation: number;
    expires_at: Date;
    revoked_at: Date | null;
    handed_over_at: Date | null;
    /** When the page of its dispatch was kept. */
    frozen_at: Date | null;
    copied_in_sent: boolean;
    copies_cleared_at: Date | null;
  };
}

type LinkTx = Tx<LinkTables>;

export async function insertLinks(tx: LinkTx, links: readonly NewLink[]): Promise<void> {
  if (links.length === 0) return;
  // One statement for a whole run: arrays of arrays do not unnest, so the document ids travel as JSON.
  await sql`
    insert into links (message_id, company_id, dispatch_id, document_ids, language, mode, counted, generation, expires_at,
      copied_in_sent, frozen_at)
    select message_id, company_id, dispatch_id, array(select jsonb_array_elements_text(documents)), language, mode, counted, 1,
      expires_at, copied_in_sent, case when not leads_there then expires_at end
    from unnest(${links.map((link) => link.messageId)}::text[], ${links.map((link) => link.companyId)}::text[],
      ${links.map((link) => link.dispatchId)}::text[], ${links.map((link) => JSON.stringify(link.documentIds))}::jsonb[],
      ${links.map((link) => link.language)}::text[], ${links.map((link) => link.mode)}::text[],
      ${links.map((link) => link.counted)}::boolean[], ${links.map((link) => link.expiresAt)}::timestamptz[],
      ${links.map((link) => link.copiedInSent ?? false)}::boolean[], ${links.map((link) => link.leadsThere ?? true)}::boolean[])
      as given (message_id, company_id, dispatch_id, documents, language, mode, counted, expires_at, copied_in_sent, leads_there)`.execute(
    tx,
  );
}

/** The links of these messages, whichever company they belong to: for the portal and the writer, which start from a token. */
export async function selectLinks(tx: LinkTx, messageIds: readonly string[]): Promise<Link[]> {
  const rows = await tx.selectFrom('links').selectAll().where('message_id', 'in', messageIds).execute();
  return rows.map(toLink);
}

/** The same, locked in the order of their ids until the transaction ends, so that two writers cannot block each other. */
export async function lockLinks(tx: LinkTx, messageIds: readonly string[]): Promise<Link[]> {
  const rows = await tx
    .selectFrom('links')
    .selectAll()
    .where('message_id', 'in', messageIds)
    .orderBy('message_id')
    .forNoKeyUpdate()
    .execute();
  return rows.map(toLink);
}

export async function updateHandedOver(tx: LinkTx, messageIds: readonly string[], at: Date): Promise<void> {
  await tx
    .updateTable('links')
    .set({ handed_over_at: at })
    .where('message_id', 'in', messageIds)
    .where('handed_over_at', 'is', null)
    .execute();
}

export async function updateCopiesCleared(
  tx: LinkTx,
  companyId: string,
  messageIds: readonly string[],
  at: Date,
): Promise<void> {
  await tx
    .updateTable('links')
    .set({ copies_cleared_at: at })
    .where('company_id', '=', companyId)
    .where('message_id', 'in', messageIds)
    .where('copied_in_sent', '=', true)
    .where('copies_cleared_at', 'is', null)
    .execute();
}

export async function updateRevoked(tx: LinkTx, messageIds: readonly string[], at: Date): Promise<void> {
  await tx
    .updateTable('links')
    .set((row) => ({ revoked_at: at, generation: row('generation', '+', 1) }))
    .where('message_id', 'in', messageIds)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Closes every open link of a company, or of one of its documents; returns the messages whose links they were. */
export async function updateAllRevoked(
  tx: LinkTx,
  companyId: string,
  documentId: string | null,
  at: Date,
): Promise<string[]> {
  let query = tx
    .updateTable('links')
    .set((row) => ({ revoked_at: at, generation: row('generation', '+', 1) }))
    .where('company_id', '=', companyId)
    .where('revoked_at', 'is', null);
  if (documentId !== null) query = query.where(sql<boolean>`document_ids @> array[${documentId}]::text[]`);
  const rows = await query.returning('message_id').execute();
  return rows.map((row) => row.message_id);
}

export async function updateRenewed(tx: LinkTx, messageId: string, expiresAt: Date): Promise<number | null> {
  const row = await tx
    .updateTable('links')
    .set((link) => ({ revoked_at: null, expires_at: expiresAt, generation: link('generation', '+', 1) }))
    .where('message_id', '=', messageId)
    .returning('generation')
    .executeTakeFirst();
  return row?.generation ?? null;
}

export async function updateMode(
  tx: LinkTx,
  messageIds: readonly string[],
  mode: TrackingMode,
): Promise<void> {
  await tx.updateTable('links').set({ mode }).where('message_id', 'in', messageIds).execute();
}

function toLink(row: LinkTables['links']): Link {
  return {
    messageId: row.message_id,
    companyId: row.company_id,
    dispatchId: row.dispatch_id,
    documentIds: row.document_ids,
    language: row.language,
    mode: row.mode,
    counted: row.counted,
    generation: row.generation,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    handedOverAt: row.handed_over_at,
    copiedInSent: row.copied_in_sent,
    copiesClearedAt: row.copies_cleared_at,
  };
}
