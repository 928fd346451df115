import { z } from '@hono/zod-openapi';
import { type Document, documentKinds } from '#domain/documents';
import { day, decimal, emailAddress, externalId, file, instant, iso, metadata } from './common.ts';

export const envelopes = [
  'waiting',
  'held',
  'sent',
  'accepted',
  'opened',
  'viewed',
  'downloaded',
  'replied',
  'failed',
  'unconfirmed',
  'canceled',
  'none',
] as const;
export const envelope = z.enum(envelopes);
export const documentKind = z.enum(documentKinds);

const text = z.string().max(1000);
const buyer = z.strictObject({
  name: text.nullish(),
  emails: z.array(emailAddress).max(20).nullish(),
  language: text.nullish().openapi({ example: 'fr' }),
  vatId: text.nullish(),
  country: text.nullish().openapi({ example: 'BE' }),
});

const factFields = {
  kind: documentKind.optional(),
  number: text.nullish(),
  issueDate: text.nullish().openapi({ example: '2026-11-12' }),
  dueDate: text.nullish().openapi({ example: '2026-12-12' }),
  currency: text.nullish().openapi({ example: 'EUR' }),
  total: text.nullish().openapi({ example: '1500.40' }),
  amountDue: text.nullish(),
  customer: buyer.nullish(),
};

/** What the caller says of an upload; it goes before what the file says. */
export const facts = z
  .strictObject({ ...factFields, externalId: externalId.nullish(), metadata: metadata.optional() })
  .openapi('Facts');

export const uploadForm = z.strictObject({
  file,
  facts: facts.optional(),
  externalId: externalId.optional(),
  metadata: metadata.optional(),
});

export const documentEdit = z
  .strictObject({
    ...factFields,
    customerId: z.string().max(100).nullish().openapi({ description: 'whose it is; null: nobody’s' }),
    paid: z
      .strictObject({ on: text, amount: text.nullish().openapi({ description: 'absent: all of it' }) })
      .nullish()
      .openapi({ description: 'null takes a payment back' }),
    disputed: z.boolean().optional(),
    paymentDeclared: z.boolean().optional().openapi({
      description: 'false: the money that the customer speaks of was not found; reminders go on',
    }),
    remindersPausedUntil: text.nullish().openapi({ example: '2026-12-24' }),
    remindersPauseReason: text.nullish(),
  })
  .openapi('DocumentEdit');

export const documentShape = z
  .object({
    id: z.string().openapi({ example: 'doc_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    externalId: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    kind: documentKind,
    number: z.string().nullable(),
    issueDate: day.nullable(),
    dueDate: day.nullable(),
    currency: z.string().nullable(),
    total: decimal.nullable(),
    amountDue: decimal.nullable(),
    customerId: z.string().nullable(),
    version: z.number().int(),
    replacedBy: z.string().nullable().openapi({ description: 'id of the version that took its place' }),
    paid: z.object({ on: day, amount: decimal.nullable() }).nullable(),
    disputed: z.boolean(),
    decidedAs: z
      .enum(['accepted', 'refused'])
      .nullable()
      .openapi({ description: 'what the customer said to a quote' }),
    paymentDeclared: z
      .boolean()
      .openapi({ description: 'the customer says that it is paid; no reminders go out meanwhile' }),
    remindersPausedUntil: day.nullable(),
    remindersPauseReason: z.string().nullable(),
    source: z.object({
      format: z.enum(['factur-x', 'zugferd', 'cii', 'ubl', 'fatturapa', 'pdf']),
      fileName: z.string(),
      sha256: z.string().openapi({ description: 'of the bytes that came in, in hex' }),
      bytes: z.number().int(),
      mediaType: z.string(),
    }),
    envelope: envelope.openapi({ description: 'how its newest dispatch stands' }),
    createdAt: instant,
  })
  .openapi('Document');

export type DocumentJson = z.input<typeof documentShape>;

/** A document as programs see it. */
export function showDocument(document: Document, seen: DocumentJson['envelope']): DocumentJson {
  const { format, fileName, sha256, bytes, mediaType } = document;
  return {
    id: document.id,
    externalId: document.externalId,
    metadata: { ...document.metadata },
    kind: document.kind,
    number: document.number,
    issueDate: document.issueDate,
    dueDate: document.dueDate,
    currency: document.currency,
    total: document.total,
    amountDue: document.amountDue,
    customerId: document.customerId,
    version: document.version,
    replacedBy: document.replacedBy,
    paid: document.paidOn === null ? null : { on: document.paidOn, amount: document.paidAmount },
    disputed: document.disputedAt !== null,
    decidedAs: document.decidedAs,
    paymentDeclared: document.paymentDeclaredAt !== null,
    remindersPausedUntil: document.remindersPausedUntil,
    remindersPauseReason: document.remindersPauseReason,
    source: { format, fileName, sha256, bytes, mediaType },
    envelope: seen,
    createdAt: iso(document.createdAt),
  };
}
