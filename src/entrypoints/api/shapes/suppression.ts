import { z } from '@hono/zod-openapi';
import type { Suppression } from '#domain/customers';
import { emailAddress, instant, iso } from './common.ts';

export const newSuppression = z
  .strictObject({
    address: emailAddress,
    note: z.string().max(500).nullish().openapi({ description: 'why, for people' }),
  })
  .openapi('NewSuppression');

export const suppressionShape = z
  .object({
    id: z.string().openapi({ example: 'sup_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    address: z.string(),
    reason: z
      .enum(['mailbox_unknown', 'mailbox_disabled', 'domain_unknown', 'complaint', 'manual'])
      .openapi({ description: 'why it may not be mailed' }),
    origin: z.enum(['server', 'report', 'user', 'program']).openapi({
      description: 'who said so: a server in the conversation, a report that came back, a person, a program',
    }),
    messageId: z.string().nullable().openapi({ description: 'the message whose fate was the cause' }),
    note: z.string().nullable(),
    addedAt: instant,
  })
  .openapi('Suppression');

/** A suppression as programs see it. */
export function showSuppression(one: Suppression): z.input<typeof suppressionShape> {
  const { id, address, reason, origin, messageId, note, addedAt } = one;
  return { id, address, reason, origin, messageId, note, addedAt: iso(addedAt) };
}
