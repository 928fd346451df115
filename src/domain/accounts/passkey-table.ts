import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '#stores/database';

export interface PasskeyTables {
  passkeys: {
    id: string;
    user_id: string;
    name: string;
    public_key: Buffer;
    sign_count: number;
    transports: string[];
    created_at: Date;
    last_used_at: Date | null;
  };
  passkey_challenges: { challenge: string; user_id: string | null; expires_at: Date };
}

type PasskeyTx = Tx<PasskeyTables>;
export type PasskeyRow = Selectable<PasskeyTables['passkeys']>;

export function selectPasskeys(tx: PasskeyTx, userId: string): Promise<PasskeyRow[]> {
  return tx
    .selectFrom('passkeys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** The key of that credential, locked: its counter is compared and raised. */
export function lockPasskey(tx: PasskeyTx, id: string): Promise<PasskeyRow | undefined> {
  return tx.selectFrom('passkeys').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** False when somebody has that credential already. */
export async function insertPasskey(
  tx: PasskeyTx,
  row: Insertable<PasskeyTables['passkeys']>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('passkeys')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function updatePasskey(
  tx: PasskeyTx,
  id: string,
  change: { readonly sign_count: number; readonly last_used_at: Date },
): Promise<void> {
  await tx.updateTable('passkeys').set(change).where('id', '=', id).execute();
}

export async function deletePasskey(tx: PasskeyTx, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('passkeys')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Keeps a question, and forgets those that nobody answered in time. */
export async function insertChallenge(
  tx: PasskeyTx,
  row: Insertable<PasskeyTables['passkey_challenges']>,
  now: Date,
): Promise<void> {
  await tx.deleteFrom('passkey_challenges').where('expires_at', '<', now).execute();
  await tx.insertInto('passkey_challenges').values(row).execute();
}

/** Uses a question up; false when it was not asked of that user, was answered before, or is too old. */
export async function takeChallenge(
  tx: PasskeyTx,
  of: { readonly challenge: string; readonly userId: string | null },
  now: Date,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('passkey_challenges')
    .where('challenge', '=', of.challenge)
    .where('user_id', of.userId === null ? 'is' : '=', of.userId)
    .where('expires_at', '>=', now)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
