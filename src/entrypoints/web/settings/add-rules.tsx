import type { Context } from 'hono';
import { isId } from '#base/ids';
import { changeRule, createRule, deleteRule, listRules } from '#domain/automatic';
import { inCompany } from '#stores/database';
import { authorOf } from '../documents/author.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { RuleFormScreen } from '../screens/settings-rule-form.tsx';
import { RulesScreen } from '../screens/settings-rules.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';
import { ruleChangeOf, ruleForm, typedRule } from './rule-form.ts';
import { rulesModel } from './rule-models.ts';

type C = Context<StaffEnv>;

/** Which documents are sent as they arrive. Everybody sees and tests the rules; owners set them. */
export function addRules(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.settingsRules, async (c) => {
    const { company, view } = c.var;
    const asked = { ruleId: c.req.query('rule') ?? '', documentId: c.req.query('document') ?? '' };
    const of = { view, companyId: company.id };
    const model = await inCompany(needs.database, company.id, (tx) =>
      rulesModel(tx, of, asked, needs.clock()),
    );
    return page(c, <RulesScreen view={view} model={model} />);
  });
  app.get(paths.settingsRuleNew, ownersOnly(), (c) => showForm(needs, c, null));
  app.get('/settings/rules/:id', ownersOnly(), (c) => showForm(needs, c, c.req.param('id') ?? ''));
  app.post(paths.settingsRules, ownersOnly(), (c) => save(needs, c, null));
  app.post('/settings/rules/:id', ownersOnly(), (c) => save(needs, c, c.req.param('id') ?? ''));
  app.post('/settings/rules/:id/do', ownersOnly(), (c) => switchRule(needs, c));
}

async function showForm(needs: WebNeeds, c: C, id: string | null): Promise<Response> {
  const { company, view } = c.var;
  const model = await inCompany(needs.database, company.id, async (tx) => {
    const rule = (await listRules(tx, company.id)).find((one) => one.id === id) ?? null;
    return id !== null && !rule ? null : ruleForm(tx, company.id, { rule });
  });
  return model ? page(c, <RuleFormScreen view={view} model={model} />) : answerProblem(c, 'not_found');
}

async function save(needs: WebNeeds, c: C, id: string | null): Promise<Response> {
  const form = await readForm(c);
  const { company, view } = c.var;
  const companyId = company.id;
  const values = typedRule(form);
  const author = authorOf(c);
  const refused = await inCompany(needs.database, companyId, async (tx) => {
    const rule = (await listRules(tx, companyId)).find((one) => one.id === id) ?? null;
    if (id !== null && !rule) return 'not_found' as const;
    const { change, unknown } = await ruleChangeOf(tx, companyId, values);
    if (unknown !== null) {
      const errors = { customers: view.t('rules.customers.unknown', { name: unknown }) };
      return ruleForm(tx, companyId, { rule, values, errors });
    }
    const done = rule
      ? await changeRule(tx, { companyId, ruleId: rule.id, author, change }, needs.clock())
      : await createRule(tx, { companyId, author, change }, needs.clock());
    if (done.ok) return null;
    const errors = done.reason === 'invalid' ? fieldErrors(view, done.problems) : {};
    return ruleForm(tx, companyId, { rule, values, errors });
  });
  if (refused === 'not_found') return answerProblem(c, 'not_found');
  if (refused) return page(c, <RuleFormScreen view={view} model={refused} />, 422);
  return seeOther(needs, c, paths.settingsRules, { state: 'opened', text: view.t('kit.saved') });
}

async function switchRule(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const ruleId = c.req.param('id') ?? '';
  const { company, view } = c.var;
  if (!isId('sendRule', ruleId)) return answerProblem(c, 'not_found');
  const which = { companyId: company.id, ruleId, author: authorOf(c) };
  const deed = form.text('do');
  const done = await inCompany(needs.database, company.id, (tx) =>
    deed === 'delete'
      ? deleteRule(tx, which, needs.clock())
      : changeRule(tx, { ...which, change: { isActive: deed === 'on' } }, needs.clock()),
  );
  if (!done.ok) return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.settingsRules, { state: 'opened', text: view.t('kit.saved') });
}
