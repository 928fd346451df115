import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { isId } from '#base/ids';
import { dayIn } from '#base/time';
import { catchUp, listDocuments } from '#domain/overview';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { byteOrderMark } from './csv.ts';
import { documentRows } from './document-rows.ts';
import { exportHead, exportLine } from './export-rows.ts';
import { overviewFilter, readListQuery } from './list-query.ts';
import type { ListPlace } from './paging.ts';

const atOnce = 200;

/** The list as a table for spreadsheets: the ticked rows, else all that the filters in the address show, page by page. */
export function addExport(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.exportDocuments, async (c) => {
    await catchUp(needs.database);
    const today = dayIn(c.var.company.timeZone, needs.clock());
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', `attachment; filename="documents-${today}.csv"`);
    return c.body(
      Readable.toWeb(Readable.from(bytesOf(needs, c))) as ReadableStream<Uint8Array<ArrayBuffer>>,
    );
  });
}

async function* bytesOf(needs: WebNeeds, c: Context<StaffEnv>): AsyncGenerator<Buffer> {
  for await (const text of textOf(needs, c)) yield Buffer.from(text);
}

async function* textOf(needs: WebNeeds, c: Context<StaffEnv>): AsyncGenerator<string> {
  const { view, company } = c.var;
  yield byteOrderMark + exportHead(view);
  for await (const ids of idsOf(needs, c)) {
    const of = { view, companyId: company.id, now: needs.clock() };
    const rows = await inCompany(needs.database, company.id, (tx) => documentRows(tx, of, ids));
    yield rows.map((row) => exportLine(view, row)).join('');
  }
}

async function* idsOf(needs: WebNeeds, c: Context<StaffEnv>): AsyncGenerator<string[]> {
  const ticked = (c.req.queries('document') ?? []).filter((id) => isId('document', id));
  if (ticked.length > 0) return yield ticked;
  const { company } = c.var;
  const filter = overviewFilter(readListQuery(c.req.query()), dayIn(company.timeZone, needs.clock()));
  for (let before: ListPlace | null = null; ; ) {
    const found: Awaited<ReturnType<typeof listDocuments>> = await listDocuments(
      needs.database,
      company.id,
      filter,
      { before, limit: atOnce },
    );
    yield found.map((row) => row.document_id);
    const last = found.at(-1);
    if (!last || found.length < atOnce) return;
    before = { createdAt: last.created_at, id: last.document_id };
  }
}
