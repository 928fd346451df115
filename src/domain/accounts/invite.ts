import { randomToken, sha256 } from '#base/crypto';
import { newId } from '#base/ids';
import { after, day, hour, minute } from '#base/time';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import { parseAddress } from '#mail/address';
import { asWorker, type Database, type Tx } from '#stores/database';
import { type AccessTables, countFailures, insertFailures } from './access-table.ts';
import { type AccountTables, selectUserByEmail, toUser } from './account-table.ts';
import { selectMemberships } from './membership-table.ts';
import {
  endInvitation,
  type InvitationRow,
  insertInvitation,
  type PeopleTables,
  selectMembers,
  selectOpenInvitations,
} from './people-table.ts';
import type { Role, User } from './user.ts';
import { hasRoom } from './user-room.ts';

type Accounts = Database<PeopleTables & AccountTables & AccessTables & EvidenceTables>;
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
  | { readonly ok: false; readonly reason: 'bad_address' | 'is_member' | 'not_found' | 'user_limit' };

/** Invites somebody into a company; refuses one more than its plan has room for. The token is returned this once: it goes to that person as a link, and holds for 7 days. */
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
  const isAgain = (await selectOpenInvitations(tx, input.companyId, now)).some(
    (one) => one.purpose === 'join' && one.email.toLowerCase() === email.toLowerCase(),
  );
  if (!isAgain && !(await hasRoom(tx, input.companyId, now))) return { ok: false, reason: 'user_limit' };
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
    /** Absent: seven days. */
    life?: number;
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
    expires_at: after(now, input.life ?? life),
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

const resetLife = hour;
const resetWindow = 15 * minute;
const mostResets = 3;

/**
 * Makes a link by which somebody who has forgotten the password sets a new one: for whoever reads that mailbox, within an hour. Null for an address that nobody
 * signs in with, and after three in 15 minutes.
 */
export function askReset(
  accounts: Accounts,
  email: string,
  now: Date,
): Promise<{ readonly token: string; readonly companyId: string; readonly user: User } | null> {
  const name = `reset:${email.toLowerCase()}`;
  return asWorker(accounts, async (tx) => {
    const since = after(now, -resetWindow);
    const asked = await countFailures(tx, name, since);
    await insertFailures(tx, [name], now, since);
    const user = asked < mostResets ? await selectUserByEmail(tx, email) : null;
    const first = user && (await selectMemberships(tx, user.id))[0];
    if (!user || !first) return null;
    const { companyId, role } = first;
    const by = { actor: 'user', id: user.id } as const;
    const link = { companyId, email: user.email, role, purpose: 'reset', by, life: resetLife } as const;
    const made = await makeLink(tx, link, now);
    return made.ok ? { token: made.token, companyId, user: toUser(user) } : null;
  });
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

/** As it may be shown. */
export function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    purpose: row.purpose,
    email: row.email,
    role: row.role,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
