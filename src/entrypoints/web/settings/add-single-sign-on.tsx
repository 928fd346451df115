import type { Context } from 'hono';
import { listDomains } from '#domain/senders';
import {
  getSingleSignOn,
  newcomerRoles,
  removeSingleSignOn,
  type SingleSignOnInput,
  setUpSingleSignOn,
} from '#domain/single-sign-on';
import { inCompany } from '#stores/database';
import { returnAddress, signOnDeps } from '../gate/add-single-sign-on.tsx';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type SingleSignOnModel, SingleSignOnScreen } from '../screens/settings-single-sign-on.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly, planHas } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';

type C = Context<StaffEnv>;

/** Single sign-on of the company, for its owners. */
export function addSingleSignOnSettings(app: StaffApp, needs: WebNeeds): void {
  app.use(paths.settingsSingleSignOn, ownersOnly());
  app.get(paths.settingsSingleSignOn, (c) => show(needs, c));
  app.post(paths.settingsSingleSignOn, planHas('users'), async (c) => {
    const input = inputOf(await readForm(c));
    const of = { companyId: c.var.company.id, actor: 'user' } as const;
    const done = await setUpSingleSignOn(signOnDeps(needs), of, input);
    if (!done.ok) return show(needs, c, { values: input, errors: fieldErrors(c.var.view, done.problems) });
    const text = c.var.view.t(done.singleSignOn.lastUsedAt ? 'kit.saved' : 'signOn.saved');
    return seeOther(needs, c, paths.settingsSingleSignOn, { state: 'opened', text });
  });
  app.post(paths.settingsSingleSignOnRemove, ownersOnly(), async (c) => {
    const of = { companyId: c.var.company.id, actor: 'user' } as const;
    if (!(await removeSingleSignOn(signOnDeps(needs), of))) return answerProblem(c, 'not_found');
    const text = c.var.view.t('signOn.removed');
    return seeOther(needs, c, paths.settingsPeople, { state: 'opened', text });
  });
}

function inputOf(form: PostedForm): SingleSignOnInput {
  const secret = form.text('clientSecret');
  return {
    issuer: form.text('issuer').trim(),
    clientId: form.text('clientId').trim(),
    ...(secret === '' ? {} : { clientSecret: secret }),
    newcomerRole: newcomerRoles.find((one) => one === form.text('newcomerRole')) ?? null,
    isRequired: form.has('isRequired'),
  };
}

async function show(
  needs: WebNeeds,
  c: C,
  refused?: { readonly values: SingleSignOnInput; readonly errors: Errors },
): Promise<Response> {
  const { company, view } = c.var;
  const { known, domains } = await inCompany(needs.database, company.id, async (tx) => ({
    known: await getSingleSignOn(tx, company.id),
    domains: await listDomains(tx, company.id),
  }));
  const values = refused?.values ?? known;
  const model: SingleSignOnModel = {
    values: {
      issuer: values?.issuer ?? '',
      clientId: values?.clientId ?? '',
      newcomerRole: values?.newcomerRole ?? null,
      isRequired: values?.isRequired ?? false,
    },
    isSetUp: known !== null,
    lastUsedAt: known?.lastUsedAt ?? null,
    returnAddress: returnAddress(needs, company.id),
    link: `${needs.publicUrl}${paths.signInWith(company.id)}`,
    domains: domains.filter((one) => one.state === 'valid').map((one) => one.name),
    errors: refused?.errors ?? {},
  };
  return page(c, <SingleSignOnScreen view={view} model={model} />, refused ? 422 : 200);
}
