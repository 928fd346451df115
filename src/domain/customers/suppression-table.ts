import type { Selectable } from 'kysely';
import { addressKey } from '#mail/address';
import type { Tx } from '#stores/database';
import type { Suppression, SuppressionOrigin, SuppressionReason } from './suppression.ts';

export interface SuppressionTables {
  suppressions: {
    id: string;
    company_id: string;
    address: string;
    address_key: string;
    reason: SuppressionReason;
    origin: SuppressionOrigin;
    message_id: string | null;
    note: string | null;
    added_by: string | null;
    added_at: Date;
    removed_at: Date | null;
    removed_by: string | null;
  };
}

type SuppressionTx = Tx<SuppressionTables>;

/** Puts an address on the list; false when it is there already. */
export async function insertSuppression(tx: SuppressionTx, one: Suppression): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('suppressions')
    .values({
      id: one.id,
      company_id: one.companyId,
      address: one.address,
      address_key: addressKey(one.address),
      reason: one.reason,
      origin: one.origin,
      message_id: one.messageId,
      note: one.note,
      added_by: one.addedBy,
      added_at: one.addedAt,
      removed_at: null,
      removed_by: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['company_id', 'address_key']).where('removed_at', 'is', null).doNothing(),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes one off the list; false when it is not on it. */
export async function endSuppression(
  tx: SuppressionTx,
  companyId: string,
  id: string,
  removed: { readonly at: Date; readonly by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('suppressions')
    .set({ removed_at: removed.at, removed_by: removed.by })
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A page of the list: what comes after `before`, newest first; `q` is looked for in the addresses. */
export interface SuppressionPage {
  readonly before: { readonly addedAt: Date; readonly id: string } | null;
  readonly limit: number;
  readonly q?: string;
}

/** The addresses that a company may not mail, newest first. */
export async function selectSuppressions(
  tx: SuppressionTx,
  companyId: string,
  { before, limit, q }: SuppressionPage,
): Promise<Suppression[]> {
  let query = inForce(tx, companyId);
  if (q) query = query.where('address_key', 'like', `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`);
  if (before)
    query = query.where((where) =>
      where.eb(where.refTuple('added_at', 'id'), '<', where.tuple(before.addedAt, before.id)),
    );
  const rows = await query.orderBy('added_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map(toSuppression);
}

/** One that is in force, by its id; null when there is none. */
export async function selectSuppression(
  tx: SuppressionTx,
  companyId: string,
  id: string,
): Promise<Suppression | null> {
  const row = await inForce(tx, companyId).where('id', '=', id).executeTakeFirst();
  return row ? toSuppression(row) : null;
}

/** Those of these addresses that may not be mailed, by `addressKey`. */
export async function suppressionsOf(
  tx: SuppressionTx,
  companyId: string,
  addresses: readonly string[],
): Promise<Map<string, Suppression>> {
  if (addresses.length === 0) return new Map();
  const rows = await inForce(tx, companyId)
    .where('address_key', 'in', [...new Set(addresses.map(addressKey))])
    .execute();
  return new Map(rows.map((row) => [row.address_key, toSuppression(row)]));
}

export async function countSuppressions(tx: SuppressionTx, companyId: string): Promise<number> {
  const row = await tx
    .selectFrom('suppressions')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('company_id', '=', companyId)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
}

function inForce(tx: SuppressionTx, companyId: string) {
  return tx
    .selectFrom('suppressions')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('removed_at', 'is', null);
}

function toSuppression(row: Selectable<SuppressionTables['suppressions']>): Suppression {
  return {
    id: row.id,
    companyId: row.company_id,
    address: row.address,
    reason: row.reason,
    origin: row.origin,
    messageId: row.message_id,
    note: row.note,
    addedBy: row.added_by,
    addedAt: row.added_at,
  };
}
