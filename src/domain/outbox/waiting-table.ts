import type { Tx } from '#stores/database';
import type { StopReason } from './condition.ts';
import type { OutboxTables } from './outbox-tables.ts';

/** Ids of a company's messages that are held for one of these reasons. */
export async function selectHeldFor(
  tx: Tx<OutboxTables>,
  companyId: string,
  reasons: readonly StopReason[],
): Promise<string[]> {
  const rows = await tx
    .selectFrom('messages')
    .select('id')
    .where('company_id', '=', companyId)
    .where('delivery', '=', 'held')
    .where('detail', 'in', [...reasons])
    .execute();
  return rows.map((row) => row.id);
}
