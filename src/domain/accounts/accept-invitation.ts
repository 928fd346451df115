import { hashPassword, sha256, verifyPassword } from '#base/crypto';
import { newId } from '#base/ids';
import type { Language } from '#base/language';
import { type EvidenceTables, record } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import type { AccessTables } from './access-table.ts';
import {
  type AccountTables,
  insertUser,
  selectCompany,
  selectUserByEmail,
  updateUser,
} from './account-table.ts';
import { type Invitation, toInvitation } from './invite.ts';
import { insertMember, selectMemberships } from './membership-table.ts';
import { endInvitation, type InvitationRow, lockInvitation, type PeopleTables } from './people-table.ts';
import { deleteSessionsOf } from './session-table.ts';
import { shortestPassword } from './user.ts';

type Accounts = Database<PeopleTables & AccountTables & AccessTables & EvidenceTables>;

/** What a link says to whoever opens it; null when it is unknown, used, taken back or too old. */
export function readInvitation(
  accounts: Accounts,
  token: string,
  now: Date,
): Promise<(Invitation & { readonly companyName: string; readonly hasAccount: boolean }) | null> {
  return asWorker(accounts, async (tx) => {
    const row = await lockInvitation(tx, sha256(token), now);
    if (!row) return null;
    const company = await selectCompany(tx, row.company_id);
    const user = await selectUserByEmail(tx, row.email);
    return { ...toInvitation(row), companyName: company?.name ?? '', hasAccount: user !== null };
  });
}

export interface Joining {
  readonly token: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly password: string;
  readonly language: Language;
}

export type Joined =
  | { readonly ok: true; readonly userId: string; readonly companyId: string }
  | {
      readonly ok: false;
      readonly reason:
        | 'link_ended'
        | 'password_too_short'
        | 'wrong_password'
        | 'required'
        | 'in_other_companies';
    };

/**
 * Uses a link once: a new person gets an account, one who has an account proves it with its password and gets the company besides, and a
 * reset sets the new password and ends all sessions.
 */
export async function acceptInvitation(accounts: Accounts, joining: Joining, now: Date): Promise<Joined> {
  const known = await readInvitation(accounts, joining.token, now);
  if (!known) return { ok: false, reason: 'link_ended' };
  const isNew = known.purpose === 'reset' || !known.hasAccount;
  if (isNew && joining.password.length < shortestPassword) return { ok: false, reason: 'password_too_short' };
  if (!known.hasAccount && joining.firstName.trim() === '') return { ok: false, reason: 'required' };
  const passwordHash = isNew ? await hashPassword(joining.password) : null;
  return asWorker(accounts, async (tx) => {
    const row = await lockInvitation(tx, sha256(joining.token), now);
    if (!row) return { ok: false, reason: 'link_ended' };
    const done = await useInvitation(tx, row, joining, passwordHash, now);
    if (!done.ok) return done;
    await endInvitation(tx, row.company_id, row.id, { used_at: now });
    await record(tx, [
      {
        type: row.purpose === 'join' ? 'account.joined' : 'account.password_reset',
        companyId: row.company_id,
        at: now,
        actor: 'user',
        data: { invitation: row.id, userId: done.userId, role: row.role },
      },
    ]);
    return done;
  });
}

async function useInvitation(
  tx: Tx<PeopleTables & AccountTables & AccessTables & EvidenceTables>,
  row: InvitationRow,
  joining: Joining,
  passwordHash: string | null,
  now: Date,
): Promise<Joined> {
  const user = await selectUserByEmail(tx, row.email);
  const companyId = row.company_id;
  if (row.purpose === 'reset') {
    if (!user || !passwordHash) return { ok: false, reason: 'link_ended' };
    // An owner must not get into the other companies of a member; whoever asked himself has proven the mailbox.
    const isOwn = row.created_by === user.id;
    if (!isOwn && (await selectMemberships(tx, user.id)).length > 1)
      return { ok: false, reason: 'in_other_companies' };
    await updateUser(tx, user.id, { passwordHash });
    await deleteSessionsOf(tx, user.id);
    return { ok: true, userId: user.id, companyId };
  }
  if (user && !(await verifyPassword(joining.password, user.password_hash)))
    return { ok: false, reason: 'wrong_password' };
  const userId = user?.id ?? newId('user', now);
  if (!user)
    await insertUser(tx, {
      id: userId,
      email: row.email,
      first_name: joining.firstName.trim().slice(0, 100),
      last_name: joining.lastName.trim().slice(0, 100),
      password_hash: passwordHash ?? '',
      language: joining.language,
      created_at: now,
    });
  await insertMember(tx, { company_id: companyId, user_id: userId, role: row.role, created_at: now });
  return { ok: true, userId, companyId };
}
