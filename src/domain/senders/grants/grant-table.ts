import { type Selectable, sql } from 'kysely';
import { openSecret } from '#base/crypto';
import type { Tx } from '#stores/database';
import { type GrantRef, type GrantState, tokenPurpose } from './grant.ts';
import type { ProviderName } from './provider.ts';

export interface GrantTables {
  sender_grants: {
    sender_id: string;
    company_id: string;
    provider: ProviderName;
    account: string;
    scopes: string;
    refresh_token: Buffer | null;
    access_token: Buffer | null;
    access_until: Date | null;
    state: GrantState;
    granted_at: Date;
    renewed_at: Date;
    lease: string | null;
    lease_until: Date | null;
    tries: number;
  };
}

/** A row with its sealed tokens, which stay inside this folder. */
export type GrantRow = Selectable<GrantTables['sender_grants']>;
type GrantTx = Tx<GrantTables>;

export async function selectGrant(tx: GrantTx, ref: GrantRef): Promise<GrantRow | null> {
  const row = await tx
    .selectFrom('sender_grants')
    .selectAll()
    .where('company_id', '=', ref.companyId)
    .where('sender_id', '=', ref.senderId)
    .executeTakeFirst();
  return row ?? null;
}

/** The same, locked until the transaction ends: whoever takes its lease must know the tokens as they are then. */
export async function lockGrant(tx: GrantTx, ref: GrantRef): Promise<GrantRow | null> {
  const row = await tx
    .selectFrom('sender_grants')
    .selectAll()
    .where('company_id', '=', ref.companyId)
    .where('sender_id', '=', ref.senderId)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function selectGrants(tx: GrantTx, companyId: string): Promise<GrantRow[]> {
  return tx.selectFrom('sender_grants').selectAll().where('company_id', '=', companyId).execute();
}

/** Puts a new grant in the place of the sender's old one. */
export async function saveGrant(
  tx: GrantTx,
  row: Omit<GrantRow, 'lease' | 'lease_until' | 'tries'>,
): Promise<void> {
  const fresh = { lease: null, lease_until: null, tries: 0 };
  const { sender_id, company_id, ...columns } = { ...row, ...fresh };
  await tx
    .insertInto('sender_grants')
    .values({ ...row, ...fresh })
    .onConflict((conflict) =>
      conflict.column('sender_id').doUpdateSet(columns).where('sender_grants.company_id', '=', company_id),
    )
    .execute();
}

/** Takes the right to renew a grant for this one caller; false when somebody else has it. */
export async function takeLease(
  tx: GrantTx,
  ref: GrantRef,
  lease: { readonly name: string; readonly now: Date; readonly until: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sender_grants')
    .set({ lease: lease.name, lease_until: lease.until })
    .where('company_id', '=', ref.companyId)
    .where('sender_id', '=', ref.senderId)
    .where((or) => or.or([or('lease_until', 'is', null), or('lease_until', '<', lease.now)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Writes what came of a renewal and gives the lease back; false when it was taken over, or the grant replaced, meanwhile. */
export async function endLease(
  tx: GrantTx,
  ref: GrantRef,
  lease: string,
  columns: Partial<GrantRow>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sender_grants')
    .set({ ...columns, lease: null, lease_until: null })
    .where('company_id', '=', ref.companyId)
    .where('sender_id', '=', ref.senderId)
    .where('lease', '=', lease)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Marks the grant of a removed sender: it is to be given back. False when there is none. */
export async function leaveGrant(tx: GrantTx, ref: GrantRef): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sender_grants')
    .set({ state: 'leaving' })
    .where('company_id', '=', ref.companyId)
    .where('sender_id', '=', ref.senderId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function deleteGrant(tx: GrantTx, ref: GrantRef): Promise<void> {
  await tx
    .deleteFrom('sender_grants')
    .where('company_id', '=', ref.companyId)
    .where('sender_id', '=', ref.senderId)
    .execute();
}

/** Grants over all companies that are to be given back, or were not renewed since `before`. For workers. */
export async function selectGrantsToTend(tx: GrantTx, before: Date, limit: number): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select * from sender_grants where state = 'leaving' or (state = 'live' and renewed_at < ${before})
    order by state = 'live', tries, renewed_at limit ${limit}`.execute(tx);
  return rows;
}

/** How many other senders, of whatever company, live on a grant of the same account. For workers. */
export async function countOthers(
  tx: GrantTx,
  row: Pick<GrantRow, 'provider' | 'account' | 'sender_id'>,
): Promise<number> {
  const { count } = await tx
    .selectFrom('sender_grants')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('provider', '=', row.provider)
    .where('account', '=', row.account)
    .where('sender_id', '<>', row.sender_id)
    .where('state', '=', 'live')
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function countTry(tx: GrantTx, ref: GrantRef): Promise<number> {
  const row = await tx
    .updateTable('sender_grants')
    .set((of) => ({ tries: of('tries', '+', 1) }))
    .where('company_id', '=', ref.companyId)
    .where('sender_id', '=', ref.senderId)
    .returning('tries')
    .executeTakeFirst();
  return row?.tries ?? 0;
}

/** A token of a grant; null where there is none, or it was sealed under another key. */
export function openToken(key: Uint8Array, row: GrantRow, which: 'refresh' | 'access'): string | null {
  const sealed = which === 'refresh' ? row.refresh_token : row.access_token;
  try {
    return sealed && openSecret(key, tokenPurpose(row.sender_id, which), sealed);
  } catch {
    return null;
  }
}
