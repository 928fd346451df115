import { z } from 'zod';
import type { Hit } from './hit.ts';

/** A hit as the journal keeps it: plain JSON. */
export type HitRecord = Omit<Hit, 'at'> & { readonly at: string };

/** Where hits rest until they are written to the database: `append` returns when the record is safe on disk. */
export interface HitJournal {
  append(record: HitRecord): Promise<unknown>;
}

const text = z.string().max(600);

const recordForm = z.object({
  id: text,
  at: z.iso.datetime().transform((at) => new Date(at)),
  messageId: text,
  generation: z.number().int(),
  signal: z.enum(['pixel', 'page', 'view', 'file', 'failure']),
  method: text,
  userAgent: text,
  ip: text,
  isLocal: z.boolean().default(false), // absent in lines of the version before
  session: text.nullable(),
  staffOf: z.array(text).max(100),
  documentId: text.nullable(),
  pages: z.array(z.number().int().min(1)).max(500),
  pageSeconds: z.record(z.string().regex(/^\d{1,4}$/), z.number().int().min(0).max(86_400)).default({}),
  failure: text.nullable(),
  served: text.nullable().default(null), // absent in lines of the version before
});

/**
 * Takes a hit in: when this returns, it survives a crash and a database that is down. A user agent is cut at 512 characters,
 * because anybody may send any length. Rejects when the disk refuses.
 */
export async function takeHit(journal: HitJournal, hit: Hit): Promise<void> {
  await journal.append({
    ...hit,
    at: hit.at.toISOString(),
    userAgent: hit.userAgent.slice(0, 512),
    method: hit.method.slice(0, 20),
  });
}

/** A journal record as a hit, or null when it is none (of another version, say): such a record is passed over. */
export function readRecord(record: unknown): Hit | null {
  const read = recordForm.safeParse(record);
  return read.success ? read.data : null;
}
