import { type Generated, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { LinkTables } from './link-table.ts';

/** A picture of a page as it was shown. */
export interface FrozenImage {
  readonly document: string;
  readonly page: number;
  readonly sha256: string;
}

/** The customer's page as it was at an instant. Its HTML lies in the files store under `sha256`. */
export interface FrozenPage {
  readonly id: string;
  readonly companyId: string;
  readonly dispatchId: string;
  /** Whom it was served to; null: as it was when the mails of the dispatch left. */
  readonly messageId: string | null;
  readonly frozenAt: Date;
  readonly language: string;
  readonly sha256: string;
  readonly logo: string | null;
  readonly images: readonly FrozenImage[];
}

export interface FrozenPageTables {
  frozen_pages: {
    id: string;
    company_id: string;
    dispatch_id: string;
    message_id: string | null;
    frozen_at: Date;
    language: string;
    sha256: string;
    logo: string | null;
    images: Generated<FrozenImage[]>;
  };
}

type FrozenTx = Tx<FrozenPageTables & LinkTables>;

/** Keeps the page and tells whether it did: exactly this one may be kept already for the same dispatch and message. */
export async function insertFrozenPage(tx: FrozenTx, page: FrozenPage): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('frozen_pages')
    .values({
      id: page.id,
      company_id: page.companyId,
      dispatch_id: page.dispatchId,
      message_id: page.messageId,
      frozen_at: page.frozenAt,
      language: page.language,
      sha256: page.sha256,
      logo: page.logo,
      images: JSON.stringify(page.images) as never,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** What is kept of the page that this message leads to, oldest first: the dispatch's own, and what was served to this one. */
export async function selectFrozenPages(
  tx: FrozenTx,
  of: { readonly companyId: string; readonly dispatchId: string; readonly messageId: string },
): Promise<FrozenPage[]> {
  const rows = await tx
    .selectFrom('frozen_pages')
    .selectAll()
    .where('company_id', '=', of.companyId)
    .where('dispatch_id', '=', of.dispatchId)
    .where((where) => where.or([where('message_id', 'is', null), where('message_id', '=', of.messageId)]))
    .orderBy('frozen_at')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    companyId: row.company_id,
    dispatchId: row.dispatch_id,
    messageId: row.message_id,
    frozenAt: row.frozen_at,
    language: row.language,
    sha256: row.sha256,
    logo: row.logo,
    images: row.images,
  }));
}

/** One page that a dispatch leads to in one language, and that is not kept yet. */
export interface UnfrozenPage {
  readonly companyId: string;
  readonly dispatchId: string;
  readonly documentIds: readonly string[];
  readonly language: string;
  readonly handedOverAt: Date;
}

/** Pages of mails that have left and are not kept yet, up to `most`. */
export async function selectUnfrozen(tx: Tx<LinkTables>, most: number): Promise<UnfrozenPage[]> {
  const { rows } = await sql<UnfrozenPage>`
    select company_id as "companyId", dispatch_id as "dispatchId", (array_agg(document_ids::text))[1]::text[] as "documentIds",
      language, min(handed_over_at) as "handedOverAt"
    from (select * from links where frozen_at is null and handed_over_at is not null order by dispatch_id limit ${most}) as waiting
    group by company_id, dispatch_id, language`.execute(tx);
  return rows;
}

export async function updateFrozen(
  tx: Tx<LinkTables>,
  { dispatchId, language }: Pick<UnfrozenPage, 'dispatchId' | 'language'>,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('links')
    .set({ frozen_at: at })
    .where('dispatch_id', '=', dispatchId)
    .where('language', '=', language)
    .where('frozen_at', 'is', null)
    .where('handed_over_at', 'is not', null)
    .execute();
}

/** Forgets the pages that were kept of a dispatch; returns the hashes of those that no other dispatch shares. */
export async function deleteFrozenPages(
  tx: FrozenTx,
  companyId: string,
  dispatchId: string,
): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`
    with gone as (delete from frozen_pages where company_id = ${companyId} and dispatch_id = ${dispatchId} returning sha256)
    select distinct sha256 from gone where not exists (select from frozen_pages as other
      where other.company_id = ${companyId} and other.sha256 = gone.sha256 and other.dispatch_id <> ${dispatchId})`.execute(
    tx,
  );
  return rows.map((row) => row.sha256);
}
