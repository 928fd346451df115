import type { Context } from 'hono';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { HomeBody, HomeScreen } from '../screens/home.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { fragment, page } from '../staff/page.tsx';
import type { Home } from './home.ts';
import { homeModel } from './home-model.ts';

/** The first page after the sign-in. */
export function addHome(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.home, async (c) =>
    page(c, <HomeScreen view={c.var.view} model={await homeModel(homeOf(needs, c))} />),
  );
  app.get(paths.fragment('home', 'body'), async (c) =>
    fragment(c, <HomeBody view={c.var.view} model={await homeModel(homeOf(needs, c))} />),
  );
}

function homeOf(needs: WebNeeds, c: Context<StaffEnv>): Home {
  return { needs, view: c.var.view, companyId: c.var.company.id, now: needs.clock() };
}
