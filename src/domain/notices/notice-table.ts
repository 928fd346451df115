import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { DigestTables } from './digest-table.ts';
import type { Notice, NoticeKind } from './notice.ts';

export interface NoticeTables extends DigestTables {
  notices: {
    id: string;
    company_id: string;
    kind: NoticeKind;
    subject_id: string;
    dispatch_id: string | null;
    document_id: string | null;
    data: Notice['data'];
    opened_at: Date;
    closed_at: Date | null;
    closed_by: string | null;
  };
}

type NoticeTx = Tx<NoticeTables>;

/** Opens a notice, unless one of its kind is open about the same subject. */
export async function insertNotice(tx: NoticeTx, notice: Omit<Notice, 'closedAt'>): Promise<void> {
  await tx
    .insertInto('notices')
    .values({
      id: notice.id,
      company_id: notice.companyId,
      kind: notice.kind,
      subject_id: notice.subjectId,
      dispatch_id: notice.dispatchId,
      document_id: notice.documentId,
      data: JSON.stringify(notice.data) as never,
      opened_at: notice.openedAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['company_id', 'kind', 'subject_id']).where('closed_at', 'is', null).doNothing(),
    )
    .execute();
}

/** Open notices of a kind about a subject, or about a document, that are to be closed. */
export interface Closing {
  readonly companyId: string;
  readonly subjectId: string;
  readonly of?: 'document' | undefined;
  readonly kind: NoticeKind;
  readonly at: Date;
}

/** Closes what is open of these; of two that close the same, the first one says when. */
export async function closeNotices(tx: NoticeTx, closings: readonly Closing[], by: string): Promise<void> {
  const first = new Map<string, Closing>();
  for (const one of closings) {
    const key = [one.companyId, one.of, one.subjectId, one.kind].join();
    if (!first.has(key)) first.set(key, one);
  }
  const all = [...first.values()];
  const ofDocuments = all.filter((one) => one.of === 'document');
  const ofSubjects = all.filter((one) => !one.of);
  await closeAll(tx, 'subject_id', ofSubjects, by);
  await closeAll(tx, 'document_id', ofDocuments, by);
}

async function closeAll(
  tx: NoticeTx,
  column: 'subject_id' | 'document_id',
  all: readonly Closing[],
  by: string,
): Promise<void> {
  if (all.length === 0) return;
  await sql`
    update notices set closed_at = given.at, closed_by = ${by}
    from unnest(${all.map((one) => one.companyId)}::text[], ${all.map((one) => one.subjectId)}::text[],
      ${all.map((one) => one.kind)}::text[], ${all.map((one) => one.at)}::timestamptz[]) as given (company_id, subject_id, kind, at)
    where notices.company_id = given.company_id and ${sql.ref(`notices.${column}`)} = given.subject_id and notices.kind = given.kind
      and notices.closed_at is null`.execute(tx);
}

/** Puts one away; false when it is not open. */
export async function closeNotice(
  tx: NoticeTx,
  companyId: string,
  id: string,
  closed: { at: Date; by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('notices')
    .set({ closed_at: closed.at, closed_by: closed.by })
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A page of a list: what comes after `before`, newest first. */
export interface NoticePage {
  readonly before: { readonly openedAt: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Open notices, newest first, after a place in that list. */
export function selectOpenNotices(tx: NoticeTx, companyId: string, page: NoticePage): Promise<Notice[]> {
  return selectNotices(tx, companyId, 'is', page);
}

/** Notices that were repaired or put aside, newest first, after a place in that list. */
export function selectClosedNotices(tx: NoticeTx, companyId: string, page: NoticePage): Promise<Notice[]> {
  return selectNotices(tx, companyId, 'is not', page);
}

/** One notice, open or closed; null when there is none of that id. */
export async function selectNotice(tx: NoticeTx, companyId: string, id: string): Promise<Notice | null> {
  const row = await tx
    .selectFrom('notices')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toNotice(row) : null;
}

async function selectNotices(
  tx: NoticeTx,
  companyId: string,
  closed: 'is' | 'is not',
  page: NoticePage,
): Promise<Notice[]> {
  let query = tx
    .selectFrom('notices')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('closed_at', closed, null);
  const { before } = page;
  if (before)
    query = query.where((where) =>
      where.eb(where.refTuple('opened_at', 'id'), '<', where.tuple(before.openedAt, before.id)),
    );
  const rows = await query.orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
  return rows.map(toNotice);
}

export function countOpenNotices(tx: NoticeTx, companyId: string): Promise<number> {
  return countNotices(tx, companyId, 'is');
}

export function countClosedNotices(tx: NoticeTx, companyId: string): Promise<number> {
  return countNotices(tx, companyId, 'is not');
}

async function countNotices(tx: NoticeTx, companyId: string, closed: 'is' | 'is not'): Promise<number> {
  const row = await tx
    .selectFrom('notices')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('company_id', '=', companyId)
    .where('closed_at', closed, null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Companies with a notice that is open and was opened after `since`. */
export async function selectCompaniesWithNotices(tx: NoticeTx, since: Date): Promise<string[]> {
  const rows = await tx
    .selectFrom('notices')
    .select('company_id')
    .distinct()
    .where('closed_at', 'is', null)
    .where('opened_at', '>', since)
    .execute();
  return rows.map((row) => row.company_id);
}

/** How many of these notices are open still; they stay so until the transaction ends. */
export async function lockOpen(
  tx: NoticeTx,
  companyId: string,
  noticeIds: readonly string[],
): Promise<number> {
  const rows = await tx
    .selectFrom('notices')
    .select('id')
    .where('company_id', '=', companyId)
    .where('id', 'in', noticeIds)
    .where('closed_at', 'is', null)
    .forShare()
    .execute();
  return rows.length;
}

/** How many notices are open, by kind, over all that `tx` may see. */
export function countOpenByKind(tx: NoticeTx): Promise<{ kind: NoticeKind; count: number }[]> {
  return tx
    .selectFrom('notices')
    .select((all) => ['kind', all.fn.countAll<number>().as('count')])
    .where('closed_at', 'is', null)
    .groupBy('kind')
    .execute();
}

function toNotice(row: Selectable<NoticeTables['notices']>): Notice {
  return {
    id: row.id,
    companyId: row.company_id,
    kind: row.kind,
    subjectId: row.subject_id,
    dispatchId: row.dispatch_id,
    documentId: row.document_id,
    data: row.data,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  };
}
