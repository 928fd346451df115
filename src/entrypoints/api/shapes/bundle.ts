import { z } from '@hono/zod-openapi';
import type { Bundle } from '#domain/bundles';
import { day, instant, iso, language, maybeInstant, maybeIso } from './common.ts';

export const newBundle = z
  .strictObject({
    customerId: z.string().max(100).optional(),
    documentIds: z.array(z.string().max(100)).min(1).max(5000).optional(),
    from: day.optional().openapi({ description: 'first day on which a dispatch was made' }),
    to: day.optional().openapi({ description: 'last day' }),
    language: language.optional().openapi({ description: 'of the index; absent: the company’s' }),
  })
  .refine((bundle) => bundle.customerId !== undefined || bundle.documentIds !== undefined, {
    message: 'Give customerId or documentIds.',
    path: ['customerId'],
  });

const count = z.number().int();

export const bundleShape = z
  .object({
    id: z.string().openapi({ example: 'bdl_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    customerId: z.string().nullable(),
    from: day.nullable(),
    to: day.nullable(),
    state: z.enum(['waiting', 'ready', 'expired']),
    dispatches: count,
    made: count,
    failed: count.openapi({ description: 'dispatches whose file could not be made; the index says which' }),
    bytes: count,
    createdAt: instant,
    readyAt: maybeInstant,
    expiresAt: maybeInstant,
  })
  .openapi('EvidenceBundle');

export type BundleJson = z.input<typeof bundleShape>;

export function showBundle(bundle: Bundle): BundleJson {
  const { id, customerId, from, to, state, dispatches, made, failed, bytes } = bundle;
  const times = {
    createdAt: iso(bundle.createdAt),
    readyAt: maybeIso(bundle.readyAt),
    expiresAt: maybeIso(bundle.expiresAt),
  };
  return { id, customerId, from, to, state, dispatches, made, failed, bytes, ...times };
}
