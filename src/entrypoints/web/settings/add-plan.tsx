import type { Context } from 'hono';
import { features, hasFeature } from '#domain/accounts';
import { planUse } from '#domain/dispatch';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { PlanScreen, type PlanScreenModel } from '../screens/settings-plan.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { page } from '../staff/page.tsx';

/** What the plan holds and what of it is used. Whoever runs the installation gives another one. */
export function addPlan(app: StaffApp, needs: WebNeeds): void {
  app.use(paths.settingsPlan, ownersOnly());
  app.get(paths.settingsPlan, async (c) =>
    page(c, <PlanScreen view={c.var.view} model={await planModel(needs, c)} />),
  );
}

async function planModel(needs: WebNeeds, c: Context<StaffEnv>): Promise<PlanScreenModel> {
  const { company } = c.var;
  const use = await inCompany(needs.database, company.id, (tx) => planUse(tx, company, needs.clock()));
  return {
    plan: company.features && {
      name: company.plan ?? '',
      has: features.filter((feature) => hasFeature(company, feature)),
      lacks: features.filter((feature) => !hasFeature(company, feature)),
    },
    ...use,
  };
}
