import type { Context } from 'hono';
import { after, day } from '#base/time';
import { hasFeature, listApiKeys, makeApiKey, revokeApiKey } from '#domain/accounts';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type KeysModel, KeysScreen, keyRights } from '../screens/settings-keys.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';

type C = Context<StaffEnv>;
type Shown = Pick<KeysModel, 'made' | 'values' | 'errors'>;

const fresh: Shown = {
  made: null,
  values: { name: '', rights: 'send', days: '', isTest: false },
  errors: {},
};

/** Keys for programs. A new one is shown in the answer to the form that made it, and never again. */
export function addKeys(app: StaffApp, needs: WebNeeds): void {
  app.use(paths.settingsKeys, ownersOnly());
  app.get(paths.settingsKeys, (c) => show(needs, c, fresh));
  app.post(paths.settingsKeys, async (c) => {
    const form = await readForm(c);
    const name = form.text('name').trim();
    const rights = keyRights.find((one) => one === form.text('rights')) ?? 'send';
    const days = form.text('days').trim();
    const isTest = form.has('isTest');
    const values = { name, rights, days, isTest };
    if (days !== '' && !/^[1-9]\d{0,3}$/.test(days)) {
      const errors = fieldErrors(c.var.view, [{ path: 'days', reason: 'out_of_range' }]);
      return show(needs, c, { ...fresh, values, errors }, 422);
    }
    const reason = name === '' ? 'required' : name.length > 200 ? 'too_long' : null;
    if (reason) {
      const errors = fieldErrors(c.var.view, [{ path: 'name', reason }]);
      return show(needs, c, { ...fresh, values, errors }, 422);
    }
    const companyId = c.var.company.id;
    const now = needs.clock();
    const expiresAt = days === '' ? null : after(now, Number(days) * day);
    const made = await inCompany(needs.database, companyId, (tx) =>
      makeApiKey(tx, { companyId, name, rights, isTest, expiresAt }, now),
    );
    if (!made.ok) return notInPlan(c);
    // Not a redirect: the key must not lie in a cookie or an address.
    return show(needs, c, { ...fresh, made: { name, key: made.key } });
  });
  app.post('/settings/keys/:id/revoke', ownersOnly(), async (c) => {
    const companyId = c.var.company.id;
    const done = await inCompany(needs.database, companyId, (tx) =>
      revokeApiKey(tx, companyId, c.req.param('id') ?? '', needs.clock()),
    );
    if (!done) return answerProblem(c, 'not_found');
    return seeOther(needs, c, paths.settingsKeys, { state: 'opened', text: c.var.view.t('keys.revoked') });
  });
}

function notInPlan(c: C): Response | Promise<Response> {
  return answerProblem(c, 'not_in_plan', { sentence: c.var.view.t('plan.would.api'), status: 403 });
}

async function show(needs: WebNeeds, c: C, shown: Shown, status: 200 | 422 = 200): Promise<Response> {
  const { company, view } = c.var;
  const keys = await inCompany(needs.database, company.id, (tx) => listApiKeys(tx, company.id));
  const model: KeysModel = {
    ...shown,
    keys: keys.filter((key) => key.revokedAt === null),
    mayMake: hasFeature(company, 'api'),
    apiUrl: '/api/v1',
  };
  return page(c, <KeysScreen view={view} model={model} />, status);
}
