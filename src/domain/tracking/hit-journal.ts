import { z } from 'zod';
import type { Hit } from './hit.ts';

/** Where hits rest until they are written to the database: `append` returns when the bytes are safe on disk. */
export interface HitJournal {
  append(record: Uint8Array): Promise<unknown>;
}

const text = z.string().max(600);

const hitForm = z.object({
  id: text,
  at: z.coerce.date(),
  messageId: text,
  generation: z.number().int(),
  signal: z.enum(['pixel', 'page', 'view', 'file', 'failure']),
  method: text,
  userAgent: text,
  ip: text,
  session: text.nullable(),
  isStaff: z.boolean(),
  documentId: text.nullable(),
  pages: z.array(z.number().int().min(1)).max(500),
  failure: text.nullable(),
});

/** Takes a hit in: when this returns, it survives a crash and a database that is down. Rejects when the disk refuses. */
export async function takeHit(journal: HitJournal, hit: Hit): Promise<void> {
  await journal.append(encodeHit(hit));
}

/** A hit as journal bytes; a user agent is cut at 512 characters, because anybody may send any length. */
export function encodeHit(hit: Hit): Buffer {
  return Buffer.from(
    JSON.stringify({ ...hit, userAgent: hit.userAgent.slice(0, 512), method: hit.method.slice(0, 20) }),
  );
}

/** A journal record as a hit, or null when it is none (a torn or foreign record): such a record is passed over. */
export function decodeHit(record: Uint8Array): Hit | null {
  try {
    const read = hitForm.safeParse(JSON.parse(Buffer.from(record).toString('utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
