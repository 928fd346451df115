import type { Company } from '#domain/accounts';
import type { Tx } from '#stores/database';
import type { UseCountTables } from './count-month-table.ts';
import type { DispatchWarning } from './dispatch-request.ts';
import { monthUse } from './plan-use.ts';

/** From this share of a month's e-mails on, who is about to send is told what is left. */
const nearFrom = 0.8;

/**
 * What to say of the plan to somebody who is about to send, for each number of e-mails that he needs, in their order and one after the other; null:
 * nothing. Companies without a limit are asked nothing.
 */
export async function warnOfPlan(
  tx: Tx<UseCountTables>,
  company: Company,
  wanting: readonly number[],
  now: Date,
): Promise<(DispatchWarning | null)[]> {
  const limit = company.limits.messagesPerMonth;
  if (limit === undefined || !wanting.some((wanted) => wanted > 0)) return wanting.map(() => null);
  const { used: before, until } = await monthUse(tx, company, now);
  let used = before;
  return wanting.map((wanted) => {
    const [had, needed] = [used, used + wanted];
    if (wanted === 0 || needed < limit * nearFrom) {
      used = needed;
      return null;
    }
    if (needed <= limit) used = needed;
    return { kind: needed > limit ? 'plan_full' : 'plan_near', wanted, used: had, limit, until };
  });
}
