import type { Selectable } from 'kysely';
import type { Tx } from '#stores/database';
import type { NewcomerRole } from './single-sign-on.ts';

export interface SingleSignOnTables {
  single_sign_ons: {
    company_id: string;
    issuer: string;
    client_id: string;
    /** Sealed for `secretPurpose(company_id)`. */
    client_secret: Buffer;
    newcomer_role: NewcomerRole | null;
    changed_at: Date;
    last_used_at: Date | null;
  };
  single_sign_on_people: { company_id: string; subject: string; user_id: string; since: Date };
  single_sign_on_answers: { state_hash: Buffer; expires_at: Date };
}

export type SingleSignOnRow = Selectable<SingleSignOnTables['single_sign_ons']>;
type SignOnTx = Tx<SingleSignOnTables>;

export async function selectSignOn(tx: SignOnTx, companyId: string): Promise<SingleSignOnRow | null> {
  const row = await tx
    .selectFrom('single_sign_ons')
    .selectAll()
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return row ?? null;
}

/** Those of these companies that have it, in the same order. */
export async function selectWithSignOn(tx: SignOnTx, companyIds: readonly string[]): Promise<string[]> {
  if (companyIds.length === 0) return [];
  const rows = await tx
    .selectFrom('single_sign_ons')
    .select(['company_id', 'newcomer_role'])
    .where('company_id', 'in', companyIds)
    .execute();
  const found = new Set(rows.map((row) => row.company_id));
  return companyIds.filter((id) => found.has(id));
}

/** The first of these companies that lets newcomers in. */
export async function selectWelcoming(tx: SignOnTx, companyIds: readonly string[]): Promise<string | null> {
  if (companyIds.length === 0) return null;
  const rows = await tx
    .selectFrom('single_sign_ons')
    .select('company_id')
    .where('company_id', 'in', companyIds)
    .where('newcomer_role', 'is not', null)
    .execute();
  const found = new Set(rows.map((row) => row.company_id));
  return companyIds.find((id) => found.has(id)) ?? null;
}

export async function upsertSignOn(tx: SignOnTx, row: SingleSignOnRow): Promise<void> {
  const { company_id: _company, ...rest } = row;
  await tx
    .insertInto('single_sign_ons')
    .values(row)
    .onConflict((conflict) => conflict.column('company_id').doUpdateSet(rest))
    .execute();
}

export async function touchSignOn(tx: SignOnTx, companyId: string, at: Date): Promise<void> {
  await tx
    .updateTable('single_sign_ons')
    .set({ last_used_at: at })
    .where('company_id', '=', companyId)
    .execute();
}

export async function deleteSignOn(tx: SignOnTx, companyId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('single_sign_ons')
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Forgets who was who for an issuer. */
export async function deletePeople(tx: SignOnTx, companyId: string): Promise<void> {
  await tx.deleteFrom('single_sign_on_people').where('company_id', '=', companyId).execute();
}

export async function selectUserOfSubject(
  tx: SignOnTx,
  companyId: string,
  subject: string,
): Promise<string | null> {
  const row = await tx
    .selectFrom('single_sign_on_people')
    .select('user_id')
    .where('company_id', '=', companyId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.user_id ?? null;
}

/** Ties a member to a subject of the issuer; false when he is tied to another one. */
export async function insertPerson(
  tx: SignOnTx,
  row: Selectable<SingleSignOnTables['single_sign_on_people']>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('single_sign_on_people')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes a state that came back, once; false when it came before. Forgets those that are too old anyway. */
export async function takeAnswer(
  tx: SignOnTx,
  row: Selectable<SingleSignOnTables['single_sign_on_answers']>,
  now: Date,
): Promise<boolean> {
  await tx.deleteFrom('single_sign_on_answers').where('expires_at', '<', now).execute();
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('single_sign_on_answers')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
