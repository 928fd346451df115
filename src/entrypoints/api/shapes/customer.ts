import { z } from '@hono/zod-openapi';
import { type Customer, contactRoles, type ImportLine } from '#domain/customers';
import { fieldErrors } from '../field-words.ts';
import { day, emailAddress, instant, iso, maybeInstant, maybeIso } from './common.ts';

const consent = z.enum(['unknown', 'granted', 'denied']);
const role = z.enum([...contactRoles] as [string, ...string[]]);
/** "invoices" and "reminders" mean the same as "invoice" and "reminder". */
const givenRole = z
  .preprocess((value) => (typeof value === 'string' ? singular(value) : value), role)
  .openapi({ type: 'string', enum: [...contactRoles] });

function singular(given: string): string {
  const shorter = given.replace(/s$/, '');
  return contactRoles.some((known) => known === shorter) ? shorter : given;
}
const text = z.string().max(1000);

const givenContact = z.strictObject({
  email: emailAddress,
  name: text.nullish(),
  roles: z
    .array(givenRole)
    .max(20)
    .nullish()
    .openapi({ description: 'what the contact gets; empty: everything' }),
  language: text.nullish(),
  mobile: text.nullish().openapi({
    description: 'number of a mobile phone with its country’s code; codes of deliveries can go there',
    example: '+32 475 12 34 56',
  }),
  tracking: consent.nullish().openapi({ description: 'consent to being tracked' }),
  trackingHow: text.nullish().openapi({ description: 'how it was given or refused' }),
});

const customerFields = {
  vatId: text.nullish(),
  country: text.nullish(),
  language: text.nullish(),
  defaultCc: z.array(emailAddress).max(20).nullish(),
  category: text
    .nullish()
    .openapi({ description: 'your own word to sort customers by; reminders and rules can ask for it' }),
  contacts: z
    .array(givenContact)
    .max(200)
    .nullish()
    .openapi({ description: 'the whole list: who is not in it is removed' }),
};

export const newCustomer = z.strictObject({ name: text, ...customerFields }).openapi('NewCustomer');
export const customerEdit = z
  .strictObject({
    name: text.optional(),
    ...customerFields,
    remindersPausedUntil: day
      .nullish()
      .openapi({ description: 'no reminders before that day; null: no pause' }),
    remindersPauseReason: text.nullish(),
  })
  .openapi('CustomerEdit');

export const customerShape = z
  .object({
    id: z.string().openapi({ example: 'cus_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    name: z.string(),
    vatId: z.string().nullable(),
    country: z.string().nullable(),
    language: z.string().nullable(),
    defaultCc: z.array(z.string()),
    category: z.string().nullable(),
    contacts: z.array(
      z.object({
        id: z.string(),
        email: z.string(),
        name: z.string(),
        roles: z.array(z.string()),
        language: z.string().nullable(),
        mobile: z.string().nullable().openapi({ description: 'in E.164' }),
        tracking: consent,
        trackingAt: maybeInstant,
        trackingHow: z.string().nullable(),
        lastUsedAt: maybeInstant,
      }),
    ),
    remindersPausedUntil: day.nullable(),
    remindersPauseReason: z.string().nullable(),
    mergedInto: z.string().nullable(),
    createdAt: instant,
  })
  .openapi('Customer');

export type CustomerJson = z.input<typeof customerShape>;

/** A customer as programs see it. */
export function showCustomer(customer: Customer): CustomerJson {
  const { id, name, vatId, country, language, mergedInto } = customer;
  return {
    id,
    name,
    vatId,
    country,
    language,
    defaultCc: [...customer.defaultCc],
    category: customer.category,
    contacts: customer.contacts.map((contact) => ({
      id: contact.id,
      email: contact.email,
      name: contact.name,
      roles: [...contact.roles],
      language: contact.language,
      mobile: contact.mobile,
      tracking: contact.tracking,
      trackingAt: maybeIso(contact.trackingAt),
      trackingHow: contact.trackingHow,
      lastUsedAt: maybeIso(contact.lastUsedAt),
    })),
    mergedInto,
    remindersPausedUntil: customer.remindersPausedUntil,
    remindersPauseReason: customer.remindersPauseReason,
    createdAt: iso(customer.createdAt),
  };
}

export const importLine = z
  .object({
    row: z.int().openapi({ description: 'the first row of the customer; the head is row 1' }),
    name: z.string(),
    addresses: z.array(z.string()),
    category: z.string().nullable().openapi({ description: 'what the table says; null: nothing' }),
    outcome: z.enum(['new', 'changed', 'wrong']),
    problems: z.array(z.object({ path: z.string(), message: z.string() })),
  })
  .openapi('ImportLine');

export function showImportLine({ addresses, problems, ...line }: ImportLine): z.input<typeof importLine> {
  return { ...line, addresses: [...addresses], problems: fieldErrors(problems) };
}
