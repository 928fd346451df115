import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { AccountTables } from './account-table.ts';
import type { FactorTables } from './factor-table.ts';
import type { OperatorTables } from './operator-table.ts';
import type { PasskeyTables } from './passkey-table.ts';
import type { PeopleTables } from './people-table.ts';
import type { SessionTables } from './session-table.ts';
import type { SubmissionTables } from './submission-table.ts';

/** What an API key may do: everything, read and send, or read only. */
export type Rights = 'all' | 'send' | 'read';

export interface AccessTables
  extends SessionTables,
    SubmissionTables,
    PeopleTables,
    FactorTables,
    PasskeyTables,
    OperatorTables {
  api_keys: {
    id: string;
    company_id: string;
    name: string;
    key_hash: Buffer;
    hint: string;
    rights: Rights;
    created_at: Date;
    last_used_at: Date | null;
    revoked_at: Date | null;
    expires_at: Date | null;
    is_test: boolean;
  };
  sign_in_failures: { key: string; at: Date };
  idempotency_keys: {
    company_id: string;
    key: string;
    request_hash: Buffer;
    status: number | null;
    answer: string | null;
    created_at: Date;
  };
}

type AccessTx = Tx<AccessTables & AccountTables>;

export async function countFailures(tx: AccessTx, key: string, since: Date): Promise<number> {
  const row = await tx
    .selectFrom('sign_in_failures')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('key', '=', key)
    .where('at', '>', since)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Notes a failure under each key and forgets those from before `since`. */
export async function insertFailures(
  tx: AccessTx,
  keys: readonly string[],
  at: Date,
  since: Date,
): Promise<void> {
  await tx.deleteFrom('sign_in_failures').where('at', '<', since).execute();
  await tx
    .insertInto('sign_in_failures')
    .values(keys.map((key) => ({ key, at })))
    .execute();
}

export async function deleteFailures(tx: AccessTx, key: string): Promise<void> {
  await tx.deleteFrom('sign_in_failures').where('key', '=', key).execute();
}

export async function insertApiKey(tx: AccessTx, row: Insertable<AccessTables['api_keys']>): Promise<void> {
  await tx.insertInto('api_keys').values(row).execute();
}

/** The key of that hash, unless it was revoked or has expired. */
export async function selectApiKeyByHash(
  tx: AccessTx,
  keyHash: Buffer,
  now: Date,
): Promise<Selectable<AccessTables['api_keys']> | null> {
  const row = await tx
    .selectFrom('api_keys')
    .selectAll()
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .executeTakeFirst();
  return row ?? null;
}

export function selectApiKeys(
  tx: AccessTx,
  companyId: string,
): Promise<Selectable<AccessTables['api_keys']>[]> {
  return tx
    .selectFrom('api_keys')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('created_at')
    .execute();
}

export async function updateApiKey(
  tx: AccessTx,
  companyId: string,
  id: string,
  change: { last_used_at?: Date; revoked_at?: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('api_keys')
    .set(change)
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Claims the key by its insert; false when it is taken. A second claimer waits until the first transaction has ended. */
export async function insertIdempotencyKey(
  tx: AccessTx,
  row: Insertable<AccessTables['idempotency_keys']>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict((conflict) => conflict.columns(['company_id', 'key']).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function selectIdempotencyKey(
  tx: AccessTx,
  companyId: string,
  key: string,
): Promise<Selectable<AccessTables['idempotency_keys']> | null> {
  const row = await tx
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row ?? null;
}

export async function updateIdempotencyKey(
  tx: AccessTx,
  companyId: string,
  key: string,
  answer: { status: number; answer: string },
): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set(answer)
    .where('company_id', '=', companyId)
    .where('key', '=', key)
    .execute();
}

export async function deleteUnanswered(tx: AccessTx, companyId: string, key: string): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('company_id', '=', companyId)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute();
}

export async function deleteIdempotencyKeys(tx: AccessTx, before: Date): Promise<void> {
  await sql`delete from idempotency_keys where created_at < ${before}`.execute(tx);
}
