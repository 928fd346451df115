import type { Message } from '#domain/outbox';
import { type Withdrawal, withdrawClosed, withdrawDelivery } from '#domain/registered';
import type { Tx } from '#stores/database';
import { selectDispatches } from './dispatch-table.ts';
import { giveRoomBack, lockRoom } from './hold-to-plan.ts';
import type { SubmitTables } from './submit-tables.ts';

/** Takes a delivery back, as `withdrawDelivery` does, and gives the room of its notice back where that had not left. */
export async function takeBackDelivery(
  tx: Tx<SubmitTables>,
  of: Parameters<typeof withdrawDelivery>[1],
  now: Date,
): Promise<Awaited<ReturnType<typeof withdrawDelivery>>> {
  await lockRoom(tx, of.companyId, now);
  const done = await withdrawDelivery(tx, of, now);
  if (done.ok) await giveBack(tx, of.companyId, done.canceled);
  return done;
}

/** Ends the deliveries that wait behind links that close in this transaction; the row of the month is locked before (`lockRoom`). */
export async function takeBackClosed(
  tx: Tx<SubmitTables>,
  of: { readonly companyId: string; readonly messageIds: readonly string[] },
  how: Withdrawal,
  now: Date,
): Promise<void> {
  await giveBack(tx, of.companyId, await withdrawClosed(tx, of.messageIds, how, now));
}

async function giveBack(
  tx: Tx<SubmitTables>,
  companyId: string,
  canceled: readonly Message[],
): Promise<void> {
  const ids = [...new Set(canceled.map((one) => one.dispatchId))];
  if (ids.length === 0) return;
  for (const dispatch of await selectDispatches(tx, companyId, { ids }))
    await giveRoomBack(
      tx,
      dispatch,
      canceled.filter((one) => one.dispatchId === dispatch.id),
    );
}
