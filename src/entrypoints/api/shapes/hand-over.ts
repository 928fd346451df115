import { z } from '@hono/zod-openapi';
import type { HandOver } from '#domain/network';
import { maybeInstant, maybeIso } from './common.ts';

export const nameShape = z
  .string()
  .openapi({ example: 'vat:BE0403170701', description: '`vat:…` or `domain:…`' });
export const proofShape = z
  .enum(['operator', 'dns'])
  .openapi({ description: '`operator`: he has confirmed it; `dns`: the domain’s records prove it' });

export const handOverShape = z
  .object({
    documentId: z.string(),
    company: z.string().openapi({ example: 'Hôtel Bellevue SA' }),
    foundBy: nameShape,
    proof: proofShape,
    state: z.enum(['waiting', 'delivered', 'accepted', 'rejected', 'failed', 'canceled']),
    problem: z.string().nullable().openapi({ description: 'why it failed or was canceled' }),
    reason: z.string().nullable().openapi({ description: 'what the other company wrote' }),
    deliveredAt: maybeInstant,
    decidedAt: maybeInstant,
  })
  .openapi('HandOver');

/** A hand-over as programs see it. */
export function showHandOver(one: HandOver): z.input<typeof handOverShape> {
  const { documentId, partnerName: company, name: foundBy, proof, state, problem, reason } = one;
  const times = { deliveredAt: maybeIso(one.deliveredAt), decidedAt: maybeIso(one.decidedAt) };
  return { documentId, company, foundBy, proof, state, problem, reason, ...times };
}
