import { z } from '@hono/zod-openapi';
import { getCompany } from '#domain/accounts';
import { planUse } from '#domain/dispatch';
import { json, refuse } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { defineRoute, type Route } from '../route.ts';
import { instant, iso } from '../shapes/common.ts';

const count = z.number().int();

const planShape = z
  .object({
    plan: z.string().nullable().openapi({ description: 'null: the usual one, or no plans at all' }),
    features: z.array(z.string()).nullable().openapi({ description: 'null: everything' }),
    messagesPerMonth: z
      .object({ limit: count, used: count, since: instant, until: instant })
      .nullable()
      .openapi({
        description:
          'e-mails to recipients accepted in the month of the company’s clocks; it begins anew at `until`. null: no limit',
      }),
    users: z.object({ limit: count.nullable(), used: count }).openapi({
      description: 'people, those included who are invited; `limit` null: no limit',
    }),
  })
  .openapi('Plan');

const get = defineRoute({
  method: 'get',
  path: '/plan',
  operationId: 'getPlan',
  tag: 'Company',
  summary: 'Show what your plan holds, and what is used of it',
  description:
    'A send for which there is no room is refused with `plan_required`; its `detail` says until when.',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: planShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const company = await getCompany(tx, call.companyId);
      if (!company) return refuse('not_found');
      const { plan, features } = company;
      const { messages, users } = await planUse(tx, company, call.now);
      return json({
        plan,
        features: features ? [...features] : null,
        messagesPerMonth: messages && {
          ...messages,
          since: iso(messages.since),
          until: iso(messages.until),
        },
        users,
      });
    }),
});

export const planRoutes: readonly Route[] = [get];
