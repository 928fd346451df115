import { z } from '@hono/zod-openapi';
import { instant } from './common.ts';

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
