import { z } from '@hono/zod-openapi';
import type { Sender } from '#domain/senders';
import { type Template, textKinds, textPurposes } from '#domain/templates';
import { instant, iso, language } from './common.ts';

const kind = z
  .enum(textKinds)
  .openapi({ description: 'of the document; `several` for a mail with several documents' });
const purpose = z.enum(textPurposes);
const senderId = z
  .string()
  .max(100)
  .nullable()
  .openapi({ description: 'mails with this text go out from it; null: as the other rules say' });

export const templateQuery = z.object({
  kind: kind.optional(),
  purpose: purpose.optional(),
  language: language.optional(),
  builtIn: z.stringbool().optional().openapi({ type: 'boolean', description: 'the texts of Envoi as well' }),
});

const texts = {
  subject: z.string().max(1000).openapi({ example: '{{ document.title }} from {{ company.name }}' }),
  html: z
    .string()
    .max(50_000)
    .openapi({ description: 'with Liquid variables; what a mail may not hold is taken out' }),
};

/** A template by its name in its cell; what is absent stays, or is as usual for a new one. */
export const templatePut = z
  .strictObject({
    kind,
    purpose,
    language,
    name: z.string().max(100).optional().openapi({ description: 'absent: the default of this cell' }),
    subject: texts.subject.optional(),
    html: texts.html.optional(),
    text: z.string().max(50_000).optional().openapi({ description: 'plain text, instead of `html`' }),
    senderId: senderId.optional(),
    isDefault: z.boolean().optional(),
  })
  .refine((given) => given.text === undefined || given.html === undefined, {
    message: 'Give either text or html.',
    path: ['html'],
  })
  .openapi('TemplatePut');

export const templateShape = z
  .object({
    id: z.string().nullable().openapi({ description: 'null: it comes with Envoi' }),
    kind,
    purpose,
    language,
    name: z.string().nullable(),
    ...texts,
    senderId,
    senderProblem: z.string().nullable().openapi({
      description:
        'why its sender does not work, so that what is sent with this text waits; null: it goes out',
    }),
    isDefault: z.boolean().openapi({ description: 'taken when nobody chooses another' }),
    version: z.number().int(),
    updatedAt: instant.nullable(),
  })
  .openapi('Template');

export const templateTry = z
  .strictObject({
    documentId: z.string().max(100),
    templateId: z.string().max(100).nullish(),
    purpose: purpose.optional(),
    language: language.optional(),
    subject: texts.subject.optional(),
    html: texts.html.optional(),
  })
  .openapi('TemplateTry');

export const triedShape = z
  .object({
    subject: z.string(),
    html: z.string(),
    missing: z.array(z.string()).openapi({ description: 'variables that have no value for this document' }),
    problem: z.string().nullable().openapi({ description: 'where the template itself breaks' }),
  })
  .openapi('TriedTemplate');

export type TemplateJson = z.input<typeof templateShape>;

/** A template as programs see it; `stuck` are the senders that do not work, as `stuckTies` tells them. */
export function showTemplate(template: Template, stuck: ReadonlyMap<string, Sender>): TemplateJson {
  const { companyId: _, createdAt: __, updatedAt, ...rest } = template;
  const sender = stuck.get(template.senderId ?? '');
  return { ...rest, senderProblem: sender ? (sender.problem ?? 'unknown') : null, updatedAt: iso(updatedAt) };
}
