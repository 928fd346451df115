import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { DocumentTables } from './document-row.ts';

/** What a company has with one customer, in one currency; replaced and canceled documents do not count. */
export interface CustomerTotal {
  readonly customerId: string;
  /** null for documents whose currency is unknown. */
  readonly currency: string | null;
  readonly documents: number;
  /** What is still to be paid of its invoices, as a decimal string; "0" where nothing is. */
  readonly open: string;
  readonly newestAt: Date;
}

/** Numbers and open sums of these customers. Credit notes that are not paid out count against what is open. */
export async function selectCustomerTotals(
  tx: Tx<DocumentTables>,
  companyId: string,
  customerIds: readonly string[],
): Promise<CustomerTotal[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<CustomerTotal>`
    select customer_id as "customerId", currency, count(*)::int as documents, max(created_at) as "newestAt",
      coalesce(sum(case
        when kind not in ('invoice', 'proforma', 'statement', 'credit_note') or (paid_on is not null and paid_amount is null) then 0
        when kind = 'credit_note' then -greatest(abs(coalesce(amount_due, total)) - coalesce(paid_amount, 0), 0)
        else greatest(coalesce(amount_due, total) - coalesce(paid_amount, 0), 0) end), 0)::text as open
    from documents
    where company_id = ${companyId} and customer_id = any(${[...customerIds]}::text[])
      and replaced_by is null and canceled_at is null
    group by customer_id, currency order by customer_id, currency`.execute(tx);
  return rows;
}
