import { z } from '@hono/zod-openapi';
import { sendByRule } from '#domain/automatic';
import {
  changeDocumentWithCustomer,
  saveDocumentWithCustomer,
  saveVersionWithCustomer,
} from '#domain/customers';
import { type Dispatch, dispatchesReallySent, documentEnvelope, type Envelope } from '#domain/dispatch';
import {
  type ChangeRefused,
  type Document,
  getDocument,
  getDocuments,
  type ReplaceRefusal,
  readSource,
} from '#domain/documents';
import { getMessages } from '#domain/outbox';
import { catchUp, listDocuments } from '#domain/overview';
import { json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { type ApiTx, inOwnCompany } from '../call.ts';
import { fieldErrors } from '../field-words.ts';
import { once, orNothing } from '../once.ts';
import { receive } from '../receive.ts';
import { defineRoute, type Route } from '../route.ts';
import { day, listOf, page, someOf, toPage } from '../shapes/common.ts';
import {
  documentEdit,
  documentKind,
  documentShape,
  envelopes,
  showDocument,
  uploadForm,
} from '../shapes/document.ts';
import { envelopesOf } from '../shapes/envelopes.ts';

const tag = 'Documents';

const upload = defineRoute({
  method: 'post',
  path: '/documents',
  operationId: 'uploadDocument',
  tag,
  summary: 'Take a document in',
  description:
    'A PDF, with or without an invoice in XML inside, or such an XML. What the file says of itself is read; `facts` go before it. The same bytes again are the same document: 200 instead of 201, and facts that it lacks are filled in. A new document is sent at once where a send rule of the company says so.',
  right: 'send',
  isForTests: true,
  body: { form: uploadForm, jsonFields: ['facts', 'metadata'] },
  success: { kind: 'json', statuses: [201, 200], schema: documentShape },
  refusals: ['unreadable_document', 'storage_full'],
  handle: async (call) => {
    const received = await receive(call, call.body);
    if (!received.ok) return received.refusal;
    return once(call, async (tx) => {
      const { document, existed } = await saveDocumentWithCustomer(tx, received.prepared, call.now);
      const arrived = { companyId: call.companyId, documentId: document.id, source: 'api' } as const;
      if (!existed) await sendByRule(tx, call.needs.submit, arrived, call.now);
      return json(await showOne(tx, document), existed ? 200 : 201);
    });
  },
});

const list = defineRoute({
  method: 'get',
  path: '/documents',
  operationId: 'listDocuments',
  tag,
  summary: 'List documents, newest first',
  description: 'Versions that were replaced, and canceled documents, are left out.',
  right: 'read',
  query: page.extend({
    kind: documentKind.optional(),
    customerId: z.string().max(100).optional(),
    paid: z
      .enum(['paid', 'partly', 'unpaid', 'true', 'false'])
      .optional()
      .openapi({ description: '`true` is `paid`; `false` is all that is not fully paid' }),
    envelope: someOf(envelopes),
    q: z.string().max(200).optional().openapi({ description: 'words in number, customer, address, subject' }),
    from: day.optional().openapi({ description: 'first day of issue' }),
    to: day.optional().openapi({ description: 'last day of issue' }),
  }),
  success: { kind: 'json', statuses: [200], schema: listOf(documentShape) },
  handle: async (call) => {
    const { limit, cursor, envelope, paid, ...filter } = call.query;
    const { companyId, needs } = call;
    await catchUp(needs.database);
    const rows = await listDocuments(
      needs.database,
      companyId,
      { ...filter, envelopes: envelope, paid: paidStates(paid) },
      { before: cursor ?? null, limit: limit + 1 },
    );
    const shown = new Map(rows.slice(0, limit).map((row) => [row.document_id, row.envelope]));
    const documents = await inOwnCompany(call, (tx) => getDocuments(tx, companyId, [...shown.keys()]));
    const items = documents.map((one) => showDocument(one, shown.get(one.id) ?? 'none'));
    return json(toPage(rows, limit, (row) => ({ createdAt: row.created_at, id: row.document_id }), items));
  },
});

function paidStates(paid: string | undefined): ('paid' | 'partly' | 'unpaid')[] | undefined {
  if (paid === undefined) return undefined;
  if (paid === 'false') return ['partly', 'unpaid'];
  return [paid === 'true' ? 'paid' : (paid as 'paid')];
}

const get = defineRoute({
  method: 'get',
  path: '/documents/{id}',
  operationId: 'getDocument',
  tag,
  summary: 'Show a document',
  id: 'document',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: documentShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const document = await getDocument(tx, call.companyId, call.id);
      return document ? json(await showOne(tx, document)) : refuse('not_found');
    }),
});

const download = defineRoute({
  method: 'get',
  path: '/documents/{id}/file',
  operationId: 'downloadDocument',
  tag,
  summary: 'Download the file as it came in',
  id: 'document',
  right: 'read',
  success: { kind: 'file', mediaType: 'application/octet-stream' },
  handle: async (call) => {
    const document = await inOwnCompany(call, (tx) => getDocument(tx, call.companyId, call.id));
    if (!document) return refuse('not_found');
    const bytes = await readSource(call.needs.files, document);
    return { kind: 'file', bytes, mediaType: document.mediaType, fileName: document.fileName };
  },
});

const change = defineRoute({
  method: 'patch',
  path: '/documents/{id}',
  operationId: 'changeDocument',
  tag,
  summary: 'Change facts and payment state',
  description: 'What is absent stays as it is; null takes a fact away.',
  id: 'document',
  right: 'send',
  body: { json: documentEdit },
  success: { kind: 'json', statuses: [200], schema: documentShape },
  refusals: ['document_replaced'],
  handle: (call) =>
    orNothing(call, async (tx) => {
      const which = { companyId: call.companyId, documentId: call.id, by: byKey(call) };
      const changed = await changeDocumentWithCustomer(tx, which, call.body, call.now);
      return changed.ok ? json(await showOne(tx, changed.document)) : refuseChange(changed);
    }),
});

function refuseChange(refused: ChangeRefused | { readonly reason: 'unknown_customer' }): Refusal {
  switch (refused.reason) {
    case 'invalid':
      return refuseFields(fieldErrors(refused.problems));
    case 'unknown_document':
      return refuse('not_found');
    case 'replaced':
      return refuse('document_replaced');
    case 'unknown_customer':
      return refuseFields([{ path: 'customerId', message: 'There is no such customer.' }]);
  }
}

const addVersion = defineRoute({
  method: 'post',
  path: '/documents/{id}/versions',
  operationId: 'replaceDocument',
  tag,
  summary: 'Replace a document by a new version',
  description:
    'The new version takes over customer, payment state and what its file does not say. What was sent keeps its version.',
  id: 'document',
  right: 'send',
  isForTests: true,
  body: { form: uploadForm, jsonFields: ['facts', 'metadata'] },
  success: { kind: 'json', statuses: [201, 200], schema: documentShape },
  refusals: ['unreadable_document', 'document_replaced', 'same_file', 'storage_full'],
  handle: async (call) => {
    const known = await inOwnCompany(call, (tx) => getDocument(tx, call.companyId, call.id));
    if (!known) return refuse('not_found');
    const received = await receive(call, call.body);
    if (!received.ok) return received.refusal;
    return once(call, async (tx) => {
      const saved = await saveVersionWithCustomer(tx, call.id, received.prepared, call.now);
      if (!saved.ok) return refuse(replaceRefusals[saved.reason]);
      return json(await showOne(tx, saved.document), saved.existed ? 200 : 201);
    });
  },
});

const replaceRefusals = {
  unknown_document: 'not_found',
  already_replaced: 'document_replaced',
  same_as_older_version: 'same_file',
  same_as_other_document: 'same_file',
} as const satisfies Readonly<Record<ReplaceRefusal, string>>;

/** A document with its envelope, worked out now. */
async function showOne(tx: ApiTx, document: Document) {
  const dispatches = await dispatchesReallySent(tx, document.companyId, [document.id]);
  return showDocument(document, await envelopeNow(tx, document.companyId, dispatches));
}

const fewDispatches = 10; // the newest one nearly always says it

/** The envelope by the newest dispatch that counts; older ones are looked at only if none of the newer does. */
async function envelopeNow(
  tx: ApiTx,
  companyId: string,
  newestFirst: readonly Dispatch[],
): Promise<Envelope> {
  let found: Envelope = 'none';
  for (let from = 0; from < newestFirst.length; from += fewDispatches) {
    const some = newestFirst.slice(from, from + fewDispatches);
    const dispatchIds = some.map((dispatch) => dispatch.id);
    const seen = await envelopesOf(tx, companyId, await getMessages(tx, companyId, { dispatchIds }), some);
    const { envelope } = documentEnvelope(dispatchIds.flatMap((id) => seen.get(id) ?? []));
    if (envelope !== 'none' && envelope !== 'canceled') return envelope;
    if (found === 'none') found = envelope;
  }
  return found;
}

export const documentRoutes: readonly Route[] = [upload, list, get, download, change, addVersion];
