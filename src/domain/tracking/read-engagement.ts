import type { Tx } from '#stores/database';
import { type Engagement, noEngagement } from './engagement.ts';
import { type EngagementTables, selectEngagements } from './engagement-table.ts';
import { type HitTables, type RecordedHit, selectHits } from './hit-table.ts';

/** What is known of each of these messages, in their order; an untouched message has level `none`. */
export async function engagementsOf(
  tx: Tx<EngagementTables>,
  messageIds: readonly string[],
): Promise<Engagement[]> {
  if (messageIds.length === 0) return [];
  const known = new Map((await selectEngagements(tx, messageIds)).map((one) => [one.messageId, one]));
  return messageIds.map((id) => known.get(id) ?? noEngagement(id));
}

/** Every hit on a message that is still kept, oldest first, staff's own included. */
export function hitsOf(tx: Tx<HitTables>, companyId: string, messageId: string): Promise<RecordedHit[]> {
  return selectHits(tx, companyId, [messageId], new Date(0));
}
