import type { Company } from '#domain/accounts';
import type { Tx } from '#stores/database';
import type { UseCountTables } from './count-month-table.ts';
import type { DispatchWarning } from './dispatch-request.ts';
import { monthUse, nearFrom } from './plan-use.ts';

/**
 * What to say of the plan to somebody who is about to send, for each number of e-mails that he needs, each by itself; null: nothing. Companies
 * without a limit are asked nothing.
 */
export async function warnOfPlan(
  tx: Tx<UseCountTables>,
  company: Company,
  wanting: readonly number[],
  now: Date,
): Promise<(DispatchWarning | null)[]> {
  const limit = company.limits.messagesPerMonth;
  if (limit === undefined || !wanting.some((wanted) => wanted > 0)) return wanting.map(() => null);
  const { used, until } = await monthUse(tx, company, now);
  return wanting.map((wanted) => {
    if (wanted === 0 || used + wanted < limit * nearFrom) return null;
    return { kind: used + wanted > limit ? 'plan_full' : 'plan_near', wanted, used, limit, until };
  });
}
