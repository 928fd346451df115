import { z } from '@hono/zod-openapi';
import {
  changeRole,
  type Invitation,
  invite,
  limitMember,
  limitsOf,
  listInvitations,
  listMembers,
  type Member,
  type MemberChange,
  removeMember,
  revokeInvitation,
} from '#domain/accounts';
import { type Answer, empty, json, refuse, refuseFields } from '../answer.ts';
import { type Call, inOwnCompany } from '../call.ts';
import { once, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { instant, iso, listOf } from '../shapes/common.ts';

const tag = 'People';

const role = z
  .enum(['owner', 'member', 'accountant'])
  .openapi({ description: '`owner`: everything; `member`: sends and works; `accountant`: looks' });

const limit = z.array(z.string().max(60)).max(200).nullable();

const memberShape = z
  .object({
    id: z.string().openapi({ example: 'usr_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    role,
    kinds: limit.openapi({ description: 'kinds of document that a `member` may send; null: all' }),
    senderIds: limit.openapi({ description: 'senders that a `member` may use; null: all' }),
    since: instant,
  })
  .openapi('Member');

const invitationFields = {
  id: z.string().openapi({ example: 'inv_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
  purpose: z.enum(['join', 'reset']),
  email: z.string(),
  role,
  createdAt: instant,
  expiresAt: instant,
};
const invitationShape = z.object(invitationFields).openapi('Invitation');
const invitationWithUrl = z
  .object({
    ...invitationFields,
    url: z.string().openapi({ description: 'for that person; works once; in this answer only' }),
  })
  .openapi('InvitationWithUrl');

const memberEdit = z
  .strictObject({ role: role.optional(), kinds: limit.optional(), senderIds: limit.optional() })
  .openapi('MemberEdit');

function showMember({ userId, since, limits, ...rest }: Member): z.input<typeof memberShape> {
  const { kinds, senderIds } = limits;
  return {
    id: userId,
    ...rest,
    kinds: kinds && [...kinds],
    senderIds: senderIds && [...senderIds],
    since: iso(since),
  };
}

function showInvitation(one: Invitation): z.input<typeof invitationShape> {
  return { ...one, createdAt: iso(one.createdAt), expiresAt: iso(one.expiresAt) };
}

const list = defineRoute({
  method: 'get',
  path: '/members',
  operationId: 'listMembers',
  tag,
  summary: 'List the people of the company',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: listOf(memberShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const members = await listMembers(tx, call.companyId);
      return json({ items: members.map(showMember), nextCursor: null });
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/members/{id}',
  operationId: 'changeMember',
  tag,
  summary: 'Give somebody another role, or limit what a member may send',
  id: 'user',
  right: 'all',
  body: { json: memberEdit },
  success: { kind: 'empty' },
  refusals: ['last_owner'],
  handle: (call) => edit(call),
});

const remove = defineRoute({
  method: 'delete',
  path: '/members/{id}',
  operationId: 'removeMember',
  tag,
  summary: 'Take somebody out of the company',
  description: 'Sessions for this company end; what was done stays in the history.',
  id: 'user',
  right: 'all',
  success: { kind: 'empty' },
  refusals: ['last_owner'],
  handle: async (call) => afterChange(await removeMember(call.needs.database, refOf(call), call.now)),
});

const invitations = defineRoute({
  method: 'get',
  path: '/invitations',
  operationId: 'listInvitations',
  tag,
  summary: 'List invitations that can still be used',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: listOf(invitationShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const open = await listInvitations(tx, call.companyId, call.now);
      return json({ items: open.map(showInvitation), nextCursor: null });
    }),
});

const create = defineRoute({
  method: 'post',
  path: '/invitations',
  operationId: 'inviteMember',
  tag,
  summary: 'Invite somebody into the company',
  description: 'Pass `url` on to that person. It works once, within seven days.',
  right: 'all',
  feature: 'users',
  body: { json: z.strictObject({ email: z.string().max(400), role }).openapi('NewInvitation') },
  success: { kind: 'json', statuses: [201], schema: invitationWithUrl },
  handle: (call) =>
    once(call, async (tx) => {
      const { companyId, caller, needs, body } = call;
      const by = { actor: 'program', id: caller.id } as const;
      const made = await invite(tx, { companyId, ...body, by }, call.now);
      if (!made.ok && made.reason === 'user_limit')
        return refuse('plan_required', { detail: userLimitWords });
      if (!made.ok) return refuseFields([{ path: 'email', message: words[made.reason] ?? 'Not possible.' }]);
      const url = `${needs.publicUrl}/join?token=${made.token}`;
      return json({ ...showInvitation(made.invitation), url }, 201);
    }),
});

const userLimitWords =
  'The plan of this company has no room for another person: remove somebody, or take an invitation back.';

const words: Readonly<Record<string, string>> = {
  bad_address: 'This is no e-mail address.',
  is_member: 'This person belongs to the company already.',
};

const revoke = defineRoute({
  method: 'delete',
  path: '/invitations/{id}',
  operationId: 'revokeInvitation',
  tag,
  summary: 'Take an invitation back',
  id: 'invitation',
  right: 'all',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const of = { companyId: call.companyId, id: call.id, actor: 'program' } as const;
      return (await revokeInvitation(tx, of, call.now)) ? empty : refuse('not_found');
    }),
});

function refOf(call: Call) {
  return { companyId: call.companyId, userId: call.id, actor: 'program' } as const;
}

/** The role first: a company must keep an owner, and then nothing is changed. What is not named of the limits stays as it is. */
async function edit(call: Call<undefined, z.output<typeof memberEdit>>): Promise<Answer<never>> {
  const { body, needs, now, companyId } = call;
  const { role: wanted, kinds, senderIds } = body;
  const given = wanted && (await changeRole(needs.database, refOf(call), wanted, now));
  if (given && !given.ok) return refuse(given.reason);
  if (kinds === undefined && senderIds === undefined) return given ? empty : refuse('not_found');
  const before = await inOwnCompany(call, (tx) => limitsOf(tx, companyId, call.id));
  const limits = {
    kinds: kinds === undefined ? before.kinds : kinds,
    senderIds: senderIds === undefined ? before.senderIds : senderIds,
  };
  return afterChange(await limitMember(needs.database, refOf(call), limits, now));
}

function afterChange(done: MemberChange): Answer<never> {
  return done.ok ? empty : refuse(done.reason);
}

export const memberRoutes: readonly Route[] = [list, change, remove, invitations, create, revoke];
