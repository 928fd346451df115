import type { Context } from 'hono';
import { isId } from '#base/ids';
import type { Author } from '#domain/dispatch';
import {
  changePolicy,
  createPolicy,
  deletePolicy,
  levelOf,
  listPolicies,
  orderPolicies,
  type Policy,
  textsOfStep,
} from '#domain/reminders';
import { listSenders } from '#domain/senders';
import { inCompany, type Tx } from '#stores/database';
import { authorOf } from '../documents/author.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import { PoliciesScreen } from '../screens/policies.tsx';
import { PolicyFormScreen } from '../screens/policy-form.tsx';
import { RemindersScreen } from '../screens/reminders.tsx';
import type { PolicyModel } from '../screens/reminders-model.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { planHas } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';
import { addStepTexts } from './add-step-texts.tsx';
import { keepLetters } from './keep-letters.ts';
import { changeOf, policyForm, typedValues } from './policy-form.ts';
import { remindersModel } from './reminders-model.ts';
import { sendLetterSample } from './send-letter-sample.ts';

/** What is asked for again, and by which rules. */
export function addReminders(app: StaffApp, needs: WebNeeds): void {
  app.use(`${paths.reminders}/*`, planHas('reminders'));
  app.get(paths.reminders, async (c) => {
    const { company, view } = c.var;
    const model = await inCompany(needs.database, company.id, (tx) => remindersModel(tx, c, needs.clock()));
    return page(c, <RemindersScreen view={view} model={model} />);
  });
  app.get(paths.policies, (c) => showPolicies(needs, c));
  app.get(paths.policyNew, (c) => showForm(needs, c, null));
  app.get('/reminders/policies/:id', (c) => showForm(needs, c, c.req.param('id')));
  addStepTexts(app, needs);
  app.get(paths.letterSample, (c) => sendLetterSample(needs, c));
  app.post(paths.policies, (c) => save(needs, c, null));
  app.post('/reminders/policies/:id', (c) => save(needs, c, c.req.param('id')));
  app.post('/reminders/policies/:id/do', (c) => switchPolicy(needs, c));
}

async function showPolicies(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company, view } = c.var;
  const policies = await inCompany(needs.database, company.id, async (tx) => {
    const senders = new Map((await listSenders(tx, company.id)).map((one) => [one.id, one.address]));
    return (await listPolicies(tx, company.id)).map(
      (one): PolicyModel => ({
        ...one,
        by: one.author.name,
        steps: one.steps.map((step) => ({
          days: step.days,
          level: levelOf(one, step),
          sender: senders.get(step.senderId ?? '') ?? null,
          letter: step.letter,
          ownLetter: (step.fileIds ?? []).length > 0,
          service: step.service,
          subject: textsOfStep(one, step, one.kinds[0] ?? 'invoice')[company.language].subject,
          isOwnText: company.language in step.texts,
        })),
      }),
    );
  });
  return page(c, <PoliciesScreen view={view} policies={policies} />);
}

async function showForm(needs: WebNeeds, c: Context<StaffEnv>, id: string | null): Promise<Response> {
  const { company, view } = c.var;
  const model = await inCompany(needs.database, company.id, async (tx) => {
    const policy = id === null ? null : await find(tx, company.id, id);
    if (policy === undefined) return null;
    return policyForm(tx, company, { policy, language: view.language });
  });
  return model ? page(c, <PolicyFormScreen view={view} model={model} />) : answerProblem(c, 'not_found');
}

async function find(
  tx: Parameters<typeof listPolicies>[0],
  companyId: string,
  id: string,
): Promise<Policy | undefined> {
  return (await listPolicies(tx, companyId)).find((one) => one.id === id);
}

async function save(needs: WebNeeds, c: Context<StaffEnv>, id: string | null): Promise<Response> {
  const form = await readForm(c);
  const { company, view } = c.var;
  const uploaded = await keepLetters(needs, c, typedValues(form), form);
  const { values } = uploaded;
  const author = authorOf(c);
  const done = await inCompany(needs.database, company.id, async (tx) => {
    const before = id === null ? null : await find(tx, company.id, id);
    if (before === undefined) return { ok: false as const, model: null };
    if (uploaded.error)
      return {
        ok: false as const,
        model: await policyForm(tx, company, {
          policy: before,
          values,
          language: view.language,
          errors: { steps: uploaded.error },
        }),
      };
    const change = changeOf(values, before);
    const changed =
      before === null
        ? await createPolicy(tx, { companyId: company.id, author, change }, needs.clock())
        : await changePolicy(
            tx,
            { companyId: company.id, policyId: before.id, author, change },
            needs.clock(),
          );
    if (changed.ok) return { ok: true as const };
    const errors = changed.reason === 'invalid' ? fieldErrors(view, changed.problems) : {};
    return {
      ok: false as const,
      model: await policyForm(tx, company, { policy: before, values, errors, language: view.language }),
    };
  });
  if (done.ok) return seeOther(needs, c, paths.policies, { state: 'opened', text: view.t('kit.saved') });
  if (!done.model) return answerProblem(c, 'not_found');
  return page(c, <PolicyFormScreen view={view} model={done.model} />, 422);
}

async function switchPolicy(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const policyId = c.req.param('id') ?? '';
  const { company, view } = c.var;
  if (!isId('reminderPolicy', policyId)) return answerProblem(c, 'not_found');
  const which = { companyId: company.id, policyId, author: authorOf(c) };
  const deed = form.text('do');
  const done = await inCompany(needs.database, company.id, (tx) =>
    deed === 'earlier' || deed === 'later'
      ? move(tx, which, deed, needs.clock())
      : deed === 'delete'
        ? deletePolicy(tx, which, needs.clock())
        : changePolicy(tx, { ...which, change: { isActive: deed === 'on' } }, needs.clock()),
  );
  if (!done.ok) return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.policies, { state: 'opened', text: view.t('kit.saved') });
}

/** Puts a policy one place earlier or later; at either end it stays. */
async function move(
  tx: Tx<WebTables>,
  which: { readonly companyId: string; readonly policyId: string; readonly author: Author },
  to: 'earlier' | 'later',
  now: Date,
): Promise<{ readonly ok: boolean }> {
  const ids = (await listPolicies(tx, which.companyId)).map((one) => one.id);
  const at = ids.indexOf(which.policyId);
  if (at < 0) return { ok: false };
  const others = ids.filter((one) => one !== which.policyId);
  const policyIds = others.toSpliced(Math.max(0, to === 'earlier' ? at - 1 : at + 1), 0, which.policyId);
  return orderPolicies(tx, { ...which, policyIds }, now);
}
