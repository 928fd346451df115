import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { isId } from '#base/ids';
import { getRun, listLines, type Run } from '#domain/runs';
import { inCompany } from '#stores/database';
import { byteOrderMark, csvLine } from '../documents/csv.ts';
import type { WebNeeds } from '../needs.ts';
import { lineWord, waysOf } from '../screens/run-lines.tsx';
import type { RunLineModel } from '../screens/run-model.ts';
import type { StaffEnv } from '../staff/env.ts';
import { answerProblem } from '../staff/page.tsx';
import { lineModels } from './run-model.ts';

const atOnce = 200;

/** What became of each line, as a table for spreadsheets; it is written while it is read, however long it is. */
export async function sendResults(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { company } = c.var;
  const run = isId('run', id)
    ? await inCompany(needs.database, company.id, (tx) => getRun(tx, company.id, id))
    : null;
  if (!run) return answerProblem(c, 'not_found');
  c.header('Content-Type', 'text/csv; charset=utf-8');
  c.header(
    'Content-Disposition',
    `attachment; filename="run-${run.createdAt.toISOString().slice(0, 10)}.csv"`,
  );
  return c.body(
    Readable.toWeb(Readable.from(bytesOf(needs, c, run))) as ReadableStream<Uint8Array<ArrayBuffer>>,
  );
}

async function* bytesOf(needs: WebNeeds, c: Context<StaffEnv>, run: Run): AsyncGenerator<Buffer> {
  const { company, view } = c.var;
  const { t } = view;
  const heads = [
    'column.number',
    'column.customer',
    'runs.to',
    'runs.from',
    'send.channels',
    'runs.text',
    'runs.result',
    'column.email',
  ] as const;
  yield Buffer.from(byteOrderMark + csvLine(view, [...heads.map((key) => t(key)), t('runs.why')]));
  for (let after = -1; ; ) {
    const { text, last } = await inCompany(needs.database, company.id, async (tx) => {
      const lines = await listLines(tx, { companyId: company.id, runId: run.id }, { after, limit: atOnce });
      const rows = await lineModels(tx, view, company.id, lines);
      const body = rows.map((row) => csvLine(view, cellsOf(c, run, row))).join('');
      return { text: body, last: lines.length < atOnce ? undefined : lines.at(-1) };
    });
    yield Buffer.from(text);
    if (!last) return;
    after = last.position;
  }
}

function cellsOf(c: Context<StaffEnv>, run: Run, row: RunLineModel): string[] {
  const { t } = c.var.view;
  return [
    row.documents.map((one) => one.number ?? '').join(' '),
    row.customer,
    row.to.join(' '),
    row.sender ?? '',
    waysOf(c.var.view, row).join(', '),
    [row.text?.words, row.language].filter(Boolean).join(' · '),
    lineWord(c.var.view, run.state, row.state),
    row.envelope ? t(`envelope.${row.envelope.state}`) : '',
    [
      ...row.documents.flatMap(({ number, leftOut, apart }) =>
        [leftOut, apart].flatMap((why) => (why ? `${number ?? ''}: ${why}.` : [])),
      ),
      ...row.problems.map((problem) => problem.sentence),
      ...(row.warnings ?? []),
    ].join(' '),
  ];
}
