import type { Generated } from 'kysely';
import type { Tx } from '#stores/database';
import type { Engagement, EngagementLevel } from './engagement.ts';
import type { HitActor } from './hit.ts';

export interface EngagementTables {
  engagements: {
    message_id: string;
    company_id: string;
    dispatch_id: string;
    level: EngagementLevel;
    opened_count: number;
    viewed_count: number;
    downloaded_count: number;
    fetched_count: Generated<number>;
    last_fetched_at: Date | null;
    machine_count: number;
    machine_actors: HitActor[];
    first_opened_at: Date | null;
    last_opened_at: Date | null;
    first_viewed_at: Date | null;
    last_viewed_at: Date | null;
    first_downloaded_at: Date | null;
    last_downloaded_at: Date | null;
    last_at: Date | null;
  };
}

/** The engagements of these messages that have one; row-level security keeps a company to its own. */
export async function selectEngagements(
  tx: Tx<EngagementTables>,
  messageIds: readonly string[],
): Promise<Engagement[]> {
  const rows = await tx.selectFrom('engagements').selectAll().where('message_id', 'in', messageIds).execute();
  return rows.map((row) => ({
    messageId: row.message_id,
    level: row.level,
    openedCount: row.opened_count,
    viewedCount: row.viewed_count,
    downloadedCount: row.downloaded_count,
    fetchedCount: row.fetched_count,
    lastFetchedAt: row.last_fetched_at,
    machineCount: row.machine_count,
    machineActors: row.machine_actors,
    firstOpenedAt: row.first_opened_at,
    lastOpenedAt: row.last_opened_at,
    firstViewedAt: row.first_viewed_at,
    lastViewedAt: row.last_viewed_at,
    firstDownloadedAt: row.first_downloaded_at,
    lastDownloadedAt: row.last_downloaded_at,
    lastAt: row.last_at,
  }));
}

/** Writes engagements as they are; the links of their messages must be locked by this transaction. */
export async function writeEngagements(
  tx: Tx<EngagementTables>,
  engagements: readonly (Engagement & { readonly companyId: string; readonly dispatchId: string })[],
): Promise<void> {
  if (engagements.length === 0) return;
  await tx
    .insertInto('engagements')
    .values(engagements.map(toRow))
    .onConflict((conflict) =>
      conflict.column('message_id').doUpdateSet((row) => ({
        level: row.ref('excluded.level'),
        opened_count: row.ref('excluded.opened_count'),
        viewed_count: row.ref('excluded.viewed_count'),
        downloaded_count: row.ref('excluded.downloaded_count'),
        fetched_count: row.ref('excluded.fetched_count'),
        last_fetched_at: row.ref('excluded.last_fetched_at'),
        machine_count: row.ref('excluded.machine_count'),
        machine_actors: row.ref('excluded.machine_actors'),
        first_opened_at: row.ref('excluded.first_opened_at'),
        last_opened_at: row.ref('excluded.last_opened_at'),
        first_viewed_at: row.ref('excluded.first_viewed_at'),
        last_viewed_at: row.ref('excluded.last_viewed_at'),
        first_downloaded_at: row.ref('excluded.first_downloaded_at'),
        last_downloaded_at: row.ref('excluded.last_downloaded_at'),
        last_at: row.ref('excluded.last_at'),
      })),
    )
    .execute();
}

function toRow(one: Engagement & { readonly companyId: string; readonly dispatchId: string }) {
  return {
    message_id: one.messageId,
    company_id: one.companyId,
    dispatch_id: one.dispatchId,
    level: one.level,
    opened_count: one.openedCount,
    viewed_count: one.viewedCount,
    downloaded_count: one.downloadedCount,
    fetched_count: one.fetchedCount,
    last_fetched_at: one.lastFetchedAt,
    machine_count: one.machineCount,
    machine_actors: [...one.machineActors],
    first_opened_at: one.firstOpenedAt,
    last_opened_at: one.lastOpenedAt,
    first_viewed_at: one.firstViewedAt,
    last_viewed_at: one.lastViewedAt,
    first_downloaded_at: one.firstDownloadedAt,
    last_downloaded_at: one.lastDownloadedAt,
    last_at: one.lastAt,
  };
}
