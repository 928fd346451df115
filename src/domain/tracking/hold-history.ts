import { type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { deleteHold, insertHold, type LegalHold, type LegalHoldTables } from './legal-hold-table.ts';

type HoldTx = Tx<LegalHoldTables & EvidenceTables>;

const longestReason = 500;

export type HeldHistory =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'required' | 'too_long' | 'held_already' };

/** Keeps the detailed history of a dispatch until the hold is lifted, whatever the retention says. Wants a reason. */
export async function holdHistory(
  tx: HoldTx,
  hold: LegalHold,
  actor: 'user' | 'program',
): Promise<HeldHistory> {
  const reason = hold.reason.trim();
  if (reason === '') return { ok: false, reason: 'required' };
  if (reason.length > longestReason) return { ok: false, reason: 'too_long' };
  if (!(await insertHold(tx, { ...hold, reason }))) return { ok: false, reason: 'held_already' };
  const { companyId, dispatchId, placedAt: at, placedBy: by } = hold;
  await record(tx, [
    { type: 'evidence.held', companyId, dispatchId, at, actor, data: { by }, personal: { reason } },
  ]);
  return { ok: true };
}

/** Lets the retention go on; false where there was no hold. */
export async function liftHold(
  tx: HoldTx,
  of: { readonly companyId: string; readonly dispatchId: string; readonly by: string },
  actor: 'user' | 'program',
  now: Date,
): Promise<boolean> {
  const { companyId, dispatchId, by } = of;
  if (!(await deleteHold(tx, companyId, dispatchId))) return false;
  await record(tx, [{ type: 'evidence.released', companyId, dispatchId, at: now, actor, data: { by } }]);
  return true;
}
