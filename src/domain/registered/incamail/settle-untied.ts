import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import {
  countUntied,
  type Settled,
  settleUntied,
  type UntiedKey,
  type UntiedTables,
} from '../untied-receipt-table.ts';

/** What became of a receipt that waited, and by whom: null where no person decided. */
export interface Settling {
  readonly as: Settled;
  readonly messageId: string | null;
  readonly actor: Actor;
  readonly by: string | null;
}

/** Settles a receipt that waits and records it, with how many wait still. False when it waits no longer. Called under `lockReceipts`. */
export async function settleReceipt(
  tx: Tx<UntiedTables & EvidenceTables>,
  companyId: string,
  which: UntiedKey,
  { as, messageId, actor, by }: Settling,
  at: Date,
): Promise<boolean> {
  const id = await settleUntied(tx, companyId, which, { as, at, by, messageId });
  if (!id) return false;
  const data = {
    ...{ provider: 'incamail', receipt: id, as, waiting: await countUntied(tx, companyId) },
    ...(by ? { by } : {}),
    ...(messageId ? { message: messageId } : {}),
  };
  await record(tx, [{ type: 'provider.receipt_settled', companyId, at, actor, data }]);
  return true;
}
