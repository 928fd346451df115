import type { Context } from 'hono';
import { isId } from '#base/ids';
import { isLanguage, type Language } from '#base/language';
import { changePolicy, listPolicies, type Policy, type Step, textsOfStep } from '#domain/reminders';
import { type GivenTemplate, type TextTemplate, textProblems } from '#domain/templates';
import { inCompany } from '#stores/database';
import { authorOf } from '../documents/author.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { stepWords } from '../screens/reminders.tsx';
import { TemplateScreen } from '../screens/template.tsx';
import { sendingOf } from '../send/sending-of.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';
import { readTemplate } from '../templates/template-form.ts';
import { templateView } from '../templates/template-view.ts';

type C = Context<StaffEnv>;

interface Found {
  readonly policy: Policy;
  readonly step: Step;
  readonly language: Language;
}

/** The texts of a policy's step, one language at a time, with a real document beside them. */
export function addStepTexts(app: StaffApp, needs: WebNeeds): void {
  app.get('/reminders/policies/:id/steps/:days/:language', async (c) => {
    const found = await find(needs, c);
    if (!found) return answerProblem(c, 'not_found');
    return show(needs, c, found, {
      text: textsOfStep(found.policy, found.step, kindOf(found))[found.language],
    });
  });
  app.post('/reminders/policies/:id/steps/:days/:language', (c) => save(needs, c));
}

async function find(needs: WebNeeds, c: C): Promise<Found | null> {
  const { company } = c.var;
  const [id, days, language] = ['id', 'days', 'language'].map((name) => c.req.param(name) ?? '');
  if (!isId('reminderPolicy', id ?? '') || !isLanguage(language ?? '')) return null;
  const policies = await inCompany(needs.database, company.id, (tx) => listPolicies(tx, company.id));
  const policy = policies.find((one) => one.id === id);
  const step = policy?.steps.find((one) => String(one.days) === days);
  return policy && step ? { policy, step, language: language as Language } : null;
}

function kindOf({ policy }: Found) {
  return policy.kinds[0] ?? 'invoice';
}

/** Keeps the text as the step's own; `reset` gives it that of its level again. */
async function save(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view } = c.var;
  const found = await find(needs, c);
  if (!found) return answerProblem(c, 'not_found');
  const { policy, step, language } = found;
  const form = await readForm(c);
  const { subject, html } = readTemplate(form, language);
  const text = form.text('do') === 'reset' ? null : { subject, html };
  const problems = text ? textProblems({ kind: kindOf(found), purpose: 'reminder', language }, text) : [];
  if (text && problems.length > 0)
    return show(needs, c, found, { text, errors: fieldErrors(view, problems) }, 422);
  const { [language]: _, ...others } = step.texts;
  const texts = text ? { ...others, [language]: text } : others;
  const steps = policy.steps.map((one) => (one.days === step.days ? { ...one, texts } : one));
  const which = { companyId: company.id, policyId: policy.id, author: authorOf(c) };
  const changed = await inCompany(needs.database, company.id, (tx) =>
    changePolicy(tx, { ...which, change: { steps } }, needs.clock()),
  );
  if (!changed.ok) return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.policy(policy.id), { state: 'opened', text: view.t('kit.saved') });
}

async function show(
  needs: WebNeeds,
  c: C,
  found: Found,
  { text, errors = {} }: { readonly text: TextTemplate; readonly errors?: Errors },
  status: 200 | 422 = 200,
): Promise<Response> {
  const { company, view } = c.var;
  const { policy, step, language } = found;
  const action = paths.policyText(policy.id, step.days, language);
  const apart = {
    ...{ action, back: paths.policy(policy.id) },
    title: `${policy.name}, ${stepWords(view, step.days, policy.kinds)}`,
    note: view.t('reminders.text.only'),
    save: view.t('templates.save'),
    reset: step.texts[language] ? { action, text: view.t('templates.reset') } : null,
  };
  const given: GivenTemplate = {
    ...{ kind: kindOf(found), purpose: 'reminder', language },
    ...{ subject: text.subject, html: text.html, name: '', senderId: null, isDefault: false },
  };
  const { model } = await inCompany(needs.database, company.id, (tx) =>
    templateView(tx, sendingOf(needs, c), { id: null, given, exampleId: '', apart, errors }, needs.portalUrl),
  );
  return page(c, <TemplateScreen view={view} model={model} />, status);
}
