import type { Insertable } from 'kysely';
import type { Tx } from '#stores/database';
import type { AccountTables } from './account-table.ts';
import type { Role } from './user.ts';

type AccountTx = Tx<AccountTables>;

export async function insertMember(tx: AccountTx, row: Insertable<AccountTables['members']>): Promise<void> {
  await tx.insertInto('members').values(row).execute();
}

/** That somebody belongs to a company. */
export interface Membership {
  readonly companyId: string;
  readonly role: Role;
  /** The company lets this person in by its single sign-on only. */
  readonly needsSingleSignOn: boolean;
}

/** The companies of a user with his role, oldest first. */
export async function selectMemberships(tx: AccountTx, userId: string): Promise<Membership[]> {
  const rows = await tx
    .selectFrom('members')
    .innerJoin('companies', 'companies.id', 'members.company_id')
    .select(['members.company_id', 'members.role', 'companies.single_sign_on_only'])
    .where('members.user_id', '=', userId)
    .orderBy('members.created_at')
    .execute();
  return rows.map((row) => ({
    companyId: row.company_id,
    role: row.role,
    needsSingleSignOn: row.single_sign_on_only && row.role !== 'owner',
  }));
}

/** Says whether a company's people come in by its single sign-on only; owners always may by password. */
export async function updateSingleSignOnOnly(tx: AccountTx, companyId: string, only: boolean): Promise<void> {
  await tx.updateTable('companies').set({ single_sign_on_only: only }).where('id', '=', companyId).execute();
}

/** Whether a company's people come in by its single sign-on only. */
export async function selectSingleSignOnOnly(tx: AccountTx, companyId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('companies')
    .select('single_sign_on_only')
    .where('id', '=', companyId)
    .executeTakeFirst();
  return row?.single_sign_on_only ?? false;
}
