import { z } from '@hono/zod-openapi';
import { importOpenDocuments, type OpenLine } from '#domain/intake';
import { readTable } from '#formats/csv';
import { json, type Refusal, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { fieldErrors } from '../field-words.ts';
import { defineRoute, type Route } from '../route.ts';
import { file, listOf } from '../shapes/common.ts';

const lineShape = z
  .object({
    row: z.number().int().openapi({ description: 'counted from 1; the head is row 1' }),
    number: z.string(),
    customer: z.string(),
    outcome: z.enum(['new', 'known', 'wrong']),
    documentId: z.string().nullable(),
    problems: z.array(z.object({ path: z.string(), message: z.string() })),
  })
  .openapi('OpenDocumentLine');

const importTable = defineRoute({
  method: 'post',
  path: '/documents/import',
  operationId: 'importDocuments',
  tag: 'Documents',
  summary: 'Bring in open documents from a table (CSV or XLSX)',
  description:
    'The first row names the columns: number, kind, date, due date, amount, open, paid, currency, customer, e-mail, VAT id, language. Each line becomes a document whose file is a page of its facts. A line whose number, kind and customer there are already changes nothing. With `dryRun` nothing is kept.',
  right: 'send',
  body: { form: z.strictObject({ file, dryRun: z.enum(['true', 'false']).optional() }) },
  success: { kind: 'json', statuses: [200], schema: listOf(lineShape) },
  handle: async (call) => {
    const table = await readTable(call.body.file.bytes);
    if (!table.ok) return refuseTable(table.reason);
    const which = { companyId: call.companyId, by: byKey(call) };
    const order = { now: call.now, dryRun: call.body.dryRun === 'true' };
    const done = await importOpenDocuments(call.needs, which, table.rows, order);
    if (!done.ok) return refuseTable(done.reason);
    return json({ items: done.lines.map(showLine), nextCursor: null });
  },
});

function showLine({ problems, ...line }: OpenLine): z.input<typeof lineShape> {
  return { ...line, problems: fieldErrors(problems) };
}

function refuseTable(reason: string): Refusal {
  const message = `The table cannot be read: ${reason.replaceAll('_', ' ')}.`;
  return refuseFields([{ path: 'file', message }]);
}

export const importDocumentRoutes: readonly Route[] = [importTable];
