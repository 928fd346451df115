import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { addressNeedsProof, replyToNeedsProof } from './addresses/need-proof.ts';
import { deleteAssignmentsOf, selectRule } from './addresses/rule-table.ts';
import { readAccess, type SenderChange, toBeChecked } from './change-access.ts';
import { followMain } from './follow-main.ts';
import { leaveGrant, selectGrant } from './grants/grant-table.ts';
import { stateOf } from './house-sender.ts';
import type { SenderDeps } from './new-sender.ts';
import type { Refused, SenderRefusal, SenderResult } from './sender.ts';
import { type Read, readAddress, readName } from './sender-input.ts';
import { noLimits, readLimits } from './sender-limits.ts';
import {
  clearDefault,
  lockSenders,
  type SenderRow,
  type SenderTables,
  toSender,
  updateSender,
} from './sender-table.ts';

type SenderTx = Tx<SenderTables & EvidenceTables>;

/** Who changes what; `companyId` is the company that the person is signed in to. */
export interface SenderRef {
  readonly companyId: string;
  readonly senderId: string;
}

/**
 * Changes a sender. New settings, address or password make a valid one `unchecked`. Refuses `password_needed_again` when host or user
 * change and no password is typed, and to change more of the sandbox than its name, address and reply-to.
 */
export async function changeSender(
  tx: SenderTx,
  deps: SenderDeps,
  ref: SenderRef,
  change: SenderChange,
  actor: Actor,
  now: Date,
): Promise<SenderResult> {
  const row = await lockSender(tx, ref);
  if (!row || row.deleted_at || !toSender(row)) return { ok: false, reason: 'not_found' };
  const identity = readIdentity(row, change);
  if (!identity.ok) return identity;
  // What was granted is for this account: for another address there is another sender.
  if (identity.value.address && (await selectGrant(tx, ref)))
    return { ok: false, reason: 'account_is_fixed' };
  const atDomain = await standingAt(tx, row, identity.value);
  if (!atDomain) return { ok: false, reason: 'domain_not_added' };
  const access = readAccess(row, change, deps);
  if (!access.ok) return access;
  const changes = await withNewProofs(tx, row, { ...identity.value, ...access.value, ...atDomain });
  const fields = Object.keys(changes)
    .filter((field) => !unspoken.has(field))
    .sort();
  if (fields.length === 0) return resultOf(row);
  await updateSender(tx, row, changes);
  if ('settings' in changes || 'secret' in changes)
    await followMain(tx, deps.key, { ...row, ...changes }, await lockSenders(tx, row.company_id));
  await record(tx, [
    { type: 'sender.changed', companyId: row.company_id, at: now, actor, data: { sender: row.id, fields } },
  ]);
  return resultOf({ ...row, ...changes });
}

/** What follows from other changes and is not told in the event. */
const unspoken: ReadonlySet<string> = new Set([
  'state',
  'checked_at',
  'problem',
  'reply_to_proven',
  'via_sender_id',
]);

/** Makes a sender the one that is used unless another is chosen. Refuses one that is not `valid`. */
export async function setDefaultSender(
  tx: SenderTx,
  ref: SenderRef,
  actor: Actor,
  now: Date,
): Promise<SenderResult> {
  const row = await lockSender(tx, ref);
  if (!row || row.deleted_at || row.provider || !toSender(row)) return { ok: false, reason: 'not_found' };
  if (row.state !== 'valid') return { ok: false, reason: 'sender_not_valid' };
  if (row.is_default) return resultOf(row);
  await clearDefault(tx, row.company_id);
  await updateSender(tx, row, { is_default: true });
  await record(tx, [
    { type: 'sender.made_default', companyId: row.company_id, at: now, actor, data: { sender: row.id } },
  ]);
  return resultOf({ ...row, is_default: true });
}

/**
 * Takes a sender out of use and forgets its password, or has its grant given back; its row stays for the messages that name it.
 * Refuses the sandbox and the default, and one that the rule in force points to: another one is put there first, so that nothing is
 * replaced in silence.
 */
export async function deleteSender(
  tx: SenderTx,
  ref: SenderRef,
  actor: Actor,
  now: Date,
): Promise<{ readonly ok: true } | Refused<SenderRefusal>> {
  const row = await lockSender(tx, ref);
  if (!row || row.deleted_at || row.provider) return { ok: false, reason: 'not_found' };
  if (row.method === 'sandbox') return { ok: false, reason: 'sandbox_is_fixed' };
  if (row.is_default) return { ok: false, reason: 'sender_is_default' };
  const { rule, users, kinds } = await selectRule(tx, row.company_id);
  const used = rule === 'per_user' ? users : rule === 'per_kind' ? kinds : {};
  if (Object.values(used).includes(row.id)) return { ok: false, reason: 'sender_in_rule' };
  await deleteAssignmentsOf(tx, row.company_id, row.id);
  await updateSender(tx, row, { deleted_at: now, secret: null });
  await leaveGrant(tx, ref);
  await record(tx, [
    { type: 'sender.removed', companyId: row.company_id, at: now, actor, data: { sender: row.id } },
  ]);
  return { ok: true };
}

/** At its domain another address is as good as the one before; null where it is at none of the company's domains. */
async function standingAt(
  tx: SenderTx,
  row: SenderRow,
  { address }: Partial<SenderRow>,
): Promise<Partial<SenderRow> | null> {
  if (row.method !== 'domain' || address === undefined) return {};
  const state = await stateOf(tx, { ...row, address });
  if (state === null) return null;
  return row.state === 'broken' ? {} : { state };
}

/** A new address, or one for answers, may have to be proven; a server of its own frees it from the one that it used. */
async function withNewProofs(
  tx: SenderTx,
  row: SenderRow,
  changes: Partial<SenderRow>,
): Promise<Partial<SenderRow>> {
  const alone =
    'settings' in changes && row.method === 'smtp' ? { ...changes, via_sender_id: null } : changes;
  if (!('address' in alone) && !('reply_to' in alone) && !('via_sender_id' in alone)) return alone;
  const after: SenderRow = { ...row, ...alone };
  const proven = { ...alone, reply_to_proven: !(await replyToNeedsProof(tx, after)) };
  if (await addressNeedsProof(tx, after))
    return { ...proven, state: 'broken', problem: 'address_not_confirmed' };
  const waited = row.problem === 'address_not_confirmed';
  return waited ? { ...proven, state: 'unchecked', problem: null } : proven;
}

function readIdentity(row: SenderRow, change: SenderChange): Read<Partial<SenderRow>> {
  const changes: Partial<SenderRow> = {};
  if (change.name !== undefined) {
    const name = readName(change.name);
    if (!name.ok) return name;
    if (name.value !== row.name) changes.name = name.value;
  }
  if (change.address !== undefined) {
    const address = readAddress(change.address, 'address_invalid');
    if (!address.ok) return address;
    // The server may not let this account send for another address: that is to be tried again.
    if (address.value !== row.address && row.method === 'platform')
      return { ok: false, reason: 'platform_is_fixed' };
    if (address.value !== row.address) Object.assign(changes, { address: address.value }, toBeChecked(row));
  }
  if (change.replyTo !== undefined) {
    const replyTo = change.replyTo ? readAddress(change.replyTo, 'reply_to_invalid') : undefined;
    if (replyTo && !replyTo.ok) return replyTo;
    if ((replyTo?.value ?? null) !== row.reply_to) changes.reply_to = replyTo?.value ?? null;
  }
  if (change.limits !== undefined) {
    const limits = readLimits(change.limits);
    if (!limits) return { ok: false, reason: 'limit_invalid' };
    if (JSON.stringify(limits) !== JSON.stringify({ ...noLimits, ...row.limits })) changes.limits = limits;
  }
  return { ok: true, value: changes };
}

async function lockSender(tx: SenderTx, ref: SenderRef): Promise<SenderRow | undefined> {
  return (await lockSenders(tx, ref.companyId)).find((row) => row.id === ref.senderId);
}

function resultOf(row: SenderRow): SenderResult {
  const sender = toSender(row);
  return sender ? { ok: true, sender } : { ok: false, reason: 'not_found' };
}
