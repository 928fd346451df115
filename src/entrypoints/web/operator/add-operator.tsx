import type { Context } from 'hono';
import { isLanguage } from '#base/language';
import { readMobile } from '#base/phone';
import {
  type CompanyStanding,
  type Feature,
  features,
  givePlan,
  listPlans,
  listStandings,
  monthOf,
  type Plan,
  type PlanLimits,
  readLimits,
  readPlanName,
  replacePlans,
} from '#domain/accounts';
import { sendTextMessage } from '#domain/registered';
import { asWorker } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type OperatorModel, OperatorScreen } from '../screens/operator.tsx';
import type { PlanWrong } from '../screens/operator-plans.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';
import { fieldErrors, wrong } from '../staff/wording.ts';
import { addVatIds, vatRows } from './add-vat-ids.ts';
import { operatorFacts } from './operator-facts.ts';

type C = Context<StaffEnv>;
type Shown = Pick<OperatorModel, 'made' | 'values' | 'errors' | 'planWrong'>;

/** The installation as whoever runs it sees it. For everybody else there is no such page. */
export function addOperator(app: StaffApp, needs: WebNeeds): void {
  for (const path of [paths.operator, `${paths.operator}/*`])
    app.use(path, async (c, next) => (c.var.session.isOperator ? next() : answerProblem(c, 'not_found')));
  app.get(paths.operator, (c) => show(needs, c, fresh(c)));
  app.post(paths.operator, (c) => openOne(needs, c));
  app.post('/operator/companies/:id/plan', async (c) => {
    const plan = (await readForm(c)).text('plan');
    const done = await asWorker(needs.database, async (tx) => {
      if (!(await listPlans(tx)).some(({ name }) => name === plan)) return false;
      return givePlan(tx, c.req.param('id'), plan, needs.clock());
    });
    return done ? saved(needs, c) : answerProblem(c, 'not_found');
  });
  app.post(paths.operatorPlans, (c) => keepPlan(needs, c));
  app.post(paths.operatorTexts, (c) => testTexts(needs, c));
  addVatIds(app, needs);
  app.post(paths.operatorPlanRemove, async (c) => {
    const name = (await readForm(c)).text('name');
    await asWorker(needs.database, async (tx) => {
      const left = (await listPlans(tx)).filter((one) => one.name !== name || one.isUsual);
      await replacePlans(tx, left, needs.clock());
    });
    return saved(needs, c);
  });
}

function fresh(c: C): Shown {
  const { company, view } = c.var;
  const values = { company: '', country: company.country, language: view.language, email: '' };
  return { made: null, values, errors: {}, planWrong: null };
}

async function openOne(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const { view, session } = c.var;
  const language = form.text('language');
  const values = {
    company: form.text('company').trim(),
    country: form.text('country'),
    language: isLanguage(language) ? language : view.language,
    email: form.text('email').trim(),
  };
  const opened = await needs.open({
    name: values.company,
    country: values.country,
    language: values.language,
    ownerEmail: values.email,
    by: session.user.id,
  });
  if (!opened.ok) {
    const errors = fieldErrors(view, opened.problems, { name: 'company' });
    return show(needs, c, { ...fresh(c), values, errors }, 422);
  }
  // Not a redirect: the link must not lie in a cookie or an address of ours.
  const url = `${needs.publicUrl}${paths.join}?token=${opened.token}`;
  return show(needs, c, { ...fresh(c), made: { email: opened.email, url } });
}

async function keepPlan(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const typed = {
    name: form.text('name'),
    features: form.texts('feature'),
    isUsual: form.has('usual'),
    messages: form.text('messages'),
    users: form.text('users'),
  };
  const refuse = (plan: string | null, errors: PlanWrong['errors']) =>
    show(needs, c, { ...fresh(c), planWrong: { plan, errors, typed } }, 422);
  const name = readPlanName(typed.name);
  if (name === null) return refuse(null, { name: wrong(c.var.view, 'plan_name') });
  const limits = readLimits({ messagesPerMonth: typed.messages, users: typed.users });
  if (limits === null) {
    const isMessages = readLimits({ messagesPerMonth: typed.messages, users: '' }) === null;
    const errors = { [isMessages ? 'messages' : 'users']: wrong(c.var.view, 'plan_limit') };
    const known = await asWorker(needs.database, listPlans);
    return refuse(known.some((one) => one.name === name) ? name : null, errors);
  }
  await asWorker(needs.database, async (tx) =>
    replacePlans(tx, withPlan(await listPlans(tx), { name, limits }, form), needs.clock()),
  );
  return saved(needs, c);
}

/** Sends a test message to a number; whether it arrives, the person sees on the phone. */
async function testTexts(needs: WebNeeds, c: C): Promise<Response> {
  const { t } = c.var.view;
  const mobile = readMobile((await readForm(c)).text('mobile'));
  if (!needs.texts) return answerProblem(c, 'not_found');
  if (!mobile)
    return show(needs, c, { ...fresh(c), errors: { mobile: wrong(c.var.view, 'not_a_mobile') } }, 422);
  const said = await sendTextMessage(needs.texts, mobile, t('operator.sms.text')).then(
    () => ({ state: 'opened', text: t('operator.sms.taken') }) as const,
    (error: Error) => ({ state: 'failed', text: t('operator.sms.failed', { why: error.message }) }) as const,
  );
  return seeOther(needs, c, `${paths.operator}#text-messages`, said);
}

/** One plan is always the usual one: the first that there is, until another is chosen. */
function withPlan(
  before: readonly Plan[],
  { name, limits }: { readonly name: string; readonly limits: PlanLimits },
  form: PostedForm,
): Plan[] {
  const ticked: readonly Feature[] = features.filter((one) => form.texts('feature').includes(one));
  const others = before.filter((one) => one.name !== name);
  const isUsual = form.has('usual') || !others.some((one) => one.isUsual);
  const kept = others.map((one) => (isUsual ? { ...one, isUsual: false } : one));
  return [...kept, { name, features: ticked, limits, isUsual }];
}

/** What of a limit is used, by the company's month; without one, what left since the first of this month. */
function usedOf(
  { id, limits, counted, timeZone }: CompanyStanding,
  sent: ReadonlyMap<string, number>,
  now: Date,
): number {
  const isCounted =
    limits.messagesPerMonth !== undefined &&
    counted?.since.getTime() === monthOf({ timeZone }, now).since.getTime();
  return isCounted ? counted.messages : (sent.get(id) ?? 0);
}

function saved(needs: WebNeeds, c: C): Response {
  return seeOther(needs, c, paths.operator, { state: 'opened', text: c.var.view.t('kit.saved') });
}

async function show(needs: WebNeeds, c: C, shown: Shown, status: 200 | 422 = 200): Promise<Response> {
  const { view } = c.var;
  const facts = await operatorFacts(needs, view);
  const { companies, plans, vatIds } = await asWorker(needs.database, async (tx) => ({
    vatIds: await vatRows(tx),
    companies: await listStandings(tx),
    plans: await listPlans(tx),
  }));
  const model: OperatorModel = {
    ...facts,
    ...shown,
    plans,
    vatIds,
    companies: companies.map((one) => ({ ...one, sent: usedOf(one, facts.use, needs.clock()) })),
  };
  return page(c, <OperatorScreen view={view} model={model} />, status);
}
