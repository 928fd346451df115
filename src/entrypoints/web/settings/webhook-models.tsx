import type { Context } from 'hono';
import {
  countWebhookDeliveries,
  type DeliveryDetail,
  listWebhookDeliveries,
  listWebhooks,
  type WebhookProblem,
} from '#domain/webhooks';
import { inCompany, type Tx } from '#stores/database';
import { pagerLinks, readTrail } from '../documents/paging.ts';
import type { Errors, View } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import { WebhooksScreen } from '../screens/settings-webhooks.tsx';
import type { WebhookDeliveryModel, WebhooksModel } from '../screens/settings-webhooks-model.ts';
import type { StaffEnv } from '../staff/env.ts';
import { page } from '../staff/page.tsx';
import type { PostedForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';

type C = Context<StaffEnv>;
type Editing = NonNullable<WebhooksModel['editing']>;

const perPage = 30;

/** What was typed, as it was typed and as the domain takes it. */
export function readValues(form: PostedForm): {
  readonly typed: Editing['values'];
  readonly input: { readonly url: string; readonly description: string; readonly events: string[] };
} {
  const typed = {
    url: form.text('url').trim(),
    description: form.text('description').trim(),
    events: form.text('events').trim(),
  };
  const events = typed.events.split(/[\s,;]+/).filter(Boolean);
  return { typed, input: { ...typed, events } };
}

/** The refusals of a webhook at its fields. */
export function webhookErrors(view: View, problems: readonly WebhookProblem[]): Errors {
  return fieldErrors(view, problems);
}

/** Answers with the whole page; a form that comes back with its errors is a 422. */
export async function showWebhooks(
  needs: WebNeeds,
  c: C,
  more: { readonly editing?: Editing; readonly made?: WebhooksModel['made'] } = {},
): Promise<Response> {
  const { company, view } = c.var;
  const trail = readTrail(c.req.query('cursor'));
  const found = await inCompany(needs.database, company.id, async (tx) => ({
    webhooks: await listWebhooks(tx, company.id),
    counts: await countWebhookDeliveries(tx, company.id),
    deliveries: await listWebhookDeliveries(tx, company.id, {
      before: trail.at(-1) ?? null,
      limit: perPage + 1,
    }),
  }));
  const urls = new Map(found.webhooks.map((one) => [one.id, one.url]));
  const shown = found.deliveries.slice(0, perPage);
  const last = found.deliveries.length > perPage ? (shown.at(-1) ?? null) : null;
  const model: WebhooksModel = {
    webhooks: found.webhooks.map((one) => ({
      ...one,
      ...(found.counts.get(one.id) ?? { waiting: 0, failed: 0 }),
    })),
    made: more.made ?? null,
    editing: more.editing ?? openForm(c.req.query('webhook'), found.webhooks),
    deliveries: shown.map((one) => ({ ...one, at: one.createdAt, url: urls.get(one.webhookId) ?? '' })),
    ...pagerLinks(view.path, trail, last),
  };
  return page(c, <WebhooksScreen view={view} model={model} />, more.editing ? 422 : 200);
}

function openForm(
  asked: string | undefined,
  webhooks: readonly { id: string; url: string; description: string; events: readonly string[] }[],
): WebhooksModel['editing'] {
  if (asked === 'new') return { id: null, values: { url: '', description: '', events: '' }, errors: {} };
  const found = webhooks.find((one) => one.id === asked);
  if (!found) return null;
  const { id, url, description, events } = found;
  return { id, values: { url, description, events: events.join(', ') }, errors: {} };
}

/** A delivery with its body in lines. */
export async function deliveryModel(
  tx: Tx<WebTables>,
  companyId: string,
  { delivery, attempts, body }: DeliveryDetail,
): Promise<WebhookDeliveryModel> {
  const webhook = (await listWebhooks(tx, companyId)).find((one) => one.id === delivery.webhookId);
  const { id, webhookId, eventId, eventType, state, dueAt } = delivery;
  return {
    id,
    webhookId,
    url: webhook?.url ?? '',
    eventId,
    eventType,
    state,
    dueAt,
    body: body === null ? null : JSON.stringify(JSON.parse(body), null, 2),
    attempts: [...attempts].reverse(),
  };
}
