import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { AccountTables } from './account-table.ts';
import type { Plan, PlanTables } from './plan.ts';
import { insertPlans, updatePlan } from './plan-table.ts';
import type { PlanUseTables } from './plan-use-table.ts';

type PlanTx = Tx<PlanTables & AccountTables & PlanUseTables & EvidenceTables>;

/**
 * Puts these plans in the place of all others. Companies keep the name of theirs; one that is gone counts as the usual one. What is used is
 * counted anew; companies with another limit hear of it, for what was said of the old one is no longer true.
 */
export async function replacePlans(tx: PlanTx, plans: readonly Plan[], now: Date): Promise<void> {
  const affected = await insertPlans(tx, plans);
  await record(
    tx,
    affected.map((companyId) => changed(companyId, now)),
  );
}

/** Gives a company a plan, and what it has used of it is counted anew; false when there is no such company. */
export async function givePlan(tx: PlanTx, companyId: string, plan: string, now: Date): Promise<boolean> {
  if (!(await updatePlan(tx, companyId, plan))) return false;
  await record(tx, [changed(companyId, now)]);
  return true;
}

function changed(companyId: string, at: Date): Fact {
  return { type: 'company.plan_changed', companyId, at, actor: 'system', data: {} };
}
