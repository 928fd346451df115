import { record } from '#domain/evidence';
import { closeLinks } from '#domain/tracking';
import type { Tx } from '#stores/database';
import { lockRoom } from './hold-to-plan.ts';
import type { SubmitTables } from './submit-tables.ts';
import { takeBackClosed } from './take-back-delivery.ts';

/**
 * Closes for good all links that customers have to a document, or to everything of the company, and records it; returns how many there were. Nobody gets
 * a new one by asking: only a new dispatch opens another. What waits behind a code there is taken back with its link.
 */
export async function closeCustomerLinks(
  tx: Tx<SubmitTables>,
  of: {
    readonly companyId: string;
    readonly documentId: string | null;
    readonly by: { readonly actor: 'user' | 'program'; readonly id: string };
  },
  now: Date,
): Promise<number> {
  const { companyId, documentId, by } = of;
  await lockRoom(tx, companyId, now);
  const messageIds = await closeLinks(tx, { companyId, documentId }, now);
  const count = messageIds.length;
  if (count > 0)
    await record(tx, [
      {
        type: documentId === null ? 'company.links_closed' : 'document.links_closed',
        companyId,
        documentId,
        at: now,
        actor: by.actor,
        data: { count, by: by.id },
      },
    ]);
  const how = { actor: by.actor, by: by.id, reason: 'links_closed' as const };
  await takeBackClosed(tx, { companyId, messageIds }, how, now);
  return count;
}
