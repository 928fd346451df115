import type { Context } from 'hono';
import { isId } from '#base/ids';
import { catchUp } from '#domain/overview';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { CustomerScreen } from '../screens/customer.tsx';
import type { StaffEnv } from '../staff/env.ts';
import { answerProblem, page } from '../staff/page.tsx';
import { customerModel } from './customer-models.ts';

/** Answers with the page; `shown` may hold a form that comes back. */
export async function showCustomer(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  shown: Parameters<typeof customerModel>[3],
): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { view, company } = c.var;
  if (!isId('customer', id)) return answerProblem(c, 'not_found');
  await catchUp(needs.database);
  const of = { view, companyId: company.id, now: needs.clock() };
  const model = await customerModel(needs, of, id, shown);
  if (!model) return answerProblem(c, 'not_found');
  if (model.mergedInto) return c.redirect(paths.customer(model.mergedInto), 303);
  return page(c, <CustomerScreen view={view} model={model} />, shown.errors ? 422 : 200);
}
