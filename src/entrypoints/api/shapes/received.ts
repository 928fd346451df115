import { z } from '@hono/zod-openapi';
import { documentKinds } from '#domain/documents';
import { type Received, receivedStates } from '#domain/network';
import { day, decimal, instant, iso, maybeInstant, maybeIso } from './common.ts';
import { nameShape } from './hand-over.ts';

export const receivedShape = z
  .object({
    id: z.string().openapi({ example: 'rcv_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    from: z.object({
      name: z.string(),
      vatId: z.string().nullable().openapi({ description: 'as the company says' }),
      proven: z.array(nameShape).openapi({ description: 'what it had proven of itself; empty: nothing' }),
    }),
    kind: z.enum(documentKinds),
    number: z.string().nullable(),
    issueDate: day.nullable(),
    dueDate: day.nullable(),
    currency: z.string().nullable(),
    total: decimal.nullable(),
    amountDue: decimal.nullable(),
    subject: z.string(),
    text: z.string(),
    source: z.object({
      format: z.string(),
      fileName: z.string(),
      sha256: z.string(),
      bytes: z.number(),
      mediaType: z.string(),
      hasXml: z.boolean(),
    }),
    state: z.enum(receivedStates as readonly ['new', 'accepted', 'rejected']),
    reason: z.string().nullable(),
    replacedBy: z.string().nullable().openapi({ description: 'a newer version that was received' }),
    times: z.number().openapi({ description: 'how often it was handed over' }),
    receivedAt: instant,
    decidedAt: maybeInstant,
    toldAt: maybeInstant.openapi({ description: 'since when the sender has the decision' }),
  })
  .openapi('Received');

/** A received document as programs see it. */
export function showReceived(one: Received): z.input<typeof receivedShape> {
  const { id, kind, number, issueDate, dueDate, currency, total, amountDue, subject, text } = one;
  const { format, fileName, sha256, bytes, mediaType, state, reason, replacedBy, times } = one;
  return {
    id,
    from: { name: one.fromName, vatId: one.fromVatId, proven: [...one.fromNames] },
    ...{ kind, number, issueDate, dueDate, currency, total, amountDue, subject, text },
    source: { format, fileName, sha256, bytes, mediaType, hasXml: one.xmlSha256 !== null },
    ...{ state, reason, replacedBy, times },
    receivedAt: iso(one.receivedAt),
    decidedAt: maybeIso(one.decidedAt),
    toldAt: maybeIso(one.toldAt),
  };
}
