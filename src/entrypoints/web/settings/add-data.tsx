import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { isId } from '#base/ids';
import { askExport, getExports, packExport, recordDownload } from '#domain/exports';
import { retentionReport } from '#domain/tracking';
import { inCompany } from '#stores/database';
import { byteOrderMark, csvLine } from '../documents/csv.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { DataScreen } from '../screens/settings-data.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';

type C = Context<StaffEnv>;

const mostShown = 20;

/** Everything that the company has here, to take away; only for owners. */
export function addData(app: StaffApp, needs: WebNeeds): void {
  app.use(paths.settingsData, ownersOnly());
  app.use(`${paths.settingsData}/*`, ownersOnly());
  app.get(paths.settingsData, (c) => show(needs, c));
  app.post(paths.settingsData, async (c) => {
    const request = requestOf(c);
    await inCompany(needs.database, request.companyId, (tx) => askExport(tx, request, needs.clock()));
    return seeOther(needs, c, paths.settingsData, { state: 'opened', text: c.var.view.t('export.asked') });
  });
  app.get(paths.retentionCsv, (c) => sendRetention(needs, c));
  app.get('/settings/data/:id/file', (c) => download(needs, c));
}

function requestOf(c: C) {
  return { companyId: c.var.company.id, actor: 'user', by: c.var.session.user.id } as const;
}

async function show(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view } = c.var;
  const model = await inCompany(needs.database, company.id, async (tx) => ({
    exports: await getExports(tx, company.id, { before: null, limit: mostShown }),
    retention: await retentionReport(tx, company, needs.clock()),
  }));
  return page(c, <DataScreen view={view} model={model} />);
}

/** The report as a table for spreadsheets: every day that something was deleted on. */
async function sendRetention(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view } = c.var;
  const { t } = view;
  const { days } = await inCompany(needs.database, company.id, (tx) =>
    retentionReport(tx, company, needs.clock()),
  );
  const heads = ['column.date', 'retention.before', 'retention.messages', 'retention.hits'] as const;
  const head = [...heads, 'retention.fields' as const, 'retention.dns' as const].map((key) => t(key));
  const lines = days.map(({ day, before, ...counts }) =>
    csvLine(view, [
      day,
      before.toISOString(),
      ...[counts.messages, counts.hits, counts.fields, counts.dnsAnswers].map(String),
    ]),
  );
  c.header('Content-Type', 'text/csv; charset=utf-8');
  c.header('Content-Disposition', 'attachment; filename="retention.csv"');
  c.header('Cache-Control', 'no-store');
  return c.body(byteOrderMark + csvLine(view, head) + lines.join(''));
}

async function download(needs: WebNeeds, c: C): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { company, view } = c.var;
  if (!isId('companyExport', id)) return answerProblem(c, 'not_found');
  const [one] = await inCompany(needs.database, company.id, (tx) => getExports(tx, company.id, { id }));
  if (!one) return answerProblem(c, 'not_found');
  if (one.state !== 'ready' || !one.expiresAt || one.expiresAt <= needs.clock())
    return seeOther(needs, c, paths.settingsData, { state: 'failed', text: view.t('export.notThere') });
  const { stream, bytes, fileName } = await packExport(needs, one);
  await inCompany(needs.database, company.id, (tx) =>
    recordDownload(tx, requestOf(c), one.id, needs.clock()),
  );
  c.header('Content-Type', 'application/zip');
  c.header('Content-Length', String(bytes));
  c.header('Content-Disposition', `attachment; filename="${fileName}"`);
  c.header('Cache-Control', 'no-store');
  return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>);
}
