import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { HitTables } from './hit-table.ts';
import type { LegalHoldTables } from './legal-hold-table.ts';
import type { LinkTables } from './link-table.ts';

type ReportTx = Tx<HitTables & LinkTables & LegalHoldTables>;

/** Details from before an instant that legal holds keep, and of how many dispatches they are. */
export async function selectHeldBack(
  tx: ReportTx,
  companyId: string,
  before: Date,
): Promise<{ readonly dispatches: number; readonly hits: number }> {
  const { rows } = await sql<{ dispatches: number; hits: number }>`
    select count(distinct legal_holds.dispatch_id)::int as dispatches, count(*)::int as hits
    from legal_holds join links using (dispatch_id) join hits on hits.message_id = links.message_id
    where legal_holds.company_id = ${companyId} and hits.at < ${before}`.execute(tx);
  return rows[0] ?? { dispatches: 0, hits: 0 };
}

/** When the oldest detail was recorded that no legal hold keeps (null: there is none), and how many of them are from before an instant. */
export async function selectDueSoon(
  tx: ReportTx,
  companyId: string,
  before: Date,
): Promise<{ readonly oldest: Date | null; readonly hits: number }> {
  const free = sql`not exists (select from links join legal_holds using (dispatch_id) where links.message_id = hits.message_id)`;
  const { rows } = await sql<{ oldest: Date | null; hits: number }>`
    select (select at from hits where company_id = ${companyId} and ${free} order by at limit 1) as oldest,
      (select count(*)::int from hits where company_id = ${companyId} and at < ${before} and ${free}) as hits`.execute(
    tx,
  );
  return rows[0] ?? { oldest: null, hits: 0 };
}
