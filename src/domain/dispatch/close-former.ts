import { type EvidenceTables, record } from '#domain/evidence';
import { getMessages, type Message } from '#domain/outbox';
import { revokeLinks } from '#domain/tracking';
import type { Tx } from '#stores/database';
import { selectDispatches, updateCanceled } from './dispatch-table.ts';
import type { SubmitTables } from './submit-tables.ts';

/** A document that stays behind, and why. */
export interface LeftOut {
  readonly documentId: string;
  readonly reason: string;
}

/**
 * Ends mails that never left and whose place another dispatch has taken: their links are closed, and a dispatch of which nothing left
 * counts as taken back. `actor`: who had it written anew.
 */
export async function closeFormer(
  tx: Tx<SubmitTables & EvidenceTables>,
  former: {
    readonly taken: readonly Message[];
    readonly newId: string;
    readonly leftOut: readonly LeftOut[];
    readonly actor: 'system' | 'user' | 'program';
  },
  now: Date,
): Promise<void> {
  const { taken, newId, leftOut, actor } = former;
  const [{ companyId, dispatchId, documentId } = { companyId: '', dispatchId: '', documentId: '' }] = taken;
  await revokeLinks(
    tx,
    taken.map((message) => message.id),
    now,
  );
  const [dispatch] = await selectDispatches(tx, companyId, { ids: [dispatchId] });
  const all = await getMessages(tx, companyId, { dispatchIds: [dispatchId] });
  if (dispatch?.handOvers.length === 0 && all.every((message) => message.delivery === 'canceled'))
    await updateCanceled(tx, companyId, dispatchId, now);
  const left = leftOut.map(({ documentId: id, reason }) => ({ id, reason }));
  await record(tx, [
    {
      type: 'dispatch.sent_anew',
      ...{ companyId, dispatchId, documentId, at: now },
      actor,
      data: { dispatch: newId, left },
    },
  ]);
}
