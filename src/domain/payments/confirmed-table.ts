import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { PaymentTables } from './payment-table.ts';

/** Whether money of the bank was taken as a payment of one of these documents of a company after that time. */
export async function wasConfirmedSince(
  tx: Tx<PaymentTables>,
  companyId: string,
  documentIds: readonly string[],
  since: Date,
): Promise<boolean> {
  const { rows } =
    await sql`select 1 from bank_entries where company_id = ${companyId} and state = 'confirmed'
    and decided_at >= ${since} and document_ids && ${documentIds}::text[] limit 1`.execute(tx);
  return rows.length > 0;
}
