import { z } from '@hono/zod-openapi';
import type { Block } from '#domain/network';
import { instant, iso } from './common.ts';

export const blockShape = z
  .object({
    companyId: z.string().openapi({ example: 'com_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    company: z.string(),
    blockedAt: instant,
  })
  .openapi('NetworkBlock');

export function showBlock({ fromId, fromName, blockedAt }: Block): z.input<typeof blockShape> {
  return { companyId: fromId, company: fromName, blockedAt: iso(blockedAt) };
}
