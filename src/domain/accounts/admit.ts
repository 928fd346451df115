import { hashPassword, randomToken } from '#base/crypto';
import { newId } from '#base/ids';
import type { Language } from '#base/language';
import { type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { type AccountTables, insertUser, selectUserByEmail } from './account-table.ts';
import { insertMember, selectMemberships } from './membership-table.ts';
import { endInvitation, type PeopleTables, selectOpenInvitations } from './people-table.ts';
import type { PlanTables } from './plan.ts';
import { selectWithout } from './plan-table.ts';
import type { Role } from './user.ts';
import { hasRoom } from './user-room.ts';

/** Somebody whom a company's identity service vouches for, by an address that it has verified. */
export interface Admitting {
  readonly companyId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly language: Language;
  /** The address is at a domain that the company has proved to be its own. */
  readonly isOwnDomain: boolean;
  /** What an uninvited person with such an address becomes; null: nobody does. */
  readonly newcomerRole: Role | null;
}

export type Admitted =
  | { readonly ok: true; readonly userId: string }
  | { readonly ok: false; readonly reason: 'not_invited' | 'join_first' | 'plan_required' | 'user_limit' };

type AdmitTx = Tx<AccountTables & PeopleTables & PlanTables & EvidenceTables>;

/**
 * Takes somebody in who was invited, or whose address is at a proved domain where the owner lets such people in; one who is a member already
 * is told who he is. Refuses an account that belongs to other companies unless the domain is proved: the word of a service that an owner
 * chose himself must not make a stranger's account act for him.
 */
export async function admit(tx: AdmitTx, given: Admitting, now: Date): Promise<Admitted> {
  const { companyId, email, isOwnDomain } = given;
  const user = await selectUserByEmail(tx, email);
  const memberships = user ? await selectMemberships(tx, user.id) : [];
  if (user && memberships.some((one) => one.companyId === companyId)) return { ok: true, userId: user.id };
  const invitation = (await selectOpenInvitations(tx, companyId, now)).find(
    (one) => one.purpose === 'join' && one.email.toLowerCase() === email.toLowerCase(),
  );
  const role = invitation?.role ?? (isOwnDomain ? given.newcomerRole : null);
  if (!role) return { ok: false, reason: 'not_invited' };
  if (user && !isOwnDomain) return { ok: false, reason: 'join_first' };
  if (!invitation && (await selectWithout(tx, [companyId], 'users')).size > 0)
    return { ok: false, reason: 'plan_required' };
  if (!invitation && !(await hasRoom(tx, companyId, now))) return { ok: false, reason: 'user_limit' };
  const userId = user?.id ?? (await makeUser(tx, given, now));
  await insertMember(tx, { company_id: companyId, user_id: userId, role, created_at: now });
  if (invitation) await endInvitation(tx, companyId, invitation.id, { used_at: now });
  const data = { invitation: invitation?.id ?? null, userId, role, by: 'single_sign_on' };
  await record(tx, [{ type: 'account.joined', companyId, at: now, actor: 'user', data }]);
  return { ok: true, userId };
}

/** A new account with a password that nobody knows; whoever reads the mailbox may set one by "Password forgotten?". */
async function makeUser(tx: AdmitTx, given: Admitting, now: Date): Promise<string> {
  const id = newId('user', now);
  await insertUser(tx, {
    id,
    email: given.email,
    first_name: given.firstName.trim().slice(0, 100),
    last_name: given.lastName.trim().slice(0, 100),
    password_hash: await hashPassword(randomToken()),
    language: given.language,
    created_at: now,
  });
  return id;
}
