import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { HitTables } from './hit-table.ts';
import type { LegalHoldTables } from './legal-hold-table.ts';
import type { LinkTables } from './link-table.ts';

/** Messages with details older than an instant whose history nobody holds, oldest first. */
export async function selectOverdue(
  tx: Tx<HitTables & LinkTables & LegalHoldTables>,
  companyId: string,
  before: Date,
  most: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct message_id as id from (
      select message_id from hits where company_id = ${companyId} and at < ${before}
        and not exists (select from links join legal_holds using (dispatch_id) where links.message_id = hits.message_id)
      order by at limit ${most}) as oldest`.execute(tx);
  return rows.map((row) => row.id);
}

/** Deletes the hits on these messages before an instant (absent: all) and returns how many rows went. */
export async function deleteHitsOn(
  tx: Tx<HitTables>,
  companyId: string,
  messageIds: readonly string[],
  before?: Date,
): Promise<number> {
  if (messageIds.length === 0) return 0;
  const { numDeletedRows } = await tx
    .deleteFrom('hits')
    .where('company_id', '=', companyId)
    .where('message_id', 'in', messageIds)
    .$if(before !== undefined, (query) => query.where('at', '<', before ?? new Date(0)))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
