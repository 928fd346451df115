import { z } from '@hono/zod-openapi';
import { listReceipts, listUntied, setAsideReceipt, type TieRefusal, tieReceipt } from '#domain/registered';
import { empty, json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { type Call, inOwnCompany } from '../call.ts';
import { once, onceAround } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf } from '../shapes/common.ts';
import { receiptShape, showReceipt, showUntied, untiedShape } from '../shapes/provider.ts';

const tag = 'Providers';
/** More wait nowhere; the oldest come first, and go as they are decided. */
const mostShown = 200;

const list = defineRoute({
  method: 'get',
  path: '/providers/incamail/receipts',
  operationId: 'listUntiedReceipts',
  tag,
  summary: 'List the receipts that match no dispatch',
  description:
    'Receipts that came to the account’s mailbox and name none of your messages, or fit several: oldest first, 200 at most. They may be of mails that were sent through IncaMail elsewhere.',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: listOf(untiedShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const rows = await listUntied(tx, call.companyId, mostShown);
      return json({ items: rows.map(showUntied), nextCursor: null });
    }),
});

const tie = defineRoute({
  method: 'post',
  path: '/providers/incamail/receipts/{id}/tie',
  operationId: 'tieReceipt',
  tag,
  summary: 'Say of which message a receipt is',
  description:
    'It is then as one that was recognised: in the history of the message and in the evidence file, with who tied it. The state of the delivery follows it only where its signed PDF names the message or its recipient.',
  id: 'providerReceipt',
  right: 'send',
  body: { json: z.strictObject({ messageId: z.string() }) },
  success: { kind: 'json', statuses: [200], schema: receiptShape },
  refusals: ['already_decided'],
  handle: (call) =>
    onceAround(call, async () => {
      const { messageId } = call.body;
      const done = await tieReceipt(call.needs, { ...deciding(call), messageId }, call.now);
      if (!done.ok) return refuseTie(done.reason);
      const [tied] = await inOwnCompany(call, (tx) => listReceipts(tx, call.companyId, { id: call.id }));
      // Its PDF has counted for this message already, in another mail: it is settled, and adds nothing.
      return tied ? json(showReceipt(tied)) : refuse('already_decided');
    }),
});

const setAside = defineRoute({
  method: 'post',
  path: '/providers/incamail/receipts/{id}/set-aside',
  operationId: 'setAsideReceipt',
  tag,
  summary: 'Say that a receipt is of none of your dispatches',
  description: 'It stays archived and waits no longer.',
  id: 'providerReceipt',
  right: 'send',
  success: { kind: 'empty' },
  refusals: ['already_decided'],
  handle: (call) =>
    once(call, async (tx) => {
      const done = await setAsideReceipt(tx, deciding(call), call.now);
      return done.ok ? empty : refuseTie(done.reason);
    }),
});

function deciding(call: Call) {
  const { actor, id: by } = byKey(call);
  return { companyId: call.companyId, receiptId: call.id, actor, by };
}

function refuseTie(reason: TieRefusal): Refusal {
  return reason === 'not_with_provider'
    ? refuseFields([{ path: 'messageId', message: 'No message of that id was handed to the provider.' }])
    : refuse(reason);
}

export const untiedReceiptRoutes: readonly Route[] = [list, tie, setAside];
