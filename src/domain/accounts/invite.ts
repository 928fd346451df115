import { hashPassword, randomToken, sha256, verifyPassword } from '#base/crypto';
import { newId } from '#base/ids';
import type { Language } from '#base/language';
import { after, day } from '#base/time';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import { parseAddress } from '#mail/address';
import { asWorker, type Database, type Tx } from '#stores/database';
import type { AccessTables } from './access-table.ts';
import {
  type AccountTables,
  insertMember,
  insertUser,
  selectCompany,
  selectMemberships,
  selectUserByEmail,
  updateUser,
} from './account-table.ts';
import {
  endInvitation,
  type InvitationRow,
  insertInvitation,
  lockInvitation,
  type PeopleTables,
  selectMembers,
  selectOpenInvitations,
} from './people-table.ts';
import { deleteSessionsOf } from './session-table.ts';
import { type Role, shortestPassword } from './user.ts';

type InviteTx = Tx<PeopleTables & AccountTables & EvidenceTables>;

/** A link that somebody was given, as it may be shown: without its token. */
export interface Invitation {
  readonly id: string;
  readonly purpose: 'join' | 'reset';
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const life = 7 * day;

export type Invited =
  | { readonly ok: true; readonly invitation: Invitation; readonly token: string }
  | { readonly ok: false; readonly reason: 'bad_address' | 'is_member' | 'not_found' };

/** Invites somebody into a company. The token is returned this once: it goes to that person as a link, and holds for 7 days. */
export async function invite(
  tx: InviteTx,
  input: { companyId: string; email: string; role: Role; by: { actor: Actor; id: string | null } },
  now: Date,
): Promise<Invited> {
  const address = parseAddress(input.email);
  if (!address.ok) return { ok: false, reason: 'bad_address' };
  const email = address.address.address;
  const members = await selectMembers(tx, input.companyId);
  if (members.some((one) => one.email.toLowerCase() === email.toLowerCase()))
    return { ok: false, reason: 'is_member' };
  return makeLink(tx, { ...input, email, purpose: 'join' }, now);
}

/** Makes a link by which a member sets a new password. It does nothing for somebody who belongs to other companies too: an owner would get into those. */
export async function inviteToReset(
  tx: InviteTx,
  input: { companyId: string; userId: string; by: { actor: Actor; id: string | null } },
  now: Date,
): Promise<Invited> {
  const member = (await selectMembers(tx, input.companyId)).find((one) => one.userId === input.userId);
  if (!member) return { ok: false, reason: 'not_found' };
  return makeLink(tx, { ...input, email: member.email, role: member.role, purpose: 'reset' }, now);
}

async function makeLink(
  tx: InviteTx,
  input: {
    companyId: string;
    email: string;
    role: Role;
    purpose: 'join' | 'reset';
    by: { actor: Actor; id: string | null };
  },
  now: Date,
): Promise<Invited> {
  const token = randomToken();
  const { companyId, email, role, purpose, by } = input;
  const row: InvitationRow = {
    id: newId('invitation', now),
    company_id: companyId,
    purpose,
    email,
    role,
    token_hash: sha256(token),
    created_by: by.id,
    created_at: now,
    expires_at: after(now, life),
    used_at: null,
    revoked_at: null,
  };
  await insertInvitation(tx, row);
  await record(tx, [
    {
      type: purpose === 'join' ? 'account.invited' : 'account.reset_offered',
      companyId,
      at: now,
      actor: by.actor,
      data: { invitation: row.id, role },
      personal: { email },
    },
  ]);
  return { ok: true, invitation: toInvitation(row), token };
}

export async function listInvitations(tx: InviteTx, companyId: string, now: Date): Promise<Invitation[]> {
  return (await selectOpenInvitations(tx, companyId, now)).map(toInvitation);
}

/** Takes an invitation back; false when it was used or taken back before. */
export async function revokeInvitation(
  tx: InviteTx,
  of: { readonly companyId: string; readonly id: string; readonly actor: Actor },
  now: Date,
): Promise<boolean> {
  const done = await endInvitation(tx, of.companyId, of.id, { revoked_at: now });
  if (done)
    await record(tx, [
      {
        type: 'account.invitation_revoked',
        companyId: of.companyId,
        at: now,
        actor: of.actor,
        data: { invitation: of.id },
      },
    ]);
  return done;
}

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
    if ((await selectMemberships(tx, user.id)).length > 1) return { ok: false, reason: 'in_other_companies' };
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

function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    purpose: row.purpose,
    email: row.email,
    role: row.role,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
