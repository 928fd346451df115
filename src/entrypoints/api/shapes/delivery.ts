import { z } from '@hono/zod-openapi';
import { type Delegate, type Delivery, daysLeft, deliveryStates, services } from '#domain/registered';
import { instant, iso, maybeInstant, maybeIso } from './common.ts';

const delegateShape = z.object({
  id: z.string().openapi({ description: 'of the mail that told him' }),
  name: z.string(),
  address: z.string(),
  createdAt: instant,
  endedAt: maybeInstant.openapi({ description: 'the recipient has taken it back' }),
});

export const registeredShape = z
  .object({
    messageId: z.string(),
    dispatchId: z.string(),
    documentIds: z.array(z.string()),
    service: z.enum(services as [(typeof services)[number], ...typeof services]),
    address: z.string(),
    state: z.enum(deliveryStates),
    senderHidden: z.boolean(),
    days: z.int(),
    daysLeft: z.int().nullable().openapi({ description: 'while it waits, once the notice has left' }),
    notifiedAt: maybeInstant,
    deadlineAt: maybeInstant,
    decidedAt: maybeInstant,
    decidedBy: z
      .string()
      .nullable()
      .openapi({ description: 'the delegate who answered; null: the recipient' }),
    handedOverAt: maybeInstant,
    handedOverTo: z
      .string()
      .nullable()
      .openapi({ description: 'the delegate to whom the content went first' }),
    delegates: z
      .array(delegateShape)
      .openapi({ description: 'colleagues to whom the recipient has handed it, ended ones too' }),
    createdAt: instant,
  })
  .openapi('Delivery');

/** A delivery behind a code as programs see it; nothing that opens it. */
export function showRegistered(
  one: Delivery,
  delegates: readonly Delegate[],
  of: { readonly now: Date; readonly timeZone: string },
): z.input<typeof registeredShape> {
  const { messageId, dispatchId, service, address, state, senderHidden, days, deadlineAt } = one;
  const isWaiting = state === 'waiting' && deadlineAt !== null;
  return {
    ...{ messageId, dispatchId, documentIds: [...one.documentIds], service, address, state },
    ...{ senderHidden, days, daysLeft: isWaiting ? daysLeft(deadlineAt, of.now, of.timeZone) : null },
    notifiedAt: maybeIso(one.notifiedAt),
    deadlineAt: maybeIso(deadlineAt),
    decidedAt: maybeIso(one.decidedAt),
    decidedBy: one.decidedBy,
    handedOverAt: maybeIso(one.handedOverAt),
    handedOverTo: one.handedOverTo,
    delegates: delegates
      .filter((delegate) => delegate.messageId === messageId)
      .map(({ linkMessageId: id, name, address: at, createdAt, endedAt }) => ({
        ...{ id, name, address: at, createdAt: iso(createdAt), endedAt: maybeIso(endedAt) },
      })),
    createdAt: iso(one.createdAt),
  };
}
