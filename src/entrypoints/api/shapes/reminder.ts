import { z } from '@hono/zod-openapi';
import { languages } from '#base/language';
import { dispatchServices } from '#domain/dispatch';
import { openAmount } from '#domain/documents';
import type { Planned, Policy } from '#domain/reminders';
import { joinPdfsWays } from '#domain/runs';
import { day, decimal, instant, iso } from './common.ts';
import { joinPdfsWords } from './run-options.ts';

const text = z.object({ subject: z.string().max(500), html: z.string().max(50_000) });

const step = z.object({
  days: z.number().int().openapi({ description: 'after the due date; below zero: before it', example: 7 }),
  senderId: z.string().nullable().default(null),
  letter: z
    .boolean()
    .default(false)
    .openapi({ description: 'a list of what is overdue, with how to pay, goes along as PDF' }),
  fileIds: z
    .array(z.string().max(100))
    .max(5)
    .default([])
    .openapi({ description: 'uploaded files that go along, such as a letter of your own' }),
  service: z
    .enum(dispatchServices)
    .default('standard')
    .openapi({ description: 'how this reminder is handed over' }),
  hideSender: z
    .boolean()
    .default(false)
    .openapi({ description: 'as of a dispatch; its own texts are not used then' }),
  texts: z.partialRecord(z.enum(languages), text).default({}).openapi({
    description: 'own texts by language (Liquid); a language without one gets the built-in text',
  }),
});

const fields = {
  name: z.string().max(200),
  isActive: z.boolean(),
  mode: z
    .enum(['review', 'automatic'])
    .openapi({ description: '`review`: each batch waits as a run until somebody starts it' }),
  kinds: z.array(z.string().max(40)).max(20),
  minimumAmount: decimal.nullable(),
  isGrouped: z.boolean().openapi({ description: 'one mail per customer' }),
  joinPdfs: z.enum(joinPdfsWays).nullable().openapi({ description: joinPdfsWords }),
  bankDays: z
    .number()
    .int()
    .nullable()
    .openapi({ description: 'held when the last bank file is older than so many days' }),
  sendHour: z.number().int().openapi({ description: 'of the company’s zone' }),
  steps: z.array(step).max(50),
};

export const policyEdit = z.strictObject(fields).partial();
export const newPolicy = policyEdit.required({ name: true });

export const policyShape = z
  .object({
    id: z.string().openapi({ example: 'rpo_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    ...fields,
    steps: z.array(
      z.object({
        days: z.number().int(),
        senderId: z.string().nullable(),
        letter: z.boolean(),
        fileIds: z.array(z.string()),
        service: z.enum(dispatchServices),
        hideSender: z.boolean(),
        texts: z.partialRecord(z.enum(languages), text),
      }),
    ),
    createdAt: instant,
  })
  .openapi('ReminderPolicy');

export type PolicyJson = z.input<typeof policyShape>;

export function showPolicy(policy: Policy): PolicyJson {
  const { id, name, isActive, mode, kinds, minimumAmount, isGrouped, bankDays, sendHour, steps, joinPdfs } =
    policy;
  return {
    ...{ id, name, isActive, mode, minimumAmount, isGrouped, joinPdfs, bankDays, sendHour },
    kinds: [...kinds],
    steps: steps.map((one) => ({
      ...one,
      fileIds: [...(one.fileIds ?? [])],
      service: one.service ?? 'standard',
      hideSender: one.hideSender ?? false,
      texts: { ...one.texts },
    })),
    createdAt: iso(policy.createdAt),
  };
}

export const plannedShape = z
  .object({
    documentId: z.string(),
    number: z.string().nullable(),
    buyer: z.string().nullable().openapi({ description: 'name of the customer, as the document has it' }),
    openAmount: z
      .string()
      .nullable()
      .openapi({ description: 'what is still to be paid', example: '1500.40' }),
    currency: z.string().nullable(),
    policyId: z.string().nullable(),
    state: z.enum(['due', 'later', 'stopped']),
    days: z.number().int().nullable(),
    on: day.nullable(),
    whyNot: z.string().nullable().openapi({ example: 'disputed' }),
    reminders: z.number().int(),
    lastOn: day.nullable(),
  })
  .openapi('PlannedReminder');

export function showPlanned(one: Planned): z.input<typeof plannedShape> {
  const { state, on, whyNot, reminders, lastOn } = one;
  return {
    documentId: one.document.id,
    number: one.document.number,
    buyer: one.document.buyerName,
    openAmount: openAmount(one.document),
    currency: one.document.currency,
    policyId: one.policy?.id ?? null,
    days: one.step?.days ?? null,
    ...{ state, on, whyNot, reminders, lastOn },
  };
}
