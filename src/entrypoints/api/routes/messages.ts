import { z } from '@hono/zod-openapi';
import { after, day as dayMs } from '#base/time';
import { getDispatches } from '#domain/dispatch';
import { documentKinds } from '#domain/documents';
import { eventJson, readEvents, sequence } from '#domain/evidence';
import { getMessages, type Message, readMailBytes } from '#domain/outbox';
import { catchUp, listMessages, messageCategories } from '#domain/overview';
import { engagementLevels } from '#domain/tracking';
import { type Answer, json, refuse, refuseFields } from '../answer.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { readOffset, writeOffset } from '../cursor.ts';
import { defineRoute, type Route } from '../route.ts';
import { day, listOf, loosePage, page, someOf, toPage } from '../shapes/common.ts';
import { envelopes } from '../shapes/document.ts';
import { eventShape } from '../shapes/event.ts';
import {
  deliveryStates,
  type MessageJson,
  messageShape,
  showMessageRows,
  showMessages,
} from '../shapes/message.ts';

const tag = 'Messages';

const instantOrDay = z.union([z.iso.datetime({ offset: true }), day], {
  error: 'This must be a day as YYYY-MM-DD (in UTC) or a time with its zone.',
});

const list = defineRoute({
  method: 'get',
  path: '/messages',
  operationId: 'listMessages',
  tag,
  summary: 'List messages, newest first',
  right: 'read',
  query: page.extend({
    from: instantOrDay.optional().openapi({ description: 'made on this day or later, or from this time on' }),
    to: instantOrDay.optional().openapi({ description: 'made on this day or earlier, or before this time' }),
    kind: z.enum(documentKinds).optional(),
    purpose: z.enum(['first', 'reminder', 'resend']).optional(),
    origin: z.enum(['manual', 'automatic', 'api']).optional(),
    delivery: someOf(deliveryStates),
    engagement: someOf(engagementLevels),
    envelope: someOf(envelopes).openapi({
      description: 'what the list of e-mails shows: delivery and engagement in one',
    }),
    category: z.enum(messageCategories).optional(),
    recipient: z.string().max(400).optional().openapi({ description: 'the whole address' }),
    recipientPart: z.string().max(200).optional().openapi({ description: 'a part of the address' }),
    senderId: z.string().max(100).optional(),
    dispatchId: z.string().max(100).optional(),
    q: z.string().max(200).optional().openapi({ description: 'words in number, customer, address, subject' }),
  }),
  success: { kind: 'json', statuses: [200], schema: listOf(messageShape) },
  handle: async (call) => {
    const { limit, cursor, from, to, envelope, ...filter } = call.query;
    await catchUp(call.needs.database);
    const rows = await listMessages(
      call.needs.database,
      call.companyId,
      {
        ...filter,
        envelopes: envelope,
        from: from ? new Date(from) : undefined,
        before: to ? endOf(to) : undefined,
      },
      { before: cursor ?? null, limit: limit + 1 },
    );
    const items = await inOwnCompany(call, (tx) => showMessageRows(tx, call, rows.slice(0, limit)));
    return json(toPage(rows, limit, (row) => ({ createdAt: row.created_at, id: row.message_id }), items));
  },
});

/** A day lasts until the next one begins. */
function endOf(to: string): Date {
  return to.length === 10 ? after(new Date(to), dayMs) : new Date(to);
}

const get = defineRoute({
  method: 'get',
  path: '/messages/{id}',
  operationId: 'getMessage',
  tag,
  summary: 'Show a message',
  id: 'message',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: messageShape },
  handle: (call) => inOwnCompany(call, (tx) => showById(tx, call)),
});

const events = defineRoute({
  method: 'get',
  path: '/messages/{id}/events',
  operationId: 'listMessageEvents',
  tag,
  summary: 'List what happened to a message, oldest first',
  id: 'message',
  right: 'read',
  query: z.strictObject(loosePage),
  success: { kind: 'json', statuses: [200], schema: listOf(eventShape) },
  handle: async (call) => {
    const { limit, cursor } = call.query;
    const offset = cursor === undefined ? 0 : readOffset(cursor);
    if (offset === null)
      return refuseFields([{ path: 'cursor', message: 'This is no cursor of an earlier page.' }]);
    await sequence(call.needs.database);
    return inOwnCompany(call, async (tx) => {
      const [message] = await getMessages(tx, call.companyId, { ids: [call.id] });
      if (!message) return refuse('not_found');
      const found = await readEvents(tx, { kind: 'message', id: message.id, limit: offset + limit + 1 });
      const items = found.slice(offset, offset + limit).map(eventJson);
      return json({ items, nextCursor: found.length > offset + limit ? writeOffset(offset + limit) : null });
    });
  },
});

const raw = defineRoute({
  method: 'get',
  path: '/messages/{id}/raw',
  operationId: 'getRawMessage',
  tag,
  summary: 'Download the exact bytes of a mail',
  description: 'It holds the recipient’s own link: that is why it needs a key with all rights.',
  id: 'message',
  right: 'all',
  success: { kind: 'file', mediaType: 'message/rfc822' },
  refusals: ['not_composed_yet', 'content_erased'],
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const [message] = await getMessages(tx, call.companyId, { ids: [call.id] });
      if (!message) return refuse('not_found');
      const bytes = await readMailBytes(tx, call.needs.files, call.companyId, message.id);
      if (!bytes) return refuse((await wasErased(tx, message)) ? 'content_erased' : 'not_composed_yet');
      return { kind: 'file', bytes, mediaType: 'message/rfc822', fileName: `${message.id}.eml` };
    }),
});

async function wasErased(tx: ApiTx, { companyId, dispatchId }: Message): Promise<boolean> {
  const [dispatch] = await getDispatches(tx, companyId, { ids: [dispatchId] });
  return Boolean(dispatch?.contentErasedAt);
}

/** The message of the path, as it is now. */
export async function showById(tx: ApiTx, call: Call): Promise<Answer<MessageJson>> {
  const [shown] = await showMessages(tx, call, await getMessages(tx, call.companyId, { ids: [call.id] }));
  return shown ? json(shown) : refuse('not_found');
}

export const messageRoutes: readonly Route[] = [list, get, events, raw];
