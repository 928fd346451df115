import { z } from '@hono/zod-openapi';
import { eraseContent } from '#domain/erasure';
import { json, refuse, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { onceAround } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { instant, iso } from '../shapes/common.ts';

const erasedShape = z
  .object({
    dispatchId: z.string(),
    erasedAt: instant,
    mails: z.int().openapi({ description: 'archived mails that are gone' }),
    files: z.int().openapi({ description: 'files that are gone from the store' }),
  })
  .openapi('ContentErased');

const erase = defineRoute({
  method: 'post',
  path: '/dispatches/{id}/erase-content',
  operationId: 'eraseContent',
  tag: 'Privacy',
  summary: 'Erase what a dispatch has sent, for good',
  description:
    'Its mails, their text, kept pages, what came back and quotes them, and files that only it has. Its documents stay, and so do all events and proofs: `verify-log` and evidence files still hold, and say what was erased, when and by whom. Its links close.',
  id: 'dispatch',
  right: 'all',
  body: { json: z.strictObject({ reason: z.string().min(1).max(500) }) },
  success: { kind: 'json', statuses: [200], schema: erasedShape },
  refusals: ['already_erased', 'on_legal_hold', 'still_under_way'],
  handle: (call) =>
    onceAround(call, async () => {
      const { companyId, id: dispatchId, now } = call;
      const by = { ...byKey(call), name: call.caller.name };
      const order = { companyId, dispatchId, by, reason: call.body.reason };
      const done = await eraseContent(call.needs, order, now);
      if (done.ok) return json({ dispatchId, erasedAt: iso(now), mails: done.mails, files: done.files });
      if (done.reason === 'reason_missing') return refuseFields([{ path: 'reason', message: 'Say why.' }]);
      return refuse(codes[done.reason]);
    }),
});

const codes = {
  not_found: 'not_found',
  already_erased: 'already_erased',
  on_hold: 'on_legal_hold',
  under_way: 'still_under_way',
} as const;

export const erasureRoutes: readonly Route[] = [erase];
