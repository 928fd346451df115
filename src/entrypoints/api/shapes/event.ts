import { z } from '@hono/zod-openapi';
import type { RecordedEvent } from '#domain/evidence';
import { instant, iso } from './common.ts';

export const eventShape = z
  .object({
    id: z.string(),
    logIndex: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'place in the log; null for a moment after it happened' }),
    dispatchId: z.string().nullable(),
    messageId: z.string().nullable(),
    documentId: z.string().nullable(),
    n: z
      .number()
      .int()
      .openapi({ description: 'number within the chain of its dispatch, or of the company' }),
    type: z.string().openapi({ example: 'message.accepted' }),
    at: instant,
    actor: z.string(),
    certainty: z.enum(['certain', 'probable']),
    data: z.record(z.string(), z.unknown()),
    raw: z.string().openapi({ description: 'the event’s bytes as UTF-8 text; SHA-256 of them is `hash`' }),
    hash: z.string().openapi({ description: 'hex' }),
    prev: z
      .string()
      .nullable()
      .openapi({ description: '`hash` of the event before it in its chain, in hex' }),
  })
  .openapi('Event');

export type EventJson = z.input<typeof eventShape>;

/** An event as programs see it; personal fields that were not erased are in `data`. */
export function showEvent(event: RecordedEvent): EventJson {
  const { id, logIndex, dispatchId, messageId, documentId, n, type, actor, certainty } = event;
  return {
    id,
    logIndex,
    dispatchId,
    messageId,
    documentId,
    n,
    type,
    at: iso(event.at),
    actor,
    certainty,
    data: { ...event.data },
    raw: event.raw.toString('utf8'),
    hash: event.hash.toString('hex'),
    prev: event.prev?.toString('hex') ?? null,
  };
}
