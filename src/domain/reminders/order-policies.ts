import type { Author } from '#domain/dispatch';
import { type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { Policy } from './policy.ts';
import { type ReminderTables, selectPolicies, updatePlaces } from './policy-table.ts';

export type PoliciesOrdered =
  | { readonly ok: true; readonly policies: readonly Policy[] }
  | { readonly ok: false; readonly reason: 'not_all' };

/**
 * Puts a company's policies in this order: a document belongs to the first that is in force and fits it. Refuses ids that are not exactly those
 * of its policies. They go on sending in the names of those who set them last.
 */
export async function orderPolicies(
  tx: Tx<ReminderTables & EvidenceTables>,
  input: { readonly companyId: string; readonly author: Author; readonly policyIds: readonly string[] },
  now: Date,
): Promise<PoliciesOrdered> {
  const { companyId, author, policyIds } = input;
  const before = (await selectPolicies(tx, companyId)).map((one) => one.id);
  if ([...before].sort().join() !== [...policyIds].sort().join()) return { ok: false, reason: 'not_all' };
  await updatePlaces(tx, companyId, policyIds);
  await record(tx, [
    {
      type: 'reminder.policies_ordered',
      companyId,
      at: now,
      actor: author.actor,
      data: { policies: [...policyIds], by: author.id },
    },
  ]);
  return { ok: true, policies: await selectPolicies(tx, companyId) };
}
