import { z } from '@hono/zod-openapi';
import { languages } from '#base/language';
import { type CellText, channels, dispatchServices } from '#domain/dispatch';
import { mostDays } from '#domain/registered';
import { joinPdfsWays, type Run, type RunOptions } from '#domain/runs';
import { textKinds } from '#domain/templates';
import { instant } from './common.ts';

/** Said wherever it can be chosen. */
export const joinPdfsWords =
  'the PDFs of one mail become one file: `plain` those without files inside (Factur-X) and without a signature, `all` every one, which loses both; absent: each is a file of its own. What cannot be opened stays apart';

const cell = z
  .strictObject({
    kind: z.enum(textKinds).openapi({ description: 'of the one document of a mail, or `several`' }),
    language: z.enum(languages),
    templateId: z.string().max(100).nullable().optional().openapi({
      description: 'one of that kind and language; null: the built-in text; absent: as it is proposed',
    }),
    subject: z.string().max(1000).optional(),
    html: z.string().max(50_000).optional(),
  })
  .refine((one) => (one.subject === undefined) === (one.html === undefined), {
    message: 'Give both subject and html, or neither.',
    path: ['html'],
  })
  .openapi('RunText');

/** How a run sends; what is absent is proposed for each line. */
export const runOptions = {
  senderId: z.string().max(100).optional(),
  texts: z.array(cell).max(66).optional().openapi({
    description:
      'texts for this run only, by kind and language: another template than the default, or subject and text with variables. A line of which a variable has no value is blocked',
  }),
  attach: z.boolean().optional(),
  channels: z.array(z.enum(channels)).min(1).max(2).optional().openapi({
    description:
      'Absent or both: by mail, and by the network too for whom it reaches. `network` alone: lines that it does not reach are blocked.',
  }),
  joinPdfs: z.enum(joinPdfsWays).optional().openapi({ description: joinPdfsWords }),
  letter: z.boolean().optional().openapi({
    description: 'a list of what is open, with a payment slip, goes along as PDF; for reminders',
  }),
  fileIds: z
    .array(z.string().max(100))
    .max(10)
    .optional()
    .openapi({ description: 'uploaded files that go along with every mail, such as a letter of your own' }),
  service: z
    .enum(dispatchServices)
    .optional()
    .openapi({ description: 'as of a dispatch; each mail has a record of its own' }),
  serviceDays: z.int().min(1).max(mostDays).optional(),
  hideSender: z.boolean().optional(),
  sendAt: instant.optional(),
  officeHours: z.boolean().optional(),
  perMinute: z.number().int().min(1).max(6000).optional(),
  again: z
    .boolean()
    .optional()
    .openapi({ description: 'sends documents that went out before, which are left out otherwise' }),
};

type Given = z.output<z.ZodObject<typeof runOptions>>;
type Names = keyof typeof runOptions;

/** The same for a change: what is absent stays, null takes a choice away. */
export const runOptionsEdit = Object.fromEntries(
  Object.entries(runOptions).map(([name, shape]) => [name, shape.unwrap().nullable().optional()]),
) as { [Name in Names]: z.ZodOptional<z.ZodNullable<ReturnType<(typeof runOptions)[Name]['unwrap']>>> };

/** Options as they were given, as the domain takes them. */
export function optionsFrom({ texts, ...given }: Given): RunOptions {
  return { ...given, ...(texts ? { cells: texts.map(cellFrom) } : {}) };
}

/** A run's options with the changes of a program. */
export function changedOptions(
  before: RunOptions,
  edit: { readonly [Name in Names]?: Given[Name] | null },
): RunOptions {
  const { texts, ...rest } = edit;
  const changes = Object.entries(rest).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value ?? undefined] as const],
  );
  const cells = texts === undefined ? before.cells : (texts ?? undefined)?.map(cellFrom);
  return { ...before, ...Object.fromEntries(changes), cells };
}

function cellFrom({ kind, language, templateId, subject, html }: z.output<typeof cell>): CellText {
  return {
    ...{ kind, language },
    ...(templateId === undefined ? {} : { templateId }),
    ...(subject === undefined || html === undefined ? {} : { text: { subject, html } }),
  };
}

export const optionsShape = z.object(runOptions).openapi('RunOptions');

/** What was chosen for a run, by the names in which it can be given. */
export function showOptions({ options }: Run): z.input<typeof optionsShape> {
  const { cells, condition: _, metadata: __, lower: ___, texts: ____, keptIn: _____, ...rest } = options;
  return {
    ...rest,
    ...(rest.channels ? { channels: [...rest.channels] } : { channels: undefined }),
    ...(rest.fileIds ? { fileIds: [...rest.fileIds] } : { fileIds: undefined }),
    ...(cells ? { texts: cells.map(({ text, ...one }) => ({ ...one, ...(text ? { ...text } : {}) })) } : {}),
  };
}
