import type { Tx } from '#stores/database';
import { higherLevel, noEngagement } from './engagement.ts';
import { selectEngagements, writeEngagements } from './engagement-table.ts';
import { lockLinks } from './link-table.ts';
import type { TrackingTables } from './tracking-tables.ts';

/**
 * Raises the engagement of a message to `replied`: its recipient has written back. That is no tracking, so it holds in every mode;
 * counts and times of hits stay as they are. A message without a link is passed over.
 */
export async function markReplied(tx: Tx<TrackingTables>, messageId: string, at: Date): Promise<void> {
  const [link] = await lockLinks(tx, [messageId]);
  if (!link) return;
  const [known = noEngagement(messageId)] = await selectEngagements(tx, [messageId]);
  const lastAt = known.lastAt && known.lastAt > at ? known.lastAt : at;
  const { companyId, dispatchId } = link;
  await writeEngagements(tx, [
    { ...known, level: higherLevel(known.level, 'replied'), lastAt, companyId, dispatchId },
  ]);
}
