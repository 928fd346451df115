import { changeRule, createRule, deleteRule, listRules, type RuleChanged, tryRule } from '#domain/automatic';
import { type Answer, empty, json, refuse, refuseFields } from '../answer.ts';
import { authorOf } from '../author.ts';
import { inOwnCompany } from '../call.ts';
import { fieldErrors } from '../field-words.ts';
import { once, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf } from '../shapes/common.ts';
import {
  newSendRule,
  type SendRuleJson,
  sendRuleEdit,
  sendRuleShape,
  showSendRule,
  showTrial,
  trialOrder,
  trialShape,
} from '../shapes/send-rule.ts';

const tag = 'Send rules';

const list = defineRoute({
  method: 'get',
  path: '/send-rules',
  operationId: 'listSendRules',
  tag,
  summary: 'List the rules by which documents are sent as they arrive',
  description: 'The first active one that fits a document is its rule.',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: listOf(sendRuleShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const rules = await listRules(tx, call.companyId);
      return json({ items: rules.map(showSendRule), nextCursor: null });
    }),
});

const create = defineRoute({
  method: 'post',
  path: '/send-rules',
  operationId: 'createSendRule',
  tag,
  summary: 'Set a send rule',
  description: 'It sends in the name of the company’s owner, each document once. Try it before it is needed.',
  right: 'all',
  body: { json: newSendRule },
  success: { kind: 'json', statuses: [201], schema: sendRuleShape },
  handle: (call) =>
    once(call, async (tx) => {
      const author = await authorOf(tx, call);
      const made = await createRule(tx, { companyId: call.companyId, author, change: call.body }, call.now);
      return answerOf(made, 201);
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/send-rules/{id}',
  operationId: 'changeSendRule',
  tag,
  summary: 'Change a send rule',
  description: 'What is absent stays as it is.',
  id: 'sendRule',
  right: 'all',
  body: { json: sendRuleEdit },
  success: { kind: 'json', statuses: [200], schema: sendRuleShape },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const author = await authorOf(tx, call);
      const which = { companyId: call.companyId, ruleId: call.id, author };
      return answerOf(await changeRule(tx, { ...which, change: call.body }, call.now), 200);
    }),
});

const remove = defineRoute({
  method: 'delete',
  path: '/send-rules/{id}',
  operationId: 'deleteSendRule',
  tag,
  summary: 'End a send rule',
  id: 'sendRule',
  right: 'all',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const author = await authorOf(tx, call);
      const done = await deleteRule(tx, { companyId: call.companyId, ruleId: call.id, author }, call.now);
      return done.ok ? empty : refuse('not_found');
    }),
});

const attempt = defineRoute({
  method: 'post',
  path: '/send-rules/{id}/test',
  operationId: 'testSendRule',
  tag,
  summary: 'Say what a send rule would do with a document',
  description: 'To whom, from where and with which text it would go, or why not. Sends nothing.',
  id: 'sendRule',
  right: 'send',
  body: { json: trialOrder },
  success: { kind: 'json', statuses: [200], schema: trialShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const which = { companyId: call.companyId, ruleId: call.id, documentId: call.body.documentId };
      const trial = await tryRule(tx, which, call.now);
      return trial ? json(showTrial(trial)) : refuse('not_found');
    }),
});

function answerOf(done: RuleChanged, status: 200 | 201): Answer<SendRuleJson> {
  if (done.ok) return json(showSendRule(done.rule), status);
  return done.reason === 'invalid' ? refuseFields(fieldErrors(done.problems)) : refuse('not_found');
}

export const sendRuleRoutes: readonly Route[] = [list, create, change, remove, attempt];
