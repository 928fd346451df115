import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { AccountTables } from './account-table.ts';
import { featuresOfCompany, limitsOfCompany } from './company-features-table.ts';
import type { Feature, Plan, PlanTables } from './plan.ts';
import type { PlanUseTables } from './plan-use-table.ts';

type PlanTx = Tx<PlanTables & AccountTables & PlanUseTables>;

/** Writes these plans in the place of all others, and forgets what is used. Returns the counted companies whose limit of e-mails is another now. */
export async function insertPlans(tx: PlanTx, plans: readonly Plan[]): Promise<string[]> {
  const before = await selectCounted(tx);
  await tx.deleteFrom('plans').execute();
  for (const plan of plans)
    await tx
      .insertInto('plans')
      .values({
        name: plan.name,
        features: [...plan.features],
        limits: JSON.stringify(plan.limits ?? {}),
        is_usual: plan.isUsual,
      })
      .execute();
  const after = await selectCounted(tx);
  await tx.deleteFrom('plan_use').execute();
  return [...after].filter(([id, limit]) => limit !== before.get(id)).map(([id]) => id);
}

/** The limits of those companies of which something is counted. */
async function selectCounted(tx: PlanTx): Promise<Map<string, number | undefined>> {
  const rows = await tx
    .selectFrom('companies')
    .innerJoin('plan_use', 'plan_use.company_id', 'companies.id')
    .select(['companies.id', limitsOfCompany.as('limits')])
    .execute();
  return new Map(rows.map(({ id, limits }) => [id, limits?.messagesPerMonth]));
}

/** The operator's plans by name; none: everybody has everything. */
export async function selectPlans(tx: PlanTx): Promise<Plan[]> {
  const rows = await tx.selectFrom('plans').selectAll().orderBy('name').execute();
  return rows.map(({ name, features, limits, is_usual: isUsual }) => ({ name, features, limits, isUsual }));
}

/** Notes a company's plan, and forgets what it has used; false when there is no such company. */
export async function updatePlan(tx: PlanTx, companyId: string, plan: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('companies')
    .set({ plan })
    .where('id', '=', companyId)
    .executeTakeFirst();
  await tx.deleteFrom('plan_use').where('company_id', '=', companyId).execute();
  return numUpdatedRows > 0n;
}

/** Those of these companies whose plan lacks a feature. */
export async function selectWithout(
  tx: PlanTx,
  companyIds: readonly string[],
  feature: Feature,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from companies where id = any (${[...companyIds]}::text[]) and not ${feature} = any (${featuresOfCompany})`.execute(
    tx,
  );
  return new Set(rows.map(({ id }) => id));
}
