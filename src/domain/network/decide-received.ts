import { type EvidenceTables, record } from '#domain/evidence';
import { notify, type Tx } from '#stores/database';
import type { NetworkTables } from './network-tables.ts';
import { networkDue } from './open-hand-overs.ts';
import type { Received } from './received.ts';
import { selectReceived, updateReceived } from './received-table.ts';

export const longestReason = 1000;

export interface Decision {
  readonly companyId: string;
  readonly receivedId: string;
  readonly as: 'accepted' | 'rejected';
  /** Needed for `rejected`; the sender reads it. */
  readonly reason?: string;
  readonly by: { readonly actor: 'user' | 'program'; readonly id: string; readonly name: string };
}

export type Decided =
  | { readonly ok: true; readonly received: Received }
  | {
      readonly ok: false;
      readonly reason: 'not_found' | 'already_decided' | 'reason_missing' | 'reason_too_long';
    };

/**
 * Accepts or rejects what was received; the worker carries the decision to the sender. Refuses a second decision, and a rejection without
 * a reason. The same decision again is no mistake.
 */
export async function decideReceived(
  tx: Tx<NetworkTables & EvidenceTables>,
  { companyId, receivedId, as, by, ...given }: Decision,
  now: Date,
): Promise<Decided> {
  const reason = (given.reason ?? '').trim() || null;
  const known = await selectReceived(tx, companyId, receivedId, true);
  if (!known) return { ok: false, reason: 'not_found' };
  if (known.state === as) return { ok: true, received: known };
  if (known.state !== 'new') return { ok: false, reason: 'already_decided' };
  if (as === 'rejected' && !reason) return { ok: false, reason: 'reason_missing' };
  if ((reason?.length ?? 0) > longestReason) return { ok: false, reason: 'reason_too_long' };
  const [event] = await record(tx, [
    {
      type: as === 'accepted' ? 'decision.accepted' : 'decision.refused',
      companyId,
      at: now,
      actor: by.actor,
      data: { via: 'network', received: receivedId, kind: known.kind, sha256: known.sha256, by: by.id },
      personal: { from: known.fromName, number: known.number ?? '', byName: by.name, text: reason ?? '' },
    },
  ]);
  await updateReceived(tx, companyId, receivedId, {
    state: as,
    reason,
    decided_at: now,
    decided_by: by.id,
    decided_by_name: by.name,
    decision_hash: event?.hash ?? null,
    told_at: null,
  });
  await notify(tx, networkDue, '');
  const received = await selectReceived(tx, companyId, receivedId);
  if (!received) throw new Error('A received document went away while it was decided on.');
  return { ok: true, received };
}

/** Notes who looked at it first; the sender is not told. */
export async function noteOpened(
  tx: Tx<NetworkTables>,
  received: Received,
  byName: string,
  now: Date,
): Promise<void> {
  if (received.openedAt) return;
  await updateReceived(tx, received.companyId, received.id, { opened_at: now, opened_by_name: byName });
}
