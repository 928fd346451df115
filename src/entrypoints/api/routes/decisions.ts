import { z } from '@hono/zod-openapi';
import { correctContactAddress } from '#domain/customers';
import { getDispatches, resendMessage } from '#domain/dispatch';
import { type DecisionRefusal, getMessages, releaseMessage, settleMessage } from '#domain/outbox';
import { sameAddress } from '#mail/address';
import { json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { authorOf, byKey } from '../author.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { emailAddress } from '../shapes/common.ts';
import { dispatchShape, showDispatches } from '../shapes/dispatch.ts';
import { messageShape } from '../shapes/message.ts';
import { refuseDispatch } from './dispatches.ts';
import { showById } from './messages.ts';

const tag = 'Messages';

const release = defineRoute({
  method: 'post',
  path: '/messages/{id}/release',
  operationId: 'releaseMessage',
  tag,
  summary: 'Let a held message go out',
  id: 'message',
  right: 'send',
  body: {
    json: z.strictObject({
      reason: z.string().min(1).max(500).openapi({ description: 'kept in the history' }),
    }),
  },
  success: { kind: 'json', statuses: [200], schema: messageShape },
  refusals: ['not_held'],
  handle: (call) =>
    once(call, async (tx) => {
      const { reason } = call.body;
      const which = { companyId: call.companyId, messageId: call.id, reason, by: byKey(call) };
      const decided = await releaseMessage(tx, which, call.now);
      return decided.ok ? showById(tx, call) : refuseDecision(decided.reason);
    }),
});

const settle = defineRoute({
  method: 'post',
  path: '/messages/{id}/settle',
  operationId: 'settleMessage',
  tag,
  summary: 'Say what became of an unconfirmed message',
  description:
    'The mail may have arrived, but no answer of the server was heard. `delivered`: you know that it has. `again`: send it again; the recipient may then have it twice.',
  id: 'message',
  right: 'send',
  body: { json: z.strictObject({ as: z.enum(['delivered', 'again']) }) },
  success: { kind: 'json', statuses: [200], schema: messageShape },
  refusals: ['not_unconfirmed'],
  handle: (call) =>
    once(call, async (tx) => {
      const which = { companyId: call.companyId, messageId: call.id, as: call.body.as, by: byKey(call) };
      const decided = await settleMessage(tx, which, call.now);
      return decided.ok ? showById(tx, call) : refuseDecision(decided.reason);
    }),
});

function refuseDecision(reason: DecisionRefusal): Refusal {
  return reason === 'reason_missing'
    ? refuseFields([{ path: 'reason', message: 'This field is missing or empty.' }])
    : refuse(reason);
}

const resend = defineRoute({
  method: 'post',
  path: '/messages/{id}/resend',
  operationId: 'resendMessage',
  tag,
  summary: 'Send to one recipient again',
  description:
    'With `to`, to the corrected address, which also takes the place of the wrong one in the customer’s contacts.',
  id: 'message',
  right: 'send',
  body: {
    json: z.strictObject({
      to: emailAddress.optional(),
      attach: z
        .strictObject({ documents: z.boolean() })
        .optional()
        .openapi({ description: '`documents: false`: the link alone; absent: as before' }),
    }),
    isOptional: true,
  },
  success: { kind: 'json', statuses: [202], schema: dispatchShape },
  handle: (call) =>
    once(call, async (tx) => {
      const { companyId, id: messageId } = call;
      const [message] = await getMessages(tx, companyId, { ids: [messageId] });
      if (!message) return refuse('not_found');
      const { to = message.address, attach } = call.body;
      if (!sameAddress(to, message.address)) {
        const { address: wrong, documentId } = message;
        await correctContactAddress(
          tx,
          { companyId, wrong, right: to, by: byKey(call), documentId },
          call.now,
        );
      }
      const author = await authorOf(tx, call);
      const again = { companyId, messageId, to, attach: attach?.documents, author };
      const sent = await resendMessage(tx, call.needs.submit, again, call.now);
      if (!sent.ok) return sent.reason === 'not_found' ? refuse('not_found') : refuseDispatch(sent);
      const [dispatch] = await getDispatches(tx, companyId, { ids: [sent.dispatch.id] });
      const [shown] = dispatch ? await showDispatches(tx, call, [dispatch]) : [];
      return shown ? json(shown, 202) : refuse('internal_error');
    }),
});

export const decisionRoutes: readonly Route[] = [release, settle, resend];
