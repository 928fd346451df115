import { sequence } from '#domain/evidence';
import { dismissNotice, followNotices, listNotices } from '#domain/notices';
import { empty, json, refuse } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf, page, toPage } from '../shapes/common.ts';
import { noticeShape, showNotice } from '../shapes/notice.ts';

const tag = 'Notices';

const list = defineRoute({
  method: 'get',
  path: '/notices',
  operationId: 'listNotices',
  tag,
  summary: 'List what needs a person, newest first',
  right: 'read',
  query: page,
  success: { kind: 'json', statuses: [200], schema: listOf(noticeShape) },
  handle: async (call) => {
    const { limit, cursor } = call.query;
    await sequence(call.needs.database);
    while ((await followNotices(call.needs.database)) > 0);
    return inOwnCompany(call, async (tx) => {
      const before = cursor ? { openedAt: cursor.createdAt, id: cursor.id } : null;
      const found = await listNotices(tx, call.companyId, { before, limit: limit + 1 });
      const items = found.slice(0, limit).map(showNotice);
      return json(toPage(found, limit, ({ openedAt, id }) => ({ createdAt: openedAt, id }), items));
    });
  },
});

const dismiss = defineRoute({
  method: 'post',
  path: '/notices/{id}/dismiss',
  operationId: 'dismissNotice',
  tag,
  summary: 'Put a notice away',
  id: 'notice',
  right: 'send',
  success: { kind: 'empty' },
  handle: (call) =>
    once(call, async (tx) => {
      const closed = { at: call.now, by: call.caller.id };
      return (await dismissNotice(tx, call.companyId, call.id, closed)) ? empty : refuse('not_found');
    }),
});

export const noticeRoutes: readonly Route[] = [list, dismiss];
