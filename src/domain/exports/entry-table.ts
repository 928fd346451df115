import { insertRows, type Tx } from '#stores/database';
import type { CompanyExport, ExportEntry } from './export.ts';
import type { ExportTables } from './export-table.ts';

type ExportTx = Tx<ExportTables>;
type Ref = Pick<CompanyExport, 'id' | 'companyId'>;

/** Writes down what lies in the ZIP, from a place on. */
export async function insertEntries(
  tx: ExportTx,
  { id, companyId }: Ref,
  from: number,
  entries: readonly ExportEntry[],
): Promise<void> {
  await insertRows(
    tx,
    'company_export_entries',
    entries.map((entry, at) => ({ export_id: id, company_id: companyId, place: from + at, ...entry })),
  );
}

/** What lies in the ZIP, in its order. */
export async function selectEntries(tx: ExportTx, { id, companyId }: Ref): Promise<ExportEntry[]> {
  return tx
    .selectFrom('company_export_entries')
    .select(['path', 'source', 'ref', 'sha256', 'bytes'])
    .where('company_id', '=', companyId)
    .where('export_id', '=', id)
    .orderBy('place')
    .execute();
}

/** Forgets what lay in the ZIP. */
export async function deleteEntries(tx: ExportTx, { id, companyId }: Ref): Promise<void> {
  await tx
    .deleteFrom('company_export_entries')
    .where('company_id', '=', companyId)
    .where('export_id', '=', id)
    .execute();
}
