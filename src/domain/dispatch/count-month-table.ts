import { sql } from 'kysely';
import type { AccountTables } from '#domain/accounts';
import type { OutboxTables } from '#domain/outbox';
import type { SenderTables } from '#domain/senders';
import type { Tx } from '#stores/database';
import type { DispatchTables } from './dispatch-table.ts';

export type UseCountTables = AccountTables & DispatchTables & OutboxTables & SenderTables;

/**
 * E-mails of a company's month as a plan counts them: to recipients, made by a submission of its own, not taken back, and not into the
 * sandbox. Mails that follow a dispatch later, such as the notices of a registered delivery, are not counted.
 */
export async function countOfMonth(
  tx: Tx<UseCountTables>,
  { companyId, since }: { readonly companyId: string; readonly since: Date },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from dispatches
    join messages on messages.dispatch_id = dispatches.id and messages.created_at = dispatches.created_at
    join senders on senders.id = dispatches.sender_id
    where dispatches.company_id = ${companyId} and dispatches.created_at >= ${since} and dispatches.created_by <> 'portal'
      and messages.role <> 'copy' and messages.delivery <> 'canceled' and senders.method <> 'sandbox'`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}
