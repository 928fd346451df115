import { z } from '@hono/zod-openapi';
import {
  addSubmissionLogin,
  listSubmissionLogins,
  ownerOf,
  revokeSubmissionLogin,
  type SubmissionLogin,
} from '#domain/accounts';
import { empty, json, refuse, refuseFields } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { fieldErrors } from '../field-words.ts';
import { once, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { instant, iso, listOf, maybeInstant, maybeIso, trackingMode } from '../shapes/common.ts';

const tag = 'Submission';

const newLogin = z
  .strictObject({
    name: z.string().min(1).max(200),
    tracking: trackingMode.default('full'),
    attach: z.boolean().default(true),
    link: z.boolean().default(true),
    ownText: z.boolean().default(true).openapi({ description: 'false: the text of the template' }),
  })
  .openapi('NewSubmissionLogin');

const fields = {
  id: z.string().openapi({ example: 'sml_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
  name: z.string(),
  username: z.string(),
  hint: z.string().openapi({ description: 'the last four characters of the password' }),
  tracking: trackingMode,
  attach: z.boolean(),
  link: z.boolean(),
  ownText: z.boolean(),
  createdAt: instant,
  lastUsedAt: maybeInstant,
};
const loginShape = z.object(fields).openapi('SubmissionLogin');
const loginWithPassword = z
  .object({ ...fields, password: z.string().openapi({ description: 'shown this once' }) })
  .openapi('SubmissionLoginWithPassword');

function show(login: SubmissionLogin): z.input<typeof loginShape> {
  const { companyId: _company, userId: _user, createdAt, lastUsedAt, ...rest } = login;
  return { ...rest, createdAt: iso(createdAt), lastUsedAt: maybeIso(lastUsedAt) };
}

const list = defineRoute({
  method: 'get',
  path: '/submission-logins',
  operationId: 'listSubmissionLogins',
  tag,
  summary: 'List the logins of the submission server',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: listOf(loginShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const logins = await listSubmissionLogins(tx, call.companyId);
      return json({ items: logins.map(show), nextCursor: null });
    }),
});

const create = defineRoute({
  method: 'post',
  path: '/submission-logins',
  operationId: 'createSubmissionLogin',
  tag,
  summary: 'Make a login for software that knows only an outgoing mail server',
  description:
    'Its mails become documents and dispatches. The From must be one of the senders or people of the company. The password is in this answer only.',
  right: 'all',
  body: { json: newLogin },
  success: { kind: 'json', statuses: [201], schema: loginWithPassword },
  handle: (call) =>
    once(call, async (tx) => {
      const { attach, link } = call.body;
      if (!attach && !link) return refuseFields(fieldErrors([{ path: 'attach', reason: 'nothing_to_see' }]));
      const owner = await ownerOf(tx, call.companyId);
      if (!owner) return refuse('not_found');
      const input = { ...call.body, companyId: call.companyId, userId: owner.id, actor: 'program' } as const;
      const { login, password } = await addSubmissionLogin(tx, input, call.now);
      return json({ ...show(login), password }, 201);
    }),
});

const revoke = defineRoute({
  method: 'delete',
  path: '/submission-logins/{id}',
  operationId: 'revokeSubmissionLogin',
  tag,
  summary: 'End a login of the submission server',
  id: 'submissionLogin',
  right: 'all',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const of = { companyId: call.companyId, loginId: call.id, actor: 'program' } as const;
      return (await revokeSubmissionLogin(tx, of, call.now)) ? empty : refuse('not_found');
    }),
});

export const submissionLoginRoutes: readonly Route[] = [list, create, revoke];
