import { z } from '@hono/zod-openapi';
import { releaseForSender } from '#domain/outbox';
import { followMailboxChoice, removeSender } from '#domain/returns';
import {
  changeSender,
  checkSender,
  createSender,
  getSender,
  isProviderSender,
  listSenders,
  type SenderRefusal,
  setDefaultSender,
} from '#domain/senders';
import { empty, json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { type Call, inOwnCompany } from '../call.ts';
import { senderError } from '../field-words.ts';
import { once, onceAround, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { emailAddress, listOf } from '../shapes/common.ts';
import {
  newSender,
  senderCheckShape,
  senderEdit,
  senderShape,
  showCheck,
  showSender,
} from '../shapes/sender.ts';

const tag = 'Senders';

const list = defineRoute({
  method: 'get',
  path: '/senders',
  operationId: 'listSenders',
  tag,
  summary: 'List senders, the default first',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: listOf(senderShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const senders = await listSenders(tx, call.companyId);
      return json({ items: senders.map(showSender), nextCursor: null });
    }),
});

const get = defineRoute({
  method: 'get',
  path: '/senders/{id}',
  operationId: 'getSender',
  tag,
  summary: 'Show a sender',
  id: 'sender',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: senderShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const sender = await getSender(tx, call.companyId, call.id);
      return sender && !sender.deletedAt ? json(showSender(sender)) : refuse('not_found');
    }),
});

const create = defineRoute({
  method: 'post',
  path: '/senders',
  operationId: 'createSender',
  tag,
  summary: 'Add a sender',
  description:
    'It is `unchecked` until it is validated; until then what is sent from a `domain` or `open` one is held. One at `google` or `microsoft` has to be connected by its owner first, at its `connectPath`.',
  right: 'all',
  body: { json: newSender },
  success: { kind: 'json', statuses: [201], schema: senderShape },
  handle: (call) =>
    once(call, async (tx) => {
      const input = { companyId: call.companyId, ...call.body };
      const made = await createSender(tx, call.needs.senders, input, 'program', call.now);
      return made.ok ? json(showSender(made.sender), 201) : refuseSender(made.reason);
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/senders/{id}',
  operationId: 'changeSender',
  tag,
  summary: 'Change a sender, or make it the default',
  description: 'What is absent stays as it is. Other settings have to be validated again.',
  id: 'sender',
  right: 'all',
  body: { json: senderEdit },
  success: { kind: 'json', statuses: [200], schema: senderShape },
  refusals: ['sandbox_is_fixed', 'sender_not_valid'],
  handle: (call) =>
    orNothing(call, async (tx) => {
      const { isDefault, ...edit } = call.body;
      const changed = await changeSender(tx, call.needs.senders, refOf(call), edit, 'program', call.now);
      const done =
        changed.ok && isDefault ? await setDefaultSender(tx, refOf(call), 'program', call.now) : changed;
      if (!done.ok) return refuseSender(done.reason);
      const { actor, id: by } = byKey(call);
      if (isProviderSender(done.sender))
        await followMailboxChoice(tx, call.needs.senders, { ...refOf(call), actor, by }, call.now);
      return json(showSender(done.sender));
    }),
});

const remove = defineRoute({
  method: 'delete',
  path: '/senders/{id}',
  operationId: 'deleteSender',
  tag,
  summary: 'Take a sender out of use',
  description:
    'Its password is forgotten and its mailbox read no more: bounces and answers that only arrive there are not seen any longer. Messages that it has sent keep its address.',
  id: 'sender',
  right: 'all',
  success: { kind: 'empty' },
  refusals: ['sandbox_is_fixed', 'sender_is_default', 'sender_in_rule'],
  handle: (call) =>
    orNothing(call, async (tx) => {
      const { actor, id: by } = byKey(call);
      const removed = await removeSender(tx, { ...refOf(call), actor, by }, call.now);
      return removed.ok ? empty : refuseSender(removed.reason);
    }),
});

const validate = defineRoute({
  method: 'post',
  path: '/senders/{id}/validate',
  operationId: 'validateSender',
  tag,
  summary: 'Try whether a sender works',
  description: 'Speaks to its server up to the address of the sender; no mail leaves.',
  id: 'sender',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: senderCheckShape },
  handle: (call) => onceAround(call, () => check(call, undefined)),
});

const sendTest = defineRoute({
  method: 'post',
  path: '/senders/{id}/test',
  operationId: 'testSender',
  tag,
  summary: 'Send a test mail from a sender',
  id: 'sender',
  right: 'all',
  body: { json: z.strictObject({ to: emailAddress }) },
  success: { kind: 'json', statuses: [200], schema: senderCheckShape },
  handle: (call) => onceAround(call, () => check(call, call.body.to)),
});

async function check(call: Call, sendTestTo: string | undefined) {
  const checked = await checkSender(call.needs.senders, { ...refOf(call), sendTestTo, actor: 'program' });
  if (!checked.ok) return checked.reason === 'not_found' ? refuse('not_found') : refuseSender(checked.reason);
  if (checked.sender.state === 'valid')
    await inOwnCompany(call, (tx) => releaseForSender(tx, call.companyId, call.id, call.now));
  return json(showCheck(checked.check, checked.sender));
}

function refOf(call: Call) {
  return { companyId: call.companyId, senderId: call.id };
}

function refuseSender(reason: SenderRefusal): Refusal {
  const field = senderError(reason);
  if (field) return refuseFields([field]);
  return refuse(
    reason as Extract<
      SenderRefusal,
      'not_found' | 'sandbox_is_fixed' | 'sender_is_default' | 'sender_in_rule' | 'sender_not_valid'
    >,
  );
}

export const senderRoutes: readonly Route[] = [list, get, create, change, remove, validate, sendTest];
