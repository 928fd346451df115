import type { Selectable } from 'kysely';
import type { Tx } from '#stores/database';

export interface FactorTables {
  second_factors: {
    user_id: string;
    secret: Buffer;
    confirmed_at: Date | null;
    last_epoch: number;
    created_at: Date;
  };
  recovery_codes: { user_id: string; code_hash: Buffer; used_at: Date | null };
}

type FactorTx = Tx<FactorTables>;
export type FactorRow = Selectable<FactorTables['second_factors']>;

/** The second factor of a user, locked: a code is used once, also when it comes twice at the same moment. */
export function lockFactor(tx: FactorTx, userId: string): Promise<FactorRow | undefined> {
  return tx
    .selectFrom('second_factors')
    .selectAll()
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
}

/** Begins anew; one that is confirmed stays as it is. */
export async function upsertFactor(tx: FactorTx, row: FactorRow): Promise<void> {
  await tx
    .insertInto('second_factors')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ secret: row.secret, created_at: row.created_at })
        .where('second_factors.confirmed_at', 'is', null),
    )
    .execute();
}

export async function updateFactor(
  tx: FactorTx,
  userId: string,
  change: { confirmed_at?: Date; last_epoch?: number },
): Promise<void> {
  await tx.updateTable('second_factors').set(change).where('user_id', '=', userId).execute();
}

export async function deleteFactor(tx: FactorTx, userId: string): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await tx.deleteFrom('second_factors').where('user_id', '=', userId).execute();
}

export async function replaceCodes(tx: FactorTx, userId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await tx
    .insertInto('recovery_codes')
    .values(hashes.map((code_hash) => ({ user_id: userId, code_hash, used_at: null })))
    .execute();
}

/** Uses a recovery code; false when there is none such, or it was used. */
export async function useCode(tx: FactorTx, userId: string, hash: Buffer, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
