import { z } from '@hono/zod-openapi';
import type { Company } from '#domain/accounts';
import { documentKinds, normaliseVatId } from '#domain/documents';
import { normaliseIban } from '#formats/payslip';
import { emailAddress, instant, iso, language, trackingMode } from './common.ts';

const trackingBasis = z
  .enum(['consent', 'other'])
  .openapi({ description: '`consent`: who was not asked is not tracked; `other`: another legal basis' });

const pattern = z
  .string()
  .max(200)
  .refine((text) => !/\p{Cc}/u.test(text), 'This must be one line.');
const patternsByLanguage = z.partialRecord(language, pattern);

const fields = {
  name: z.string().max(200),
  address: z.string().max(1000),
  country: z.string().openapi({ example: 'BE' }),
  vatId: z.string().nullable(),
  language,
  timeZone: z.string().max(100).openapi({ example: 'Europe/Brussels' }),
  brandColor: z.string().nullable().openapi({ example: '#1f4a3a' }),
  trackingMode,
  trackingBasis,
  undoSeconds: z.number().int().openapi({ description: 'in which people can take a send back' }),
  linkDays: z.number().int().openapi({ description: 'how long links open documents' }),
  retentionDays: z.number().int().openapi({ description: 'how long the detailed history is kept' }),
  erasureOnRequest: z.enum(['ask', 'automatic']).openapi({
    description: '`automatic`: a recipient who asks that what is recorded about him be erased has it at once',
  }),
  fiscalMonth: z.number().int().openapi({ description: 'the month in which the business year begins' }),
  trackingByKind: z
    .partialRecord(z.enum(documentKinds), trackingMode)
    .openapi({ type: 'object', description: 'narrower for some kinds', example: { quote: 'links' } }),
  hintsOff: z.array(z.string().max(40)).max(20).openapi({ description: 'hints that are not shown' }),
  attachDocuments: z
    .boolean()
    .nullable()
    .openapi({ description: 'null: attached with an own sender, linked with the platform’s' }),
  defaultCc: z.array(emailAddress).max(20),
  defaultBcc: z.array(emailAddress).max(20),
  copyToSender: z.boolean(),
  hideSender: z.boolean().openapi({
    description:
      'registered and confidential deliveries do not name the sender before acceptance, unless the send says otherwise',
  }),
  trackReplies: z.boolean().openapi({ description: 'answers come to us, are recorded and passed on' }),
  letterFooter: z.string().max(1000).openapi({ description: 'lines at the foot of letters' }),
  paymentLink: z.string().max(500).nullable().openapi({
    description: 'https address; braces may hold number, amount, cents, currency, customer',
    example: 'https://pay.example/x?ref={number}&amount={amount}',
  }),
  iban: z
    .string()
    .max(50)
    .transform(normaliseIban)
    .nullable()
    .openapi({ type: ['string', 'null'], example: 'BE71096123456769' }),
  bic: z.string().max(11).nullable(),
  accountHolder: z.string().max(70).nullable().openapi({ description: 'null: the company’s name' }),
  quoteTerms: z.string().max(5000).openapi({ description: 'what somebody agrees to who accepts a quote' }),
  decisionCodeAbove: z.string().max(20).nullable().openapi({
    description: 'accepting a quote above it needs a mailed code; null: never',
    example: '5000.00',
  }),
  fileNamePatterns: z
    .partialRecord(z.enum(documentKinds), patternsByLanguage)
    .openapi({ type: 'object', example: { invoice: { en: 'Invoice {number}' } } }),
};

const vatId = z
  .string()
  .max(100)
  .transform((text, context) => {
    const read = text.trim() === '' ? null : normaliseVatId(text);
    if (read || text.trim() === '') return read;
    context.addIssue({ code: 'custom', message: 'This cannot be a VAT id.' });
    return z.NEVER;
  })
  .nullable();

export const companyEdit = z
  .strictObject({ ...fields, vatId })
  .partial()
  .openapi('CompanyEdit');

export const companyShape = z
  .object({
    id: z.string(),
    ...fields,
    plan: z.string().nullable(),
    features: z
      .array(z.string())
      .nullable()
      .openapi({ description: 'what the plan holds; null: everything' }),
    createdAt: instant,
  })
  .openapi('Company');

export type CompanyJson = z.input<typeof companyShape>;

/** A company as programs see it. */
export function showCompany({ logo: _, limits: __, ...company }: Company): CompanyJson {
  return {
    ...company,
    trackingByKind: company.trackingByKind as CompanyJson['trackingByKind'],
    hintsOff: [...company.hintsOff],
    features: company.features ? [...company.features] : null,
    defaultCc: [...company.defaultCc],
    defaultBcc: [...company.defaultBcc],
    fileNamePatterns: company.fileNamePatterns as CompanyJson['fileNamePatterns'],
    createdAt: iso(company.createdAt),
  };
}
