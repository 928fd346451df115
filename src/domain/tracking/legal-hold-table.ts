import type { Tx } from '#stores/database';

/** The history of a dispatch that must not be deleted, and why. */
export interface LegalHold {
  readonly dispatchId: string;
  readonly companyId: string;
  readonly reason: string;
  readonly placedBy: string;
  readonly placedAt: Date;
}

export interface LegalHoldTables {
  legal_holds: {
    dispatch_id: string;
    company_id: string;
    reason: string;
    placed_by: string;
    placed_at: Date;
  };
}

type HoldTx = Tx<LegalHoldTables>;

/** Places a hold; false where there is one already. */
export async function insertHold(tx: HoldTx, hold: LegalHold): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('legal_holds')
    .values({
      dispatch_id: hold.dispatchId,
      company_id: hold.companyId,
      reason: hold.reason,
      placed_by: hold.placedBy,
      placed_at: hold.placedAt,
    })
    .onConflict((conflict) => conflict.column('dispatch_id').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Lifts a hold; false where there was none. */
export async function deleteHold(tx: HoldTx, companyId: string, dispatchId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('legal_holds')
    .where('company_id', '=', companyId)
    .where('dispatch_id', '=', dispatchId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The holds of a company, newest first; with `dispatchIds` only those on them. */
export async function selectHolds(
  tx: HoldTx,
  companyId: string,
  dispatchIds?: readonly string[],
): Promise<LegalHold[]> {
  if (dispatchIds?.length === 0) return [];
  const rows = await tx
    .selectFrom('legal_holds')
    .selectAll()
    .where('company_id', '=', companyId)
    .$if(dispatchIds !== undefined, (query) => query.where('dispatch_id', 'in', dispatchIds ?? []))
    .orderBy('placed_at', 'desc')
    .limit(1000)
    .execute();
  return rows.map((row) => ({
    dispatchId: row.dispatch_id,
    companyId: row.company_id,
    reason: row.reason,
    placedBy: row.placed_by,
    placedAt: row.placed_at,
  }));
}
