import { z } from '@hono/zod-openapi';
import { channels } from '#domain/dispatch';
import { lineStates, type Progress, type Run, type RunLine } from '#domain/runs';
import { day, instant, iso, maybeInstant, maybeIso, someOf } from './common.ts';
import { reminderSelection } from './reminder-selection.ts';
import { optionsShape, runOptions, runOptionsEdit, showOptions } from './run-options.ts';

const count = z.number().int();

const filter = z.strictObject({
  kind: z.string().max(40).optional(),
  customerId: z.string().max(100).optional(),
  paid: z.enum(['paid', 'partly', 'unpaid']).optional(),
  envelope: someOf(['none', 'sent', 'accepted', 'opened', 'viewed', 'downloaded', 'failed', 'canceled']),
  q: z.string().max(200).optional(),
  from: day.optional(),
  to: day.optional(),
});

const grouping = z
  .enum(['document', 'customer'])
  .openapi({ description: 'a mail per document, or one per customer with all of its documents' });

const selection = z.strictObject(reminderSelection);

export const newRun = z
  .strictObject({
    documentIds: z.array(z.string().max(100)).max(50_000).optional(),
    filter: filter.optional().openapi({ description: 'instead of `documentIds`: all documents that fit' }),
    reminders: selection.optional().openapi({
      description:
        'instead of `documentIds`: what is to be reminded of, as `GET /reminders` selects it; what is due unless `state` says otherwise. The purpose is a reminder then',
    }),
    purpose: z.enum(['first', 'reminder']).default('first'),
    grouping: grouping.default('document'),
    ...runOptions,
    start: z
      .boolean()
      .default(false)
      .openapi({ description: 'sends what can be sent as soon as everything was looked at' }),
  })
  .refine(
    (run) => [run.documentIds, run.filter, run.reminders].filter((one) => one !== undefined).length === 1,
    { message: 'Give either documentIds, or a filter, or reminders.', path: ['documentIds'] },
  )
  .openapi('NewRun');

/** How a run that has not started sends: what is absent stays, null takes a choice away. */
export const runEdit = z
  .strictObject({ grouping: grouping.optional(), ...runOptionsEdit })
  .openapi('RunEdit');

export const runShape = z
  .object({
    id: z.string().openapi({ example: 'run_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    purpose: z.enum(['first', 'reminder']),
    origin: z.enum(['manual', 'automatic', 'api']),
    grouping: z.enum(['document', 'customer']),
    options: optionsShape.openapi({
      description: 'what was chosen; what is absent is proposed for each line',
    }),
    state: z.enum(['checking', 'ready', 'running', 'paused', 'finished', 'canceled']),
    documents: count,
    lines: count,
    counts: z.record(z.enum(lineStates), count),
    perMinute: count.nullable(),
    secondsLeft: count.nullable(),
    createdAt: instant,
    startedAt: maybeInstant,
    undoUntil: maybeInstant.openapi({
      description:
        'nothing leaves before, and a person can take the start back; null: it was started without time to undo',
    }),
    finishedAt: maybeInstant,
    waitsUntil: maybeInstant.openapi({
      description: 'the plan has no room for what is left this month; it is looked at again then, by itself',
    }),
  })
  .openapi('Run');

export type RunJson = z.input<typeof runShape>;

export function showRun(run: Run, progress: Progress): RunJson {
  const { id, purpose, origin, grouping, state } = run;
  const { documents, lines, counts, perMinute, secondsLeft } = progress;
  return {
    ...{ id, purpose, origin, grouping, state, documents, lines, perMinute, secondsLeft },
    options: showOptions(run),
    counts: { ...counts },
    createdAt: iso(run.createdAt),
    startedAt: maybeIso(run.startedAt),
    undoUntil: maybeIso(run.undoUntil),
    finishedAt: maybeIso(run.finishedAt),
    waitsUntil: maybeIso(run.waitsUntil),
  };
}

export const runLineShape = z
  .object({
    id: z.string(),
    documentIds: z.array(z.string()),
    customerName: z.string(),
    state: z.enum(lineStates),
    to: z.array(z.string()),
    senderAddress: z.string().nullable(),
    senderReason: z.string().nullable(),
    channels: z.array(z.enum(channels)).openapi({ description: 'by which ways; empty: not looked at yet' }),
    company: z
      .string()
      .nullable()
      .openapi({ description: 'the company of the network that gets the documents' }),
    language: z.string().nullable(),
    subject: z.string().nullable(),
    templateId: z.string().nullable(),
    textFrom: z
      .enum(['template', 'built_in', 'run'])
      .nullable()
      .openapi({ description: '`run`: one for this run only, or that of the reminder policy’s step' }),
    problems: z.array(z.object({ path: z.string(), reason: z.string(), value: z.string().nullable() })),
    warnings: z
      .array(z.object({ kind: z.string(), value: z.string().nullable() }))
      .openapi({ description: 'what somebody should know before it goes, such as `already_sent` and when' }),
    leftOut: z
      .array(z.object({ documentId: z.string(), reason: z.string() }))
      .openapi({ description: 'documents that do not go out with the others of the line, and why' }),
    apart: z
      .array(z.object({ documentId: z.string(), reason: z.string() }))
      .openapi({ description: 'documents that stay a file of their own where PDFs are joined, and why' }),
    dispatchId: z.string().nullable(),
    doneAt: maybeInstant,
  })
  .openapi('RunLine');

export function showLine(line: RunLine): z.input<typeof runLineShape> {
  const { id, customerName, state, draft, dispatchId } = line;
  return {
    ...{ id, customerName, state, dispatchId },
    documentIds: [...line.documentIds],
    to: [...(draft?.to ?? [])],
    senderAddress: draft?.senderAddress ?? null,
    senderReason: draft?.senderReason ?? null,
    channels: [...(draft?.channels ?? (draft ? (['email'] as const) : []))],
    company: draft?.company ?? null,
    language: draft?.language ?? null,
    subject: draft?.subject ?? null,
    templateId: draft?.text?.from === 'template' ? draft.text.id : null,
    textFrom: draft?.text?.from ?? null,
    problems: line.problems.map(({ path, reason, value }) => ({ path, reason, value: value ?? null })),
    warnings: (draft?.warnings ?? []).map(({ kind, value }) => ({ kind, value: value ?? null })),
    leftOut: line.leftOut.map((one) => ({ ...one })),
    apart: (line.choice.joined?.apart ?? []).map((one) => ({ ...one })),
    doneAt: maybeIso(line.doneAt),
  };
}
