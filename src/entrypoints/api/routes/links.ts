import { z } from '@hono/zod-openapi';
import { closeCustomerLinks } from '#domain/dispatch';
import { getDocument } from '#domain/documents';
import { json, refuse } from '../answer.ts';
import type { ApiTx, Call } from '../call.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';

const tag = 'Links';
const closedShape = z
  .object({ closed: z.number().int().openapi({ description: 'how many links were open until now' }) })
  .openapi('ClosedLinks');

const ofDocument = defineRoute({
  method: 'post',
  path: '/documents/{id}/close-links',
  operationId: 'closeDocumentLinks',
  tag,
  summary: 'Close all links that customers have to a document',
  description: 'For good: only a new dispatch opens another.',
  id: 'document',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: closedShape },
  handle: (call) =>
    once(call, async (tx) =>
      (await getDocument(tx, call.companyId, call.id)) ? close(tx, call, call.id) : refuse('not_found'),
    ),
});

const ofCompany = defineRoute({
  method: 'post',
  path: '/company/close-links',
  operationId: 'closeAllLinks',
  tag,
  summary: 'Close all links that your company has sent out',
  description: 'For good: no earlier mail opens a document any more.',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: closedShape },
  handle: (call) => once(call, (tx) => close(tx, call, null)),
});

async function close(tx: ApiTx, call: Call, documentId: string | null) {
  const by = { actor: 'program', id: call.caller.id } as const;
  return json({
    closed: await closeCustomerLinks(tx, { companyId: call.companyId, documentId, by }, call.now),
  });
}

export const linkRoutes: readonly Route[] = [ofDocument, ofCompany];
