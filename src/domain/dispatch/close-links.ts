import { type EvidenceTables, record } from '#domain/evidence';
import { closeLinks, type TrackingTables } from '#domain/tracking';
import type { Tx } from '#stores/database';

/**
 * Closes for good all links that customers have to a document, or to everything of the company, and records it; returns how many there were. Nobody gets
 * a new one by asking: only a new dispatch opens another.
 */
export async function closeCustomerLinks(
  tx: Tx<TrackingTables & EvidenceTables>,
  of: {
    readonly companyId: string;
    readonly documentId: string | null;
    readonly by: { readonly actor: 'user' | 'program'; readonly id: string };
  },
  now: Date,
): Promise<number> {
  const { companyId, documentId, by } = of;
  const count = await closeLinks(tx, { companyId, documentId }, now);
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
  return count;
}
