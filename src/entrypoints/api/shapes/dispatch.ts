import { z } from '@hono/zod-openapi';
import { channels, type Dispatch, dispatchServices } from '#domain/dispatch';
import { getMessages } from '#domain/outbox';
import { mostDays, usualDays } from '#domain/registered';
import type { ApiTx, Call } from '../call.ts';
import {
  emailAddress,
  externalId,
  file,
  instant,
  iso,
  language,
  maybeInstant,
  maybeIso,
  metadata,
  trackingMode,
} from './common.ts';
import { envelope, facts } from './document.ts';
import { envelopesOf } from './envelopes.ts';
import { handOverShape, showHandOver } from './hand-over.ts';
import { type MessageJson, messageShape, showMessages } from './message.ts';

const id = z.string().max(100);
const line = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !/\p{Cc}/u.test(text), 'This must be one line.');
const addresses = z.array(z.string().max(2000)).max(100).optional();

const attach = z.strictObject({
  documents: z
    .boolean()
    .optional()
    .openapi({ description: 'absent: as the company’s settings and the sender say' }),
  fileIds: z.array(id).max(50).optional().openapi({ description: 'from POST /files' }),
  fileName: line(200).optional().openapi({ description: 'of the document in the mail' }),
  fileType: z.enum(['pdf', 'xml', 'both']).optional(),
});

const order = {
  to: addresses.openapi({ example: ['Els Peeters <els@peeters.example>'] }),
  cc: addresses,
  bcc: addresses,
  senderId: id.nullish(),
  subject: line(2000).optional(),
  text: z
    .string()
    .optional()
    .openapi({ description: 'plain text, sent as it stands; absent: from the template' }),
  html: z
    .string()
    .optional()
    .openapi({ description: 'instead of `text`; what a mail may not hold is taken out' }),
  language: language.optional().openapi({ description: 'of mail and portal; absent: the customer’s' }),
  templateId: id.nullish().openapi({
    description: 'the text to use; null: the one that comes with Envoi; absent: the default',
  }),
  purpose: z.enum(['first', 'reminder', 'resend']).optional().openapi({
    description:
      'A `reminder` is looked at once more in the second in which it leaves: what was paid, decided or replaced meanwhile is not asked for, and what is left of several documents goes out anew. What is settled already is refused.',
  }),
  service: z.enum(dispatchServices).optional().openapi({
    description:
      '`registered`: the content opens after a code and an acceptance; `confidential`: after a code. It is never in the mail.',
  }),
  serviceDays: z
    .int()
    .min(1)
    .max(mostDays)
    .optional()
    .openapi({ description: `days that it waits, counted from the day after the notice (${usualDays})` }),
  hideSender: z.boolean().optional().openapi({
    description:
      'behind a code: who sends is told to the recipient when he has accepted (`registered`) or shown the code (`confidential`). It goes out from the address of the platform, with a text that cannot be changed.',
  }),
  channels: z.array(z.enum(channels)).min(1).max(2).optional().openapi({
    description:
      'absent: `email`, and `network` where the customer is a company that is found there (GET /network/partner)',
  }),
  attach: attach.optional(),
  link: z.boolean().optional().openapi({ description: 'false: no link to the portal in the mail' }),
  tracking: trackingMode.optional(),
  sendAt: z.iso.datetime({ offset: true }).nullish().openapi({ description: 'a time within the next year' }),
  copyToSender: z.boolean().optional(),
  fromName: line(200).optional(),
  replyTo: emailAddress.nullish(),
  externalId: externalId.nullish(),
  metadata: metadata.optional(),
};

const bothTexts = { message: 'Give either text or html.', path: ['html'] };
const oneText = (given: { text?: string; html?: string }): boolean =>
  given.text === undefined || given.html === undefined;

/** What is to be sent, without saying which document. */
export const dispatchOrder = z.strictObject(order).refine(oneText, bothTexts).openapi('DispatchOrder');

export const newDispatch = z
  .strictObject({
    documentId: id.optional().openapi({ example: 'doc_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    documentIds: z.array(id).min(1).max(50).optional(),
    replaces: id.optional().openapi({
      description:
        'a message that is `held` with `own_words`: it is canceled, with those held beside it, in the moment in which this dispatch is made, and waits on where this is refused. About its documents or some of them.',
      example: 'msg_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B',
    }),
    ...order,
  })
  .refine((given) => (given.documentId === undefined) !== (given.documentIds === undefined), {
    message: 'Give either documentId or documentIds.',
    path: ['documentId'],
  })
  .refine(oneText, bothTexts)
  .openapi('NewDispatch');

/** Document and send in one call. */
export const sendForm = z.strictObject({ file, facts: facts.optional(), dispatch: dispatchOrder.optional() });

export const dispatchShape = z
  .object({
    id: z.string().openapi({ example: 'dsp_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    externalId: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    documentIds: z.array(z.string()),
    purpose: z.enum(['first', 'reminder', 'resend']),
    origin: z.enum(['manual', 'automatic', 'api']),
    service: z.enum(dispatchServices),
    senderHidden: z
      .boolean()
      .openapi({ description: 'the sender is named to the recipient after acceptance only' }),
    channels: z.array(z.string()).openapi({ description: 'empty: recorded as sent by other means' }),
    state: envelope,
    senderId: z.string().nullable(),
    senderReason: z.string().nullable().openapi({
      description:
        'why this sender: `chosen`, `per_user`, `per_kind` or `per_template` by the rule of the company, `company_default`, `no_address_of_user` or `no_address_of_kind` (the rule knows none, so the default), `domain_fallback`, `sandbox_until_connected`, `provider_account`, `neutral_address` (the sender is hidden)',
    }),
    subject: z.string(),
    messages: z.array(messageShape),
    network: z.array(handOverShape).openapi({ description: 'what went from company to company' }),
    createdAt: instant,
    contentErasedAt: maybeInstant.openapi({ description: 'its mails and texts are gone since then' }),
    sendAt: maybeInstant,
  })
  .openapi('Dispatch');

export type DispatchJson = z.input<typeof dispatchShape>;

/** Dispatches as programs see them, in the given order. */
export async function showDispatches(
  tx: ApiTx,
  call: Call,
  dispatches: readonly Dispatch[],
): Promise<DispatchJson[]> {
  const messages = await getMessages(tx, call.companyId, { dispatchIds: dispatches.map((one) => one.id) });
  const shown = new Map((await showMessages(tx, call, messages)).map((one) => [one.id, one]));
  const seen = await envelopesOf(tx, call.companyId, messages, dispatches);
  return dispatches.map((dispatch) => {
    const own = messages.filter((message) => message.dispatchId === dispatch.id);
    const state = seen.get(dispatch.id)?.envelope ?? 'none';
    return showDispatch(
      dispatch,
      state,
      own.flatMap((message) => shown.get(message.id) ?? []),
    );
  });
}

function showDispatch(
  dispatch: Dispatch,
  state: DispatchJson['state'],
  messages: MessageJson[],
): DispatchJson {
  const {
    externalId: ownId,
    purpose,
    origin,
    service,
    senderHidden,
    senderId,
    senderReason,
    subject,
  } = dispatch;
  return {
    id: dispatch.id,
    externalId: ownId,
    metadata: { ...dispatch.metadata },
    documentIds: [...dispatch.documentIds],
    purpose,
    origin,
    service,
    senderHidden,
    channels: [...dispatch.channels],
    state,
    senderId,
    senderReason,
    subject,
    messages,
    network: dispatch.handOvers.map(showHandOver),
    createdAt: iso(dispatch.createdAt),
    contentErasedAt: maybeIso(dispatch.contentErasedAt ?? null),
    sendAt: maybeIso(dispatch.sendAt),
  };
}
