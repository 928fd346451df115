import { newId } from '#base/ids';
import { type EvidenceTables, record } from '#domain/evidence';
import { notify, type Tx } from '#stores/database';
import { type CompanyExport, exportsDue } from './export.ts';
import { type ExportTables, insertExport, selectExports } from './export-table.ts';

export type ExportRequest = Pick<CompanyExport, 'companyId' | 'actor'> & {
  /** The user's or key's id. */
  readonly by: string;
};

/** Asks for everything that a company has. While one is being made, that one is the answer: a second would hold the same. */
export async function askExport(
  tx: Tx<ExportTables & EvidenceTables>,
  { companyId, actor, by }: ExportRequest,
  now: Date,
): Promise<CompanyExport> {
  const id = newId('companyExport', now);
  const isNew = await insertExport(tx, { id, companyId, actor, askedBy: by, createdAt: now });
  const [one] = await selectExports(tx, companyId, isNew ? { id } : { state: 'waiting' });
  if (!one) throw new Error('The export that is being made has just ended. Ask again.');
  if (isNew) {
    await notify(tx, exportsDue, '');
    await record(tx, [
      { type: 'company.export_asked', companyId, at: now, actor, data: { exportId: id, by } },
    ]);
  }
  return one;
}

/** Writes down who fetches an export. */
export async function recordDownload(
  tx: Tx<EvidenceTables>,
  { companyId, actor, by }: ExportRequest,
  exportId: string,
  now: Date,
): Promise<void> {
  await record(tx, [
    { type: 'company.export_downloaded', companyId, at: now, actor, data: { exportId, by } },
  ]);
}
