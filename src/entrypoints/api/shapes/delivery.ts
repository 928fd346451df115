import { z } from '@hono/zod-openapi';
import {
  type Delegate,
  type Delivery,
  daysLeft,
  deliveryStates,
  type ProviderDelivery,
  providerServices,
  type Service,
  services,
} from '#domain/registered';
import { instant, iso, maybeInstant, maybeIso } from './common.ts';

const delegateShape = z.object({
  id: z.string().openapi({ description: 'of the mail that told him' }),
  name: z.string(),
  address: z.string(),
  createdAt: instant,
  endedAt: maybeInstant.openapi({ description: 'the recipient has taken it back' }),
});

type AnyService = Service | (typeof providerServices)[number];
const allServices = [...services, ...providerServices] as [AnyService, ...AnyService[]];

const saidBy = z.enum(['nobody', 'own_record', 'signed_receipt', 'unsigned_mail']).openapi({
  description:
    'who says the state: nobody yet; our own record of what was done after a code, or of a mail that did not leave or came back; a receipt of the provider whose signature you trust; a mail of it that nobody has signed',
});

export const registeredShape = z
  .object({
    messageId: z.string(),
    dispatchId: z.string(),
    documentIds: z.array(z.string()),
    provider: z.enum(['own', 'incamail']).openapi({ description: '`own`: behind a code of ours' }),
    service: z.enum(allServices),
    address: z.string(),
    state: z.enum([...deliveryStates, 'submitted', 'blocked']).openapi({
      description: '`submitted` and `blocked`: an outside provider alone says so',
    }),
    saidBy,
    senderHidden: z.boolean(),
    days: z.int().nullable().openapi({ description: 'null: the provider decides' }),
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
    ...{ provider: 'own', saidBy: state === 'waiting' ? 'nobody' : 'own_record' },
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

const saidByOf = {
  nobody: 'nobody',
  signed: 'signed_receipt',
  unsigned: 'unsigned_mail',
  message: 'own_record',
} as const;

/** One that went through an outside provider: it has the days, and receipts say how it ended. */
export function showProvided(one: ProviderDelivery): z.input<typeof registeredShape> {
  const isOpen = one.state === 'waiting' || one.state === 'submitted';
  return {
    ...{ messageId: one.message_id, dispatchId: one.dispatch_id, documentIds: one.document_ids },
    ...{ provider: one.provider, service: one.service, address: one.address, state: one.state },
    saidBy: saidByOf[one.said_by],
    ...{ senderHidden: false, days: null, daysLeft: null, notifiedAt: null, deadlineAt: null },
    decidedAt: isOpen ? null : iso(one.state_at),
    ...{ decidedBy: null, handedOverAt: null, handedOverTo: null, delegates: [] },
    createdAt: iso(one.created_at),
  };
}
