import type { Context } from 'hono';
import { type CustomersImported, type ImportLine, importCustomers } from '#domain/customers';
import type { TableRead } from '#formats/csv';
import { inCompany, inPassing } from '#stores/database';
import { byOf } from '../documents/author.ts';
import { paths, type View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type CustomersImportModel, CustomersImportScreen } from '../screens/customers-import.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { readPostedTable } from '../staff/read-posted-table.ts';
import { wrong } from '../staff/wording.ts';

type C = Context<StaffEnv>;
type Table = Extract<TableRead, { ok: true }>;

/** Customers from a file: the first post shows what would happen and changes nothing, the second takes them. */
export function addCustomersImport(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.customersImport, (c) => show(c, { looked: null, error: null }));
  app.post(paths.customersImport, async (c) => {
    const form = await readForm(c);
    const { view, company } = c.var;
    const { table, fileName, content } = await readPostedTable(form);
    if (!table.ok) return show(c, { looked: null, error: view.t(`import.wrong.${table.reason}`) });
    if (fileName === null) return take(needs, c, table);
    const done = await inPassing(needs.database, company.id, (tx) => bring(tx, c, table, needs.clock()));
    if (!done.ok) return show(c, { looked: null, error: view.t(`import.wrong.${done.reason}`) });
    const lines = done.lines.map((line) => ({ ...line, problems: sentences(view, line) }));
    return show(c, { looked: { fileName, content, lines }, error: null });
  });
}

async function take(needs: WebNeeds, c: C, table: Table): Promise<Response> {
  const { view, company } = c.var;
  const done = await inCompany(needs.database, company.id, (tx) => bring(tx, c, table, needs.clock()));
  if (!done.ok) return show(c, { looked: null, error: view.t(`import.wrong.${done.reason}`) });
  const count = done.lines.filter(({ outcome }) => outcome !== 'wrong').length;
  return seeOther(needs, c, paths.customers, { state: 'opened', text: view.t('import.taken', { count }) });
}

function bring(
  tx: Parameters<typeof importCustomers>[0],
  c: C,
  table: Table,
  now: Date,
): Promise<CustomersImported> {
  return importCustomers(tx, { companyId: c.var.company.id, by: byOf(c) }, table.rows, now);
}

function sentences(view: View, { problems, addresses }: ImportLine): string[] {
  return problems.map(({ path, reason }) => {
    const contact = /^contacts\.(\d+)/.exec(path)?.[1];
    const about = contact === undefined ? '' : `${addresses[Number(contact)] ?? ''}: `;
    return `${about}${wrong(view, reason)}`;
  });
}

function show(c: C, model: CustomersImportModel): Promise<Response> {
  return page(c, <CustomersImportScreen view={c.var.view} model={model} />, model.error ? 422 : 200);
}
