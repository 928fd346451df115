import { z } from '@hono/zod-openapi';
import { getDispatches } from '#domain/dispatch';
import { holdHistory, holdsOf, type LegalHold, liftHold } from '#domain/tracking';
import { empty, json, refuse, refuseFields } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { once, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { instant, iso, listOf } from '../shapes/common.ts';

const tag = 'Privacy';

const holdShape = z
  .object({ dispatchId: z.string(), reason: z.string(), placedBy: z.string(), placedAt: instant })
  .openapi('LegalHold');

function show({ dispatchId, reason, placedBy, placedAt }: LegalHold): z.input<typeof holdShape> {
  return { dispatchId, reason, placedBy, placedAt: iso(placedAt) };
}

const list = defineRoute({
  method: 'get',
  path: '/legal-holds',
  operationId: 'listLegalHolds',
  tag,
  summary: 'List legal holds, newest first',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: listOf(holdShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) =>
      json({ items: (await holdsOf(tx, call.companyId)).map(show), nextCursor: null }),
    ),
});

const place = defineRoute({
  method: 'post',
  path: '/dispatches/{id}/legal-hold',
  operationId: 'placeLegalHold',
  tag,
  summary: 'Keep the detailed history of a dispatch, whatever the retention says',
  description: 'Placing it is recorded. Erasing a person leaves what is on hold whole.',
  id: 'dispatch',
  right: 'all',
  body: { json: z.strictObject({ reason: z.string().min(1).max(500) }) },
  success: { kind: 'json', statuses: [201], schema: holdShape },
  refusals: ['already_held'],
  handle: (call) =>
    once(call, async (tx) => {
      const { companyId, id: dispatchId } = call;
      const [dispatch] = await getDispatches(tx, companyId, { ids: [dispatchId] });
      if (!dispatch) return refuse('not_found');
      const placed = { placedBy: call.caller.id, placedAt: call.now };
      const held = await holdHistory(
        tx,
        { companyId, dispatchId, reason: call.body.reason, ...placed },
        'program',
      );
      if (!held.ok && held.reason === 'held_already') return refuse('already_held');
      if (!held.ok) return refuseFields([{ path: 'reason', message: 'Say why, in 500 characters at most.' }]);
      const [shown] = await holdsOf(tx, companyId, [dispatchId]);
      return shown ? json(show(shown), 201) : refuse('internal_error');
    }),
});

const lift = defineRoute({
  method: 'delete',
  path: '/dispatches/{id}/legal-hold',
  operationId: 'liftLegalHold',
  tag,
  summary: 'Let the retention go on',
  id: 'dispatch',
  right: 'all',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const which = { companyId: call.companyId, dispatchId: call.id, by: call.caller.id };
      return (await liftHold(tx, which, 'program', call.now)) ? empty : refuse('not_found');
    }),
});

export const legalHoldRoutes: readonly Route[] = [list, place, lift];
