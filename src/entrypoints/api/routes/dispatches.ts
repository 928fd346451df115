import type { z } from '@hono/zod-openapi';
import { limitSentence } from '#domain/accounts';
import { saveDocumentWithCustomer } from '#domain/customers';
import {
  cancelDispatch,
  type DispatchRequest,
  getDispatches,
  type Submitted,
  submitDispatch,
} from '#domain/dispatch';
import { makeEvidence } from '#domain/proofs';
import { sandboxOf } from '#domain/senders';
import { type Answer, json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { authorOf } from '../author.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { dispatchErrors } from '../field-words.ts';
import { once } from '../once.ts';
import { receive } from '../receive.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf, page, toPage } from '../shapes/common.ts';
import {
  type DispatchJson,
  type dispatchOrder,
  dispatchShape,
  newDispatch,
  sendForm,
  showDispatches,
} from '../shapes/dispatch.ts';

const tag = 'Dispatches';

const send = defineRoute({
  method: 'post',
  path: '/dispatches',
  operationId: 'send',
  tag,
  summary: 'Send documents',
  description:
    'What is absent is proposed: the recipients by the customer, the text by the template, the sender by the company. As multipart/form-data with `file` (and `facts`) it takes the document in and sends it in one call: both happen, or neither. Use an Idempotency-Key: then a repeated request never sends twice.',
  right: 'send',
  isForTests: true,
  body: { json: newDispatch, form: sendForm, jsonFields: ['facts', 'dispatch'] },
  success: { kind: 'json', statuses: [202], schema: dispatchShape },
  refusals: ['unreadable_document', 'storage_full'],
  handle: (call) => ('file' in call.body ? sendFile(call, call.body) : sendKnown(call, call.body)),
});

type Order = z.output<typeof dispatchOrder>;

function sendKnown(call: Call, order: z.output<typeof newDispatch>): Promise<Answer<DispatchJson>> {
  const { documentId, documentIds = documentId ? [documentId] : [], ...rest } = order;
  return once(call, async (tx) => submit(tx, call, documentIds, rest));
}

async function sendFile(call: Call, form: z.output<typeof sendForm>): Promise<Answer<DispatchJson>> {
  const received = await receive(call, form);
  if (!received.ok) return received.refusal;
  return once(call, async (tx) => {
    const { document } = await saveDocumentWithCustomer(tx, received.prepared, call.now);
    return submit(tx, call, [document.replacedBy ?? document.id], form.dispatch ?? {});
  });
}

async function submit(
  tx: ApiTx,
  call: Call,
  documentIds: readonly string[],
  order: Order & { readonly replaces?: string },
): Promise<Answer<DispatchJson>> {
  // What goes into the sandbox takes the place of no e-mail that a customer is to get.
  if (call.caller.isTest && order.replaces) return refuseReplacing();
  const author = await authorOf(tx, call);
  const { attach = {}, sendAt, ...rest } = order;
  const request: DispatchRequest = {
    ...rest,
    companyId: call.companyId,
    author,
    origin: 'api',
    documentIds,
    attach: attach.documents,
    fileIds: attach.fileIds,
    fileName: attach.fileName,
    fileType: attach.fileType,
    sendAt: sendAt ? new Date(sendAt) : null,
    ...(call.caller.isTest ? { senderId: await ownSandbox(tx, call) } : {}),
  };
  const submitted = await submitDispatch(tx, call.needs.submit, request, call.now);
  if (!submitted.ok) return refuseDispatch(submitted);
  const [shown] = await showDispatches(tx, call, [submitted.dispatch]);
  return shown ? json(shown, 202) : refuse('internal_error');
}

function refuseReplacing(): Refusal {
  return refuseFields(dispatchErrors([{ path: 'replaces', reason: 'nothing_to_replace' }]));
}

/** A key for tests sends into the sandbox, whatever sender it names. */
async function ownSandbox(tx: ApiTx, { companyId }: Call): Promise<string> {
  const sandbox = await sandboxOf(tx, companyId);
  if (!sandbox) throw new Error(`The company ${companyId} has no sandbox.`);
  return sandbox;
}

/** Why nothing was sent. */
export function refuseDispatch(refused: Exclude<Submitted, { ok: true }>): Refusal {
  const isOfHigherPlan =
    refused.reason === 'invalid' && refused.problems.some((one) => one.reason === 'service_not_offered');
  if (isOfHigherPlan) return refuse('plan_required');
  const limit = refused.reason === 'invalid' && refused.problems.find((one) => one.reason === 'plan_limit');
  if (limit) return refuse('plan_required', { detail: limitSentence(limit.value) });
  return refuseFields(
    refused.reason === 'invalid'
      ? dispatchErrors(refused.problems)
      : dispatchErrors([{ path: 'documentId', reason: 'document_missing' }]),
  );
}

const list = defineRoute({
  method: 'get',
  path: '/dispatches',
  operationId: 'listDispatches',
  tag,
  summary: 'List dispatches, newest first',
  right: 'read',
  query: page,
  success: { kind: 'json', statuses: [200], schema: listOf(dispatchShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor } = call.query;
      const which = { before: cursor ?? null, limit: limit + 1 };
      const found = await getDispatches(tx, call.companyId, which);
      const items = await showDispatches(tx, call, found.slice(0, limit));
      return json(toPage(found, limit, (dispatch) => dispatch, items));
    }),
});

const get = defineRoute({
  method: 'get',
  path: '/dispatches/{id}',
  operationId: 'getDispatch',
  tag,
  summary: 'Show a dispatch with its messages',
  id: 'dispatch',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: dispatchShape },
  handle: (call) => inOwnCompany(call, (tx) => showById(tx, call)),
});

const cancel = defineRoute({
  method: 'post',
  path: '/dispatches/{id}/cancel',
  operationId: 'cancelDispatch',
  tag,
  summary: 'Take back what has not left',
  description:
    'Messages that have left, or are on their way, stay as they are. Canceling twice is no mistake.',
  id: 'dispatch',
  right: 'send',
  success: { kind: 'json', statuses: [200], schema: dispatchShape },
  refusals: ['too_late'],
  handle: (call) =>
    once(call, async (tx) => {
      const [known] = await getDispatches(tx, call.companyId, { ids: [call.id] });
      if (known?.canceledAt) return showById(tx, call);
      const author = await authorOf(tx, call);
      const which = { companyId: call.companyId, dispatchId: call.id, author };
      const canceled = await cancelDispatch(tx, which, call.now);
      if (canceled.ok) return showById(tx, call);
      return refuse(canceled.reason);
    }),
});

const evidence = defineRoute({
  method: 'get',
  path: '/dispatches/{id}/evidence',
  operationId: 'getEvidence',
  tag,
  summary: 'Download the evidence file of a dispatch',
  description:
    'A sealed ZIP (ASiC-E) that anybody can check offline. Making it is recorded and closes the recipients’ links, because the mails in it carry them: that is why it needs a key with all rights.',
  id: 'dispatch',
  right: 'all',
  success: { kind: 'file', mediaType: 'application/vnd.etsi.asic-e+zip' },
  handle: async (call) => {
    const request = {
      companyId: call.companyId,
      dispatchId: call.id,
      actor: 'program',
      by: call.caller.id,
    } as const;
    const made = await makeEvidence(call.needs.proofs, request, call.now);
    if (!made.ok) return refuse('not_found');
    const { bytes, fileName } = made;
    return { kind: 'file', bytes, fileName, mediaType: 'application/vnd.etsi.asic-e+zip' };
  },
});

async function showById(tx: ApiTx, call: Call): Promise<Answer<DispatchJson>> {
  const [shown] = await showDispatches(tx, call, await getDispatches(tx, call.companyId, { ids: [call.id] }));
  return shown ? json(shown) : refuse('not_found');
}

export const dispatchRoutes: readonly Route[] = [send, list, get, cancel, evidence];
