import { z } from '@hono/zod-openapi';
import { listSuppressions, suppressAddress, unsuppressAddress } from '#domain/customers';
import { empty, json, refuse, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { inOwnCompany } from '../call.ts';
import { once, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf, page, toPage } from '../shapes/common.ts';
import { newSuppression, showSuppression, suppressionShape } from '../shapes/suppression.ts';

const tag = 'Suppressions';

const list = defineRoute({
  method: 'get',
  path: '/suppressions',
  operationId: 'listSuppressions',
  tag,
  summary: 'List the addresses that may not be mailed, newest first',
  right: 'read',
  query: page.extend({
    q: z.string().max(200).optional().openapi({ description: 'part of an address' }),
  }),
  success: { kind: 'json', statuses: [200], schema: listOf(suppressionShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor, q } = call.query;
      const before = cursor ? { addedAt: cursor.createdAt, id: cursor.id } : null;
      const found = await listSuppressions(tx, call.companyId, { before, limit: limit + 1, q });
      const items = found.slice(0, limit).map(showSuppression);
      return json(toPage(found, limit, ({ addedAt, id }) => ({ createdAt: addedAt, id }), items));
    }),
});

const add = defineRoute({
  method: 'post',
  path: '/suppressions',
  operationId: 'addSuppression',
  tag,
  summary: 'Put an address on the list',
  description:
    'Messages to it are held from now on until a person or program releases them. An address that is on the list already stays as it is (200).',
  right: 'send',
  body: { json: newSuppression },
  success: { kind: 'json', statuses: [201, 200], schema: suppressionShape },
  handle: (call) =>
    once(call, async (tx) => {
      const { address, note } = call.body;
      const given = { companyId: call.companyId, address, note: note ?? null, by: byKey(call) };
      const added = await suppressAddress(tx, given, call.now);
      if (!added.ok) return refuseFields([{ path: 'address', message: 'This is no e-mail address.' }]);
      return json(showSuppression(added.suppression), added.isNew ? 201 : 200);
    }),
});

const remove = defineRoute({
  method: 'delete',
  path: '/suppressions/{id}',
  operationId: 'removeSuppression',
  tag,
  summary: 'Take an address off the list',
  description: 'Messages that are held stay held until they are released.',
  id: 'suppression',
  right: 'send',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const which = { companyId: call.companyId, id: call.id, by: byKey(call) };
      return (await unsuppressAddress(tx, which, call.now)) ? empty : refuse('not_found');
    }),
});

export const suppressionRoutes: readonly Route[] = [list, add, remove];
