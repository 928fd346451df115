import type { Context } from 'hono';
import { importOpenDocuments, type OpenImported } from '#domain/intake';
import type { TableRead } from '#formats/csv';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type DocumentsImportModel, DocumentsImportScreen } from '../screens/documents-import.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { readPostedTable } from '../staff/read-posted-table.ts';
import { wrong } from '../staff/wording.ts';
import { byOf } from './author.ts';

type C = Context<StaffEnv>;
type Table = Extract<TableRead, { ok: true }>;

/** Open documents from a file: the first post shows what would happen and keeps nothing, the second takes them. */
export function addDocumentsImport(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.documentsImport, (c) => show(c, { looked: null, error: null }));
  app.post(paths.documentsImport, async (c) => {
    const form = await readForm(c);
    const { view } = c.var;
    const { table, fileName, content } = await readPostedTable(form);
    if (!table.ok) return show(c, { looked: null, error: view.t(`import.wrong.${table.reason}`) });
    const done = await bring(needs, c, table, fileName !== null);
    if (!done.ok) return show(c, { looked: null, error: view.t(`import.wrong.${done.reason}`) });
    if (fileName === null) return taken(needs, c, done);
    const lines = done.lines.map((line) => ({
      ...line,
      problems: line.problems.map(
        ({ path, reason }) => `${view.t(`importOpen.column.${path}`)}: ${wrong(view, reason)}`,
      ),
    }));
    return show(c, { looked: { fileName, content, lines }, error: null });
  });
}

function bring(needs: WebNeeds, c: C, table: Table, dryRun: boolean): Promise<OpenImported> {
  const which = { companyId: c.var.company.id, by: byOf(c) };
  return importOpenDocuments(needs, which, table.rows, { now: needs.clock(), dryRun });
}

function taken(needs: WebNeeds, c: C, done: Extract<OpenImported, { ok: true }>): Response {
  const count = done.lines.filter(({ outcome }) => outcome === 'new').length;
  return seeOther(needs, c, paths.documents, {
    state: 'opened',
    text: c.var.view.t('importOpen.taken', { count }),
  });
}

function show(c: C, model: DocumentsImportModel): Promise<Response> {
  return page(c, <DocumentsImportScreen view={c.var.view} model={model} />, model.error ? 422 : 200);
}
