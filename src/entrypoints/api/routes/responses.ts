import { z } from '@hono/zod-openapi';
import { type CustomerResponse, listResponses, responseKinds } from '#domain/responses';
import { json } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { defineRoute, type Route } from '../route.ts';
import { day, instant, iso, listOf, page, toPage } from '../shapes/common.ts';

const responseShape = z
  .object({
    id: z.string().openapi({ example: 'rsp_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    kind: z.enum(responseKinds),
    documentId: z.string(),
    dispatchId: z.string(),
    messageId: z.string(),
    name: z.string().openapi({ description: 'as it was typed, or the recipient’s' }),
    text: z.string(),
    paidOn: day.nullable(),
    reference: z.string().nullable(),
    to: z.string().nullable().openapi({ description: 'to whom it was passed on' }),
    verified: z.boolean().openapi({ description: 'a code that was mailed to the mailbox was typed' }),
    at: instant,
  })
  .openapi('Response');

const list = defineRoute({
  method: 'get',
  path: '/responses',
  operationId: 'listResponses',
  tag: 'Responses',
  summary: 'List what customers did on their pages, newest first',
  description:
    'Quotes that were accepted or refused, payments declared, disputes, replies, documents passed on.',
  right: 'read',
  query: page.extend({ documentId: z.string().max(100).optional() }),
  success: { kind: 'json', statuses: [200], schema: listOf(responseShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor, documentId } = call.query;
      const found = await listResponses(tx, call.companyId, {
        before: cursor ?? null,
        limit: limit + 1,
        documentId,
      });
      const place = ({ id, at }: CustomerResponse) => ({ id, createdAt: at });
      return json(toPage(found, limit, place, found.slice(0, limit).map(show)));
    }),
});

function show({ data, at, companyId: _, ...response }: CustomerResponse): z.input<typeof responseShape> {
  const { paidOn = null, reference = null, to = null, verified = false } = data;
  return { ...response, paidOn, reference, to, verified, at: iso(at) };
}

export const responseRoutes: readonly Route[] = [list];
