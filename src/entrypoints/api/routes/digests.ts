import { z } from '@hono/zod-openapi';
import { listMembers } from '#domain/accounts';
import { digestModes, digestSettingOf, setDigest } from '#domain/notices';
import { json, refuse } from '../answer.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { defineRoute, type Route } from '../route.ts';

const tag = 'Notices';

const digestShape = z
  .object({
    mode: z.enum(digestModes).openapi({
      description: '`at_once`: what comes within two minutes in one mail; `daily`: one mail; `off`: none',
    }),
    hour: z
      .number()
      .int()
      .min(0)
      .max(23)
      .openapi({ description: 'of the daily mail, by the company’s clocks' }),
  })
  .openapi('DigestSetting');

const read = defineRoute({
  method: 'get',
  path: '/members/{id}/digest',
  operationId: 'getDigest',
  tag,
  summary: 'Read when somebody is mailed of notices',
  id: 'user',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: digestShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      if (!(await isMember(tx, call))) return refuse('not_found');
      return json(await digestSettingOf(tx, { companyId: call.companyId, userId: call.id }));
    }),
});

const write = defineRoute({
  method: 'put',
  path: '/members/{id}/digest',
  operationId: 'setDigest',
  tag,
  summary: 'Set when somebody is mailed of notices',
  id: 'user',
  right: 'all',
  body: { json: digestShape },
  success: { kind: 'json', statuses: [200], schema: digestShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      if (!(await isMember(tx, call))) return refuse('not_found');
      const { companyId, id: userId, body } = call;
      const done = await setDigest(tx, { companyId, userId }, body);
      return done.ok ? json(await digestSettingOf(tx, { companyId, userId })) : refuse('not_found');
    }),
});

async function isMember(tx: ApiTx, { companyId, id }: Call): Promise<boolean> {
  return (await listMembers(tx, companyId)).some((one) => one.userId === id);
}

export const digestRoutes: readonly Route[] = [read, write];
