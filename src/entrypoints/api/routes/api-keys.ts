import { z } from '@hono/zod-openapi';
import { type ApiKey, createApiKey, listApiKeys, revokeApiKey } from '#domain/accounts';
import { empty, json, refuse, refuseFields } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { once, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { instant, iso, listOf, maybeInstant, maybeIso } from '../shapes/common.ts';

const tag = 'Keys';

const rights = z.enum(['read', 'send', 'all']).openapi({
  description: '`read`: looks; `send`: sends and works as well; `all`: also settings, people and keys',
});

const fields = {
  id: z.string().openapi({ example: 'key_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
  name: z.string(),
  rights,
  isTest: z.boolean().openapi({ description: 'whatever it sends stays in the sandbox' }),
  hint: z.string().openapi({ description: 'the last four characters' }),
  createdAt: instant,
  lastUsedAt: maybeInstant,
  expiresAt: maybeInstant.openapi({ description: 'null: it has no end' }),
};
const keyShape = z.object(fields).openapi('ApiKey');
const keyWithSecret = z
  .object({ ...fields, key: z.string().openapi({ description: 'shown this once' }) })
  .openapi('ApiKeyWithSecret');

const newKey = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    rights: rights.default('send'),
    isTest: z.boolean().default(false),
    expiresAt: z.iso
      .datetime({ offset: true })
      .nullable()
      .optional()
      .openapi({ description: 'absent: as the key that asks' }),
  })
  .openapi('NewApiKey');

const list = defineRoute({
  method: 'get',
  path: '/api-keys',
  operationId: 'listApiKeys',
  tag,
  summary: 'List the keys that were not revoked',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: listOf(keyShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const keys = await listApiKeys(tx, call.companyId);
      return json({ items: keys.filter((one) => !one.revokedAt).map(show), nextCursor: null });
    }),
});

const create = defineRoute({
  method: 'post',
  path: '/api-keys',
  operationId: 'createApiKey',
  tag,
  summary: 'Make a key for another program',
  description:
    'The key is in this answer only. No key makes one that can do more or lasts longer than itself: only a key with all rights makes keys at all, one for tests makes none, and one with an end makes none that ends later.',
  right: 'all',
  body: { json: newKey },
  success: { kind: 'json', statuses: [201], schema: keyWithSecret },
  handle: (call) =>
    once(call, async (tx) => {
      const { caller, companyId, now, body } = call;
      const { name, rights, isTest } = body;
      const expiresAt = endOf(body.expiresAt, caller.expiresAt);
      if (expiresAt && expiresAt <= now)
        return refuseFields([{ path: 'expiresAt', message: 'This must lie in the future.' }]);
      if (caller.expiresAt && (!expiresAt || expiresAt > caller.expiresAt))
        return refuseFields([
          {
            path: 'expiresAt',
            message: 'The key that asks ends earlier; no key makes one that outlives it.',
          },
        ]);
      const made = { companyId, name, rights, isTest, expiresAt, actor: 'program' } as const;
      const { id, key } = await createApiKey(tx, made, now);
      const hint = key.slice(-4);
      return json(
        { ...show({ id, name, rights, isTest, hint, createdAt: now, lastUsedAt: null, expiresAt }), key },
        201,
      );
    }),
});

const revoke = defineRoute({
  method: 'delete',
  path: '/api-keys/{id}',
  operationId: 'revokeApiKey',
  tag,
  summary: 'End a key',
  description: 'It lets nobody in any more after three seconds at the latest. A key may end itself.',
  id: 'apiKey',
  right: 'all',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) =>
      (await revokeApiKey(tx, call.companyId, call.id, call.now, 'program')) ? empty : refuse('not_found'),
    ),
});

/** The asked end; absent, that of the key that asks. */
function endOf(asked: string | null | undefined, own: Date | null): Date | null {
  if (asked === undefined) return own;
  return asked === null ? null : new Date(asked);
}

type Shown = Omit<ApiKey, 'companyId' | 'revokedAt'>;

function show(key: Shown): z.input<typeof keyShape> {
  const { id, name, rights, isTest, hint, createdAt, lastUsedAt, expiresAt } = key;
  return {
    id,
    name,
    rights,
    isTest,
    hint,
    createdAt: iso(createdAt),
    lastUsedAt: maybeIso(lastUsedAt),
    expiresAt: maybeIso(expiresAt),
  };
}

export const apiKeyRoutes: readonly Route[] = [list, create, revoke];
