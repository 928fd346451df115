import type { Context } from 'hono';
import { isId } from '#base/ids';
import {
  changeWebhook,
  createWebhook,
  readDelivery,
  removeWebhook,
  replayDelivery,
  replayFailed,
  rotateSecret,
  testWebhook,
} from '#domain/webhooks';
import { inCompany } from '#stores/database';
import { type FlashModel, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { WebhookDeliveryScreen } from '../screens/settings-webhook-delivery.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';
import { deliveryModel, readValues, showWebhooks, webhookErrors } from './webhook-models.tsx';

type C = Context<StaffEnv>;

/** Addresses that are told what happens. A secret is shown in the answer to the form that made it, and never again. */
export function addWebhooks(app: StaffApp, needs: WebNeeds): void {
  app.use(paths.settingsWebhooks, ownersOnly());
  app.use(`${paths.settingsWebhooks}/*`, ownersOnly());
  app.get(paths.settingsWebhooks, (c) => showWebhooks(needs, c));
  app.post(paths.settingsWebhooks, (c) => create(needs, c));
  app.get('/settings/webhooks/deliveries/:id', (c) => showDelivery(needs, c));
  app.post('/settings/webhooks/deliveries/:id/replay', (c) => replay(needs, c));
  app.post('/settings/webhooks/:id', (c) => change(needs, c));
  app.post('/settings/webhooks/:id/test', (c) => test(needs, c));
  app.post('/settings/webhooks/:id/state', (c) => switchState(needs, c));
  app.post('/settings/webhooks/:id/secret', (c) => newSecret(needs, c));
  app.post('/settings/webhooks/:id/replay', (c) => replayAll(needs, c));
  app.post('/settings/webhooks/:id/delete', (c) => remove(needs, c));
}

function rulesOf({ webhooks }: WebNeeds) {
  return { key: webhooks.key, hostPolicy: webhooks.net.hostPolicy };
}

function changeOf(needs: WebNeeds, c: C) {
  const companyId = c.var.company.id;
  return { companyId, webhookId: c.req.param('id') ?? '', actor: 'user', now: needs.clock() } as const;
}

async function create(needs: WebNeeds, c: C): Promise<Response> {
  const { view, company } = c.var;
  const values = readValues(await readForm(c));
  const by = { companyId: company.id, actor: 'user', now: needs.clock() } as const;
  const made = await inCompany(needs.database, company.id, (tx) =>
    createWebhook(tx, rulesOf(needs), values.input, by),
  );
  if (!made.ok) {
    const errors = made.reason === 'invalid' ? webhookErrors(view, made.problems) : {};
    return showWebhooks(needs, c, { editing: { id: null, values: values.typed, errors } });
  }
  return showWebhooks(needs, c, { made: { url: made.webhook.url, secret: made.secret } });
}

async function change(needs: WebNeeds, c: C): Promise<Response> {
  const { view, company } = c.var;
  const values = readValues(await readForm(c));
  const of = changeOf(needs, c);
  const changed = await inCompany(needs.database, company.id, (tx) =>
    changeWebhook(tx, rulesOf(needs), values.input, of),
  );
  if (changed.ok) return back(needs, c, { state: 'opened', text: view.t('kit.saved') }, of.webhookId);
  if (changed.reason === 'not_found') return answerProblem(c, 'not_found');
  const errors = webhookErrors(view, changed.problems);
  return showWebhooks(needs, c, { editing: { id: of.webhookId, values: values.typed, errors } });
}

async function test(needs: WebNeeds, c: C): Promise<Response> {
  const { t } = c.var.view;
  const { companyId, webhookId, actor } = changeOf(needs, c);
  const tested = await testWebhook(needs.webhooks, { companyId, webhookId, actor });
  if (!tested.ok) return answerProblem(c, 'not_found');
  const { problem, status } = tested.attempt;
  const key = `webhooks.problem.${problem}`;
  const text =
    problem === null
      ? t('webhooks.tested', { status: status ?? 0 })
      : `${t('webhooks.testFailed')} ${t.has(key) ? t(key) : problem}`;
  const wayOut = { href: paths.webhookDelivery(tested.deliveryId), text: t('webhooks.seeDelivery') };
  return back(needs, c, { state: problem === null ? 'opened' : 'failed', text, wayOut }, webhookId);
}

async function switchState(needs: WebNeeds, c: C): Promise<Response> {
  const state = (await readForm(c)).text('state') === 'paused' ? 'paused' : 'active';
  const of = changeOf(needs, c);
  const changed = await inCompany(needs.database, of.companyId, (tx) =>
    changeWebhook(tx, rulesOf(needs), { state }, of),
  );
  if (!changed.ok) return answerProblem(c, 'not_found');
  return back(needs, c, { state: 'opened', text: c.var.view.t(`webhooks.now.${state}`) }, of.webhookId);
}

async function newSecret(needs: WebNeeds, c: C): Promise<Response> {
  const of = changeOf(needs, c);
  const rotated = await inCompany(needs.database, of.companyId, (tx) => rotateSecret(tx, rulesOf(needs), of));
  if (!rotated.ok) return answerProblem(c, 'not_found');
  // Not a redirect: the secret must not lie in a cookie or an address.
  return showWebhooks(needs, c, { made: { url: rotated.webhook.url, secret: rotated.secret } });
}

async function replayAll(needs: WebNeeds, c: C): Promise<Response> {
  const of = changeOf(needs, c);
  const count = await inCompany(needs.database, of.companyId, (tx) => replayFailed(tx, of, of.now));
  if (count === null) return answerProblem(c, 'not_found');
  return back(
    needs,
    c,
    { state: 'opened', text: c.var.view.t('webhooks.replayed', { count }) },
    of.webhookId,
  );
}

async function remove(needs: WebNeeds, c: C): Promise<Response> {
  const of = changeOf(needs, c);
  const done = await inCompany(needs.database, of.companyId, (tx) => removeWebhook(tx, of));
  if (!done) return answerProblem(c, 'not_found');
  return back(needs, c, { state: 'opened', text: c.var.view.t('webhooks.deleted') });
}

async function showDelivery(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view } = c.var;
  const id = c.req.param('id') ?? '';
  if (!isId('webhookDelivery', id)) return answerProblem(c, 'not_found');
  const model = await inCompany(needs.database, company.id, async (tx) => {
    const found = await readDelivery(tx, company.id, id);
    return found ? deliveryModel(tx, company.id, found) : null;
  });
  if (!model) return answerProblem(c, 'not_found');
  return page(c, <WebhookDeliveryScreen view={view} model={model} />);
}

async function replay(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view } = c.var;
  const id = c.req.param('id') ?? '';
  const again = await inCompany(needs.database, company.id, (tx) =>
    replayDelivery(tx, { companyId: company.id, deliveryId: id }, needs.clock()),
  );
  if (!again.ok && again.reason === 'not_found') return answerProblem(c, 'not_found');
  const flash: FlashModel = again.ok
    ? { state: 'opened', text: view.t('webhooks.replayed', { count: 1 }) }
    : { state: 'failed', text: wrong(view, again.reason) };
  return seeOther(needs, c, paths.webhookDelivery(id), flash);
}

function back(needs: WebNeeds, c: C, flash: FlashModel, id?: string): Response {
  return seeOther(needs, c, `${paths.settingsWebhooks}${id ? `#${id}` : ''}`, flash);
}
