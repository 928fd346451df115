import { z } from '@hono/zod-openapi';
import {
  blockSender,
  decideReceived,
  getReceived,
  listReceived,
  longestReason,
  receivedStates,
} from '#domain/network';
import { type Answer, json, refuse, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { type Call, inOwnCompany } from '../call.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf, page, toPage } from '../shapes/common.ts';
import { blockShape, showBlock } from '../shapes/network-block.ts';
import { receivedShape, showReceived } from '../shapes/received.ts';

const tag = 'Received';
const states = receivedStates as readonly ['new', 'accepted', 'rejected'];

const list = defineRoute({
  method: 'get',
  path: '/received',
  operationId: 'listReceived',
  tag,
  summary: 'List what other companies handed over, newest first',
  right: 'read',
  query: page.extend({ state: z.enum(states).optional() }),
  success: { kind: 'json', statuses: [200], schema: listOf(receivedShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor, state } = call.query;
      const found = await listReceived(tx, call.companyId, {
        state,
        before: cursor ?? null,
        limit: limit + 1,
      });
      const place = (one: (typeof found)[number]) => ({ createdAt: one.receivedAt, id: one.id });
      return json(toPage(found, limit, place, found.map(showReceived)));
    }),
});

const get = defineRoute({
  method: 'get',
  path: '/received/{id}',
  operationId: 'getReceived',
  tag,
  summary: 'Show a received document',
  id: 'received',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: receivedShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const found = await getReceived(tx, call.companyId, call.id);
      return found ? json(showReceived(found)) : refuse('not_found');
    }),
});

const download = defineRoute({
  method: 'get',
  path: '/received/{id}/file',
  operationId: 'getReceivedFile',
  tag,
  summary: 'Download a received document',
  description: '`as=pdf`: what a person reads; `as=xml`: what software reads, where there is one.',
  id: 'received',
  right: 'read',
  query: z.strictObject({ as: z.enum(['source', 'pdf', 'xml']).default('source') }),
  success: { kind: 'file', mediaType: 'application/octet-stream' },
  handle: async (call) => {
    const found = await inOwnCompany(call, (tx) => getReceived(tx, call.companyId, call.id));
    if (!found) return refuse('not_found');
    const base = found.fileName.replace(/\.(pdf|xml|p7m)$/i, '');
    const chosen = {
      source: { sha256: found.sha256, mediaType: found.mediaType, fileName: found.fileName },
      pdf: { sha256: found.pdfSha256, mediaType: 'application/pdf', fileName: `${base}.pdf` },
      xml: { sha256: found.xmlSha256, mediaType: 'application/xml', fileName: `${base}.xml` },
    }[call.query.as];
    const bytes = chosen.sha256 ? await call.needs.files.get(call.companyId, chosen.sha256) : null;
    return bytes ? { kind: 'file', bytes, ...chosen } : refuse('not_found');
  },
});

const accept = defineRoute({
  method: 'post',
  path: '/received/{id}/accept',
  operationId: 'acceptReceived',
  tag,
  summary: 'Accept a received document',
  description: 'The sender sees it. The same decision twice is no mistake; another one is refused.',
  id: 'received',
  right: 'send',
  success: { kind: 'json', statuses: [200], schema: receivedShape },
  refusals: ['already_decided'],
  handle: (call) => decide(call, 'accepted'),
});

const reject = defineRoute({
  method: 'post',
  path: '/received/{id}/reject',
  operationId: 'rejectReceived',
  tag,
  summary: 'Reject a received document, with a reason',
  description:
    'The sender reads the reason; there, the document is marked as disputed and no reminders go out.',
  id: 'received',
  right: 'send',
  body: { json: z.strictObject({ reason: z.string().min(1).max(longestReason) }) },
  success: { kind: 'json', statuses: [200], schema: receivedShape },
  refusals: ['already_decided'],
  handle: (call) => decide(call, 'rejected', call.body.reason),
});

function decide(
  call: Call,
  as: 'accepted' | 'rejected',
  reason?: string,
): Promise<Answer<z.input<typeof receivedShape>>> {
  return once(call, async (tx) => {
    const by = { ...byKey(call), name: call.caller.name };
    const which = { companyId: call.companyId, receivedId: call.id, as, reason, by };
    const decided = await decideReceived(tx, which, call.now);
    if (decided.ok) return json(showReceived(decided.received));
    if (decided.reason === 'not_found' || decided.reason === 'already_decided') return refuse(decided.reason);
    return refuseFields([{ path: 'reason', message: 'Say why, in 1000 characters at most.' }]);
  });
}

const block = defineRoute({
  method: 'post',
  path: '/received/{id}/block',
  operationId: 'blockSender',
  tag,
  summary: 'Receive nothing more from the company that a document came from',
  description:
    'What was received stays. The other side learns that it does not reach the company through the network, not why. Twice is no mistake.',
  id: 'received',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: blockShape },
  handle: (call) =>
    once(call, async (tx) => {
      const which = { companyId: call.companyId, receivedId: call.id, by: byKey(call) };
      const blocked = await blockSender(tx, which, call.now);
      return blocked ? json(showBlock(blocked)) : refuse('not_found');
    }),
});

export const receivedRoutes: readonly Route[] = [list, get, download, accept, reject, block];
