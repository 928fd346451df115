import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import type { AccessTables } from './access-table.ts';
import type { AccountTables } from './account-table.ts';
import { deleteMember, lockRoles, type PeopleTables, updateLimits, updateRole } from './people-table.ts';
import { deleteSessionsAt } from './session-table.ts';
import type { MemberLimits, Role } from './user.ts';

type Tables = PeopleTables & AccountTables & AccessTables & EvidenceTables;

export type MemberChange =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not_found' | 'last_owner' };

/** Who changes which member. */
export interface MemberRef {
  readonly companyId: string;
  readonly userId: string;
  readonly actor: Actor;
}

/** Gives a member another role. Refuses to leave a company without an owner. */
export function changeRole(
  database: Database<Tables>,
  ref: MemberRef,
  role: Role,
  now: Date,
): Promise<MemberChange> {
  return asWorker(database, async (tx) => {
    const refused = await refusalOf(tx, ref, role);
    if (refused) return refused;
    await updateRole(tx, ref.companyId, ref.userId, role);
    await tell(tx, 'account.role_changed', ref, { role }, now);
    return { ok: true };
  });
}

/** Says which kinds of document a member may send, and from which senders. Owners keep everything, whatever is said here. */
export function limitMember(
  database: Database<Tables>,
  ref: MemberRef,
  limits: MemberLimits,
  now: Date,
): Promise<MemberChange> {
  return asWorker(database, async (tx) => {
    const roles = await lockRoles(tx, ref.companyId);
    if (!roles.has(ref.userId)) return { ok: false, reason: 'not_found' };
    await updateLimits(tx, ref.companyId, ref.userId, limits);
    await tell(tx, 'account.limited', ref, { kinds: limits.kinds, senderIds: limits.senderIds }, now);
    return { ok: true };
  });
}

/** Takes a person out of a company and ends his sessions there; what he did stays. Refuses to take the last owner. */
export function removeMember(database: Database<Tables>, ref: MemberRef, now: Date): Promise<MemberChange> {
  return asWorker(database, async (tx) => {
    const refused = await refusalOf(tx, ref, null);
    if (refused) return refused;
    await deleteSessionsAt(tx, ref.userId, ref.companyId);
    await deleteMember(tx, ref.companyId, ref.userId);
    await tell(tx, 'account.removed', ref, {}, now);
    return { ok: true };
  });
}

async function refusalOf(tx: Tx<Tables>, ref: MemberRef, role: Role | null): Promise<MemberChange | null> {
  const roles = await lockRoles(tx, ref.companyId);
  const before = roles.get(ref.userId);
  if (!before) return { ok: false, reason: 'not_found' };
  const owners = [...roles.values()].filter((one) => one === 'owner').length;
  return before === 'owner' && role !== 'owner' && owners === 1 ? { ok: false, reason: 'last_owner' } : null;
}

async function tell(
  tx: Tx<Tables>,
  type: 'account.role_changed' | 'account.limited' | 'account.removed',
  { companyId, userId, actor }: MemberRef,
  data: Readonly<Record<string, string | readonly string[] | null>>,
  now: Date,
): Promise<void> {
  await record(tx, [{ type, companyId, at: now, actor, data: { userId, ...data } }]);
}
