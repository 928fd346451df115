import { listMembers } from '#domain/accounts';
import { documentKinds } from '#domain/documents';
import { getSenderRule } from '#domain/senders';
import { listTemplates, setAddressRule } from '#domain/templates';
import { json, refuseFields } from '../answer.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { type SenderRulePut, senderRulePut, senderRuleShape } from '../shapes/sender-rule.ts';

const tag = 'Senders';

const get = defineRoute({
  method: 'get',
  path: '/sender-rule',
  operationId: 'getSenderRule',
  tag,
  summary: 'Show by which rule e-mails get their address',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: senderRuleShape },
  handle: (call) => inOwnCompany(call, async (tx) => json(await showRule(tx, call.companyId))),
});

const put = defineRoute({
  method: 'put',
  path: '/sender-rule',
  operationId: 'setSenderRule',
  tag,
  summary: 'Choose by which rule e-mails get their address',
  description:
    'Refused where the rule points to a sender whose state is not `valid`. When one breaks later, its e-mails are held with a notice. A user or kind without an address sends from the default; each dispatch says so in `senderReason`.',
  right: 'all',
  body: { json: senderRulePut },
  success: { kind: 'json', statuses: [200], schema: senderRuleShape },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const unknown = await unknownSubjects(tx, call);
      if (unknown.length > 0)
        return refuseFields(unknown.map((path) => ({ path, message: 'There is nothing of that name.' })));
      const order = { companyId: call.companyId, given: call.body, actor: 'program' } as const;
      const set = await setAddressRule(tx, order, call.now);
      if (set.ok) return json(await showRule(tx, call.companyId));
      return refuseFields(
        set.points.map((subject) => ({
          path: pathOf(call.body, subject),
          message: 'This points to a sender that is not there or was not found to work. Validate it first.',
        })),
      );
    }),
});

async function unknownSubjects(tx: ApiTx, { companyId, body }: Call<unknown, SenderRulePut>) {
  const users = new Set((await listMembers(tx, companyId)).map((one) => one.userId));
  const kinds: ReadonlySet<string> = new Set(documentKinds);
  return [
    ...Object.keys(body.users ?? {})
      .filter((id) => !users.has(id))
      .map((id) => `users.${id}`),
    ...Object.keys(body.kinds ?? {})
      .filter((kind) => !kinds.has(kind))
      .map((kind) => `kinds.${kind}`),
  ];
}

function pathOf({ users, kinds }: SenderRulePut, subject: string): string {
  if (subject in (users ?? {}) || subject.startsWith('usr_')) return `users.${subject}`;
  if (subject in (kinds ?? {}) || !subject.startsWith('tpl_')) return `kinds.${subject}`;
  return `templates.${subject}`;
}

async function showRule(tx: ApiTx, companyId: string) {
  const { rule, users, kinds } = await getSenderRule(tx, companyId);
  const tied = (await listTemplates(tx, companyId)).flatMap(({ id, senderId }) =>
    senderId ? [[id, senderId] as const] : [],
  );
  return { rule, users: { ...users }, kinds: { ...kinds }, templates: Object.fromEntries(tied) };
}

export const senderRuleRoutes: readonly Route[] = [get, put];
