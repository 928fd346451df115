import { z } from '@hono/zod-openapi';
import { getCompany } from '#domain/accounts';
import {
  changePolicy,
  createPolicy,
  deletePolicy,
  listPolicies,
  orderPolicies,
  type PolicyChanged,
  selectReminders,
} from '#domain/reminders';
import { type Answer, empty, json, refuse, refuseFields } from '../answer.ts';
import { authorOf } from '../author.ts';
import { inOwnCompany } from '../call.ts';
import { fieldErrors } from '../field-words.ts';
import { once, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf } from '../shapes/common.ts';
import {
  newPolicy,
  type PolicyJson,
  plannedShape,
  policyEdit,
  policyShape,
  showPlanned,
  showPolicy,
} from '../shapes/reminder.ts';
import { reminderSelection } from '../shapes/reminder-selection.ts';

const tag = 'Reminders';

const list = defineRoute({
  method: 'get',
  path: '/reminder-policies',
  operationId: 'listReminderPolicies',
  tag,
  summary: 'List reminder policies',
  description:
    'In their order: the first active one that names a document’s kind, and of which it reaches `minimumAmount`, is its policy.',
  right: 'read',
  feature: 'reminders',
  success: { kind: 'json', statuses: [200], schema: listOf(policyShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const policies = await listPolicies(tx, call.companyId);
      return json({ items: policies.map(showPolicy), nextCursor: null });
    }),
});

const create = defineRoute({
  method: 'post',
  path: '/reminder-policies',
  operationId: 'createReminderPolicy',
  tag,
  summary: 'Make a reminder policy',
  description:
    'What is absent is as careful as it can be: looked at by a person, 7, 14 and 28 days after the due date.',
  right: 'all',
  feature: 'reminders',
  body: { json: newPolicy },
  success: { kind: 'json', statuses: [201], schema: policyShape },
  handle: (call) =>
    once(call, async (tx) => {
      const author = await authorOf(tx, call);
      const made = await createPolicy(tx, { companyId: call.companyId, author, change: call.body }, call.now);
      return answerOf(made, 201);
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/reminder-policies/{id}',
  operationId: 'changeReminderPolicy',
  tag,
  summary: 'Change a reminder policy',
  description: 'What is absent stays as it is. Steps that were taken for a document are not taken again.',
  id: 'reminderPolicy',
  right: 'all',
  feature: 'reminders',
  body: { json: policyEdit },
  success: { kind: 'json', statuses: [200], schema: policyShape },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const author = await authorOf(tx, call);
      const which = { companyId: call.companyId, policyId: call.id, author };
      return answerOf(await changePolicy(tx, { ...which, change: call.body }, call.now), 200);
    }),
});

const order = defineRoute({
  method: 'put',
  path: '/reminder-policies/order',
  operationId: 'orderReminderPolicies',
  tag,
  summary: 'Put the reminder policies in order',
  description: 'Name all of them: the first active one that fits a document is its policy.',
  right: 'all',
  feature: 'reminders',
  body: { json: z.strictObject({ policyIds: z.array(z.string().max(100)).max(500) }) },
  success: { kind: 'json', statuses: [200], schema: listOf(policyShape) },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const author = await authorOf(tx, call);
      const asked = { companyId: call.companyId, author, policyIds: call.body.policyIds };
      const done = await orderPolicies(tx, asked, call.now);
      if (done.ok) return json({ items: done.policies.map(showPolicy), nextCursor: null });
      return refuseFields([{ path: 'policyIds', message: 'Name each of your policies, once.' }]);
    }),
});

const remove = defineRoute({
  method: 'delete',
  path: '/reminder-policies/{id}',
  operationId: 'deleteReminderPolicy',
  tag,
  summary: 'End a reminder policy',
  id: 'reminderPolicy',
  right: 'all',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const author = await authorOf(tx, call);
      const which = { companyId: call.companyId, policyId: call.id, author };
      const done = await deletePolicy(tx, which, call.now);
      return done.ok ? empty : refuse('not_found');
    }),
});

const plan = defineRoute({
  method: 'get',
  path: '/reminders',
  operationId: 'planReminders',
  tag,
  summary: 'Show what would be reminded of, when, and why not',
  description: 'Worked out anew by the rules that send. Sends nothing.',
  right: 'read',
  feature: 'reminders',
  query: z.strictObject(reminderSelection),
  success: { kind: 'json', statuses: [200], schema: listOf(plannedShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const company = await getCompany(tx, call.companyId);
      if (!company) return refuse('not_found');
      const found = await selectReminders(tx, company, call.query, call.now);
      const items = found.map(showPlanned);
      return json({ items, nextCursor: null });
    }),
});

function answerOf(done: PolicyChanged, status: 200 | 201): Answer<PolicyJson> {
  if (done.ok) return json(showPolicy(done.policy), status);
  return done.reason === 'invalid' ? refuseFields(fieldErrors(done.problems)) : refuse('not_found');
}

export const reminderRoutes: readonly Route[] = [list, create, order, change, remove, plan];
