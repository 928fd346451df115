import { z } from '@hono/zod-openapi';
import {
  getSingleSignOn,
  newcomerRoles,
  removeSingleSignOn,
  type SignOnDeps,
  type SingleSignOn,
  type SingleSignOnProblem,
  setUpSingleSignOn,
} from '#domain/single-sign-on';
import { empty, json, refuse, refuseFields } from '../answer.ts';
import { type Call, inOwnCompany } from '../call.ts';
import { defineRoute, type Route } from '../route.ts';
import { instant, iso, maybeInstant, maybeIso } from '../shapes/common.ts';

const tag = 'People';

const fields = {
  issuer: z.string().max(600).openapi({ example: 'https://login.example.com/realms/staff' }),
  clientId: z.string().max(400),
  newcomerRole: z.enum(newcomerRoles).nullable().openapi({
    description: 'what an uninvited person with an address at a proved domain becomes; null: nobody',
  }),
  isRequired: z.boolean().openapi({
    description:
      'members and accountants have no other way in; owners keep theirs. Possible once `lastUsedAt` is set',
  }),
};

const shape = z
  .object({
    ...fields,
    returnAddress: z.string().openapi({ description: 'the redirect URI to register with the issuer' }),
    link: z.string().openapi({ description: 'by which people of the company come in' }),
    changedAt: instant,
    lastUsedAt: maybeInstant,
  })
  .openapi('SingleSignOn');

const input = z
  .strictObject({
    ...fields,
    clientSecret: z.string().max(1100).optional().openapi({
      description:
        'kept encrypted and never shown; absent: the one that is kept, while issuer and client stay the same',
    }),
    newcomerRole: fields.newcomerRole.default(null),
    isRequired: fields.isRequired.default(false),
  })
  .openapi('SingleSignOnInput');

const get = defineRoute({
  method: 'get',
  path: '/single-sign-on',
  operationId: 'getSingleSignOn',
  tag,
  summary: 'Show by which identity service people of the company come in',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: shape },
  refusals: ['not_found'],
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const found = await getSingleSignOn(tx, call.companyId);
      return found ? json(show(call, found)) : refuse('not_found');
    }),
});

const put = defineRoute({
  method: 'put',
  path: '/single-sign-on',
  operationId: 'setUpSingleSignOn',
  tag,
  summary: 'Set single sign-on (OpenID Connect) up, or change it',
  description:
    'The issuer is asked what it is before anything is kept. With another issuer or client, everybody who came in by the former one is signed out.',
  right: 'all',
  feature: 'users',
  body: { json: input },
  success: { kind: 'json', statuses: [200], schema: shape },
  handle: async (call) => {
    const { clientSecret, ...rest } = call.body;
    const given = clientSecret === undefined ? rest : { ...rest, clientSecret };
    const of = { companyId: call.companyId, actor: 'program' } as const;
    const done = await setUpSingleSignOn(depsOf(call), of, given);
    if (done.ok) return json(show(call, done.singleSignOn));
    return refuseFields(done.problems.map(({ path, reason }) => ({ path, message: words[reason] })));
  },
});

const remove = defineRoute({
  method: 'delete',
  path: '/single-sign-on',
  operationId: 'removeSingleSignOn',
  tag,
  summary: 'Remove single sign-on; everybody signs in by password again',
  right: 'all',
  success: { kind: 'empty' },
  refusals: ['not_found'],
  handle: async (call) => {
    const of = { companyId: call.companyId, actor: 'program' } as const;
    return (await removeSingleSignOn(depsOf(call), of)) ? empty : refuse('not_found');
  },
});

const words: Readonly<Record<SingleSignOnProblem['reason'], string>> = {
  required: 'This field is missing or empty.',
  too_long: 'This is too long.',
  issuer_invalid: 'This must be an https address without ? and #, as the service itself writes it.',
  issuer_unreachable: 'Nothing answers there, or this installation may not ask that address.',
  issuer_unfit: 'What answers there does not describe itself as this issuer (OpenID Connect Discovery).',
  secret_needed_again: 'With another issuer or client the secret is needed again.',
  sign_in_first: 'Somebody has to come in by it once first, so that a slip locks nobody out.',
};

function depsOf({ needs }: Call): SignOnDeps {
  const { key, hostPolicy } = needs.senders;
  return { database: needs.database, key, hostPolicy, now: needs.clock };
}

function show({ needs }: Call, found: SingleSignOn): z.input<typeof shape> {
  const { companyId, changedAt, lastUsedAt, ...rest } = found;
  const link = `${needs.publicUrl}/sign-in/with/${companyId}`;
  return {
    ...rest,
    link,
    returnAddress: `${link}/back`,
    changedAt: iso(changedAt),
    lastUsedAt: maybeIso(lastUsedAt),
  };
}

export const singleSignOnRoutes: readonly Route[] = [get, put, remove];
