import { type EvidenceTables, record } from '#domain/evidence';
import { cancelHandOvers } from '#domain/network';
import { cancelMessages, getMessages, type OutboxTables } from '#domain/outbox';
import { revokeLinks, type TrackingTables } from '#domain/tracking';
import type { Tx } from '#stores/database';
import type { UseCountTables } from './count-month-table.ts';
import type { Author } from './dispatch-request.ts';
import { type DispatchTables, selectDispatches, updateCanceled } from './dispatch-table.ts';
import { giveRoomBack, lockRoom } from './hold-to-plan.ts';

export type Canceled =
  | { readonly ok: true; readonly canceled: number; readonly tooLate: number }
  | { readonly ok: false; readonly reason: 'not_found' | 'too_late' };

/** Takes back what has not left yet: the undo. Refuses when everything has left. */
export async function cancelDispatch(
  tx: Tx<DispatchTables & OutboxTables & TrackingTables & EvidenceTables & UseCountTables>,
  input: { companyId: string; dispatchId: string; author: Author },
  now: Date,
): Promise<Canceled> {
  const { companyId, dispatchId, author } = input;
  const [dispatch] = await selectDispatches(tx, companyId, { ids: [dispatchId] });
  if (!dispatch) return { ok: false, reason: 'not_found' };
  await lockRoom(tx, companyId, now);
  const all = await getMessages(tx, companyId, { dispatchIds: [dispatchId] });
  const canceled = await cancelMessages(
    tx,
    companyId,
    { dispatchIds: [dispatchId] },
    { actor: author.actor, id: author.id },
    now,
  );
  await giveRoomBack(tx, dispatch, canceled);
  const handOvers = await cancelHandOvers(tx, companyId, dispatchId);
  if (canceled.length === 0 && handOvers === 0) return { ok: false, reason: 'too_late' };
  await revokeLinks(
    tx,
    canceled.map((message) => message.id),
    now,
  );
  const handedOver = dispatch.handOvers.filter((one) => one.deliveredAt !== null).length;
  const tooLate =
    all.filter((message) => message.delivery !== 'canceled').length - canceled.length + handedOver;
  if (tooLate === 0) await updateCanceled(tx, companyId, dispatchId, now);
  await record(tx, [
    {
      type: 'dispatch.canceled',
      companyId,
      dispatchId,
      documentId: dispatch.documentIds[0],
      at: now,
      actor: author.actor,
      data: { by: author.id, messages: canceled.length, handOvers, tooLate },
    },
  ]);
  return { ok: true, canceled: canceled.length, tooLate };
}
