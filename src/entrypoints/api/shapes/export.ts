import { z } from '@hono/zod-openapi';
import type { CompanyExport } from '#domain/exports';
import { instant, iso, maybeInstant, maybeIso } from './common.ts';

const count = z.number().int();

export const exportShape = z
  .object({
    id: z.string().openapi({ example: 'exp_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    state: z.enum(['waiting', 'ready', 'failed', 'expired']),
    rows: count.openapi({ description: 'of all tables together' }),
    files: count,
    missing: count.openapi({ description: 'files that rows name and that could not be read' }),
    bytes: count.openapi({ description: 'of what stands in the ZIP' }),
    createdAt: instant,
    readyAt: maybeInstant,
    expiresAt: maybeInstant,
  })
  .openapi('CompanyExport');

export type ExportJson = z.input<typeof exportShape>;

export function showExport(one: CompanyExport): ExportJson {
  const { id, state, rows, files, missing, bytes } = one;
  const times = {
    createdAt: iso(one.createdAt),
    readyAt: maybeIso(one.readyAt),
    expiresAt: maybeIso(one.expiresAt),
  };
  return { id, state, rows, files, missing, bytes, ...times };
}
