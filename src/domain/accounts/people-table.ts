import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '#stores/database';
import { type AccountTables, toUser } from './account-table.ts';
import type { MemberLimits, Role, User } from './user.ts';

export interface PeopleTables {
  invitations: {
    id: string;
    company_id: string;
    purpose: 'join' | 'reset';
    email: string;
    role: Role;
    token_hash: Buffer;
    created_by: string | null;
    created_at: Date;
    expires_at: Date;
    used_at: Date | null;
    revoked_at: Date | null;
  };
}

type PeopleTx = Tx<PeopleTables & AccountTables>;
export type InvitationRow = Selectable<PeopleTables['invitations']>;

/** Somebody who may sign in for a company. */
export interface Member {
  readonly userId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: Role;
  readonly limits: MemberLimits;
  readonly since: Date;
}

/** The people of a company, who was first stands first. */
export async function selectMembers(tx: PeopleTx, companyId: string): Promise<Member[]> {
  const rows = await tx
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(['users.id', 'users.email', 'users.first_name', 'users.last_name'])
    .select(['members.role', 'members.kinds', 'members.sender_ids', 'members.created_at'])
    .where('members.company_id', '=', companyId)
    .orderBy('members.created_at')
    .orderBy('users.id')
    .execute();
  return rows.map((row) => ({
    userId: row.id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    role: row.role,
    limits: { kinds: row.kinds, senderIds: row.sender_ids },
    since: row.created_at,
  }));
}

/** The addresses with which the company's people sign in. */
export async function selectMemberAddresses(tx: Tx<AccountTables>, companyId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select('users.email')
    .where('members.company_id', '=', companyId)
    .execute();
  return rows.map((row) => row.email);
}

/** The company's first owner: programs send in his name. */
export async function selectOwner(tx: Tx<AccountTables>, companyId: string): Promise<User | null> {
  const row = await tx
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .selectAll('users')
    .where('members.company_id', '=', companyId)
    .where('members.role', '=', 'owner')
    .orderBy('members.created_at')
    .limit(1)
    .executeTakeFirst();
  return row ? toUser(row) : null;
}

/** Locks the roles of a company until the transaction ends: two owners must not both leave as the last one. */
export async function lockRoles(tx: PeopleTx, companyId: string): Promise<Map<string, Role>> {
  const rows = await tx
    .selectFrom('members')
    .select(['user_id', 'role'])
    .where('company_id', '=', companyId)
    .orderBy('user_id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.user_id, row.role]));
}

export async function updateRole(tx: PeopleTx, companyId: string, userId: string, role: Role): Promise<void> {
  await tx
    .updateTable('members')
    .set({ role })
    .where('company_id', '=', companyId)
    .where('user_id', '=', userId)
    .execute();
}

/** What a member may send; everything for owners and for whoever is no member. */
export async function selectLimits(
  tx: Tx<AccountTables>,
  companyId: string,
  userId: string,
): Promise<MemberLimits> {
  const row = await tx
    .selectFrom('members')
    .select(['kinds', 'sender_ids'])
    .where('company_id', '=', companyId)
    .where('user_id', '=', userId)
    .where('role', '!=', 'owner')
    .executeTakeFirst();
  return { kinds: row?.kinds ?? null, senderIds: row?.sender_ids ?? null };
}

export async function updateLimits(
  tx: PeopleTx,
  companyId: string,
  userId: string,
  { kinds, senderIds }: MemberLimits,
): Promise<void> {
  await tx
    .updateTable('members')
    .set({ kinds: kinds && [...kinds], sender_ids: senderIds && [...senderIds] })
    .where('company_id', '=', companyId)
    .where('user_id', '=', userId)
    .execute();
}

export async function deleteMember(tx: PeopleTx, companyId: string, userId: string): Promise<void> {
  await tx.deleteFrom('members').where('company_id', '=', companyId).where('user_id', '=', userId).execute();
}

export async function insertInvitation(
  tx: PeopleTx,
  row: Insertable<PeopleTables['invitations']>,
): Promise<void> {
  await tx.insertInto('invitations').values(row).execute();
}

/** Invitations of a company that can still be used, newest first. */
export function selectOpenInvitations(tx: PeopleTx, companyId: string, now: Date): Promise<InvitationRow[]> {
  return tx
    .selectFrom('invitations')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute();
}

/** The companies that have invited an address, which can still be used; the newest invitation first. */
export async function selectInvitedTo(tx: PeopleTx, email: string, now: Date): Promise<string[]> {
  const rows = await tx
    .selectFrom('invitations')
    .select('company_id')
    .where((where) => where.eb(where.fn('lower', ['email']), '=', email.toLowerCase()))
    .where('purpose', '=', 'join')
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => row.company_id);
}

/** The invitation of that token, of whatever company, if it can still be used; locked. */
export function lockInvitation(
  tx: PeopleTx,
  tokenHash: Buffer,
  now: Date,
): Promise<InvitationRow | undefined> {
  return tx
    .selectFrom('invitations')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst();
}

/** Ends an invitation; false when it has ended already. */
export async function endInvitation(
  tx: PeopleTx,
  companyId: string,
  id: string,
  change: { used_at: Date } | { revoked_at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invitations')
    .set(change)
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
