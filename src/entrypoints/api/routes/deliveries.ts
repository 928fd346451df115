import { z } from '@hono/zod-openapi';
import { getCompany } from '#domain/accounts';
import { takeBackDelivery } from '#domain/dispatch';
import { delegatesOf, getDelivery, listDeliveries, listProviderDeliveries } from '#domain/registered';
import { type Answer, json, refuse } from '../answer.ts';
import { byKey } from '../author.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf } from '../shapes/common.ts';
import { registeredShape, showProvided, showRegistered } from '../shapes/delivery.ts';

const tag = 'Deliveries';
const mostShown = 200;

const list = defineRoute({
  method: 'get',
  path: '/deliveries',
  operationId: 'listDeliveries',
  tag,
  summary: 'List registered and confidential deliveries',
  description:
    'Those behind a code of ours and those that went through an outside provider, newest first, 200 at most. What a provider has sent about one: `GET /dispatches/{id}/receipts`.',
  right: 'read',
  query: z.strictObject({
    running: z
      .enum(['true', 'false'])
      .optional()
      .openapi({ description: '`true`: those that are not at their end' }),
    dispatchId: z.string().max(100).optional(),
  }),
  success: { kind: 'json', statuses: [200], schema: listOf(registeredShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { running, dispatchId } = call.query;
      const which = dispatchId ? { dispatchId } : { isRunning: running === 'true', limit: mostShown };
      const own = await show(tx, call, await listDeliveries(tx, call.companyId, which));
      const outside = (await listProviderDeliveries(tx, call.companyId, which)).map(showProvided);
      const items = [...own, ...outside].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
      return json({ items: dispatchId ? items : items.slice(0, mostShown), nextCursor: null });
    }),
});

const withdraw = defineRoute({
  method: 'post',
  path: '/deliveries/{id}/withdraw',
  operationId: 'withdrawDelivery',
  tag,
  summary: 'Take a delivery back that was not handed over yet',
  description:
    'By the id of its message; one of ours, not of an outside provider. The recipient can open it no more; both sides get a receipt. A notice that has not left leaves no more, and then its recipient is told nothing.',
  id: 'message',
  right: 'send',
  success: { kind: 'json', statuses: [200], schema: registeredShape },
  refusals: ['already_decided'],
  handle: (call) =>
    once(call, async (tx): Promise<Answer<z.input<typeof registeredShape>>> => {
      const of = { companyId: call.companyId, messageId: call.id, by: byKey(call).id };
      const done = await takeBackDelivery(tx, of, call.now);
      if (!done.ok) return refuse(done.reason === 'not_found' ? 'not_found' : 'already_decided');
      const delivery = await getDelivery(tx, call.id);
      const [shown] = delivery ? await show(tx, call, [delivery]) : [];
      return shown ? json(shown) : refuse('internal_error');
    }),
});

async function show(tx: ApiTx, call: Call, deliveries: Awaited<ReturnType<typeof listDeliveries>>) {
  const ids = deliveries.map((one) => one.messageId);
  const delegates = await delegatesOf(tx, call.companyId, ids);
  const timeZone = (await getCompany(tx, call.companyId))?.timeZone ?? 'UTC';
  return deliveries.map((one) => showRegistered(one, delegates, { now: call.now, timeZone }));
}

export const deliveryRoutes: readonly Route[] = [list, withdraw];
