import { getCompany } from '#domain/accounts';
import { inCompany, type Tx } from '#stores/database';
import { insertEntries } from './entry-table.ts';
import type { CompanyExport, ExportEntry } from './export.ts';
import type { ExportDeps } from './export-deps.ts';
import type { ExportTables, Made } from './export-table.ts';
import { gatherFiles } from './gather-files.ts';
import { type GatheredRows, type Gathering, gatherRows } from './gather-rows.ts';
import { leftOutTables, withheldColumns } from './left-out.ts';
import { readme } from './readme.ts';
import { jsonLine, keepPart } from './write-part.ts';

/** What stands in `manifest.json` as the version of the format; raised when a reader of the old one would misread the new. */
export const exportFormat = 1;

/** The README and the manifest stand first in the ZIP, and are written last. */
const firstPlace = 2;
const filesPerPart = 50_000;

/** Makes an export: rows, files, the list of files, the manifest. `goOn` is asked with each step, in its transaction, and throws when the work is no longer wanted. */
export async function makeExport(
  deps: ExportDeps,
  one: CompanyExport,
  goOn: (tx: Tx<ExportTables>) => Promise<void>,
): Promise<Omit<Made, 'readyAt' | 'expiresAt'>> {
  let place = firstPlace;
  let bytes = 0;
  const noteAt = async (at: number, entries: readonly ExportEntry[]): Promise<void> => {
    await inCompany(deps.database, one.companyId, async (tx) => {
      await goOn(tx);
      await insertEntries(tx, one, at, entries);
    });
    for (const entry of entries) bytes += entry.bytes;
  };
  const note = async (entries: readonly ExportEntry[]): Promise<void> => {
    await noteAt(place, entries);
    place += entries.length;
  };
  const work = { deps, one, note };
  const rows = await gatherRows(work);
  const files = await listFiles(work, rows);
  const manifest = Buffer.from(`${JSON.stringify(await manifestOf(work, rows, files), null, 2)}\n`);
  const first = [await keepPart(deps.files, one, 'README.txt', Buffer.from(readme))];
  first.push(await keepPart(deps.files, one, 'manifest.json', manifest));
  await noteAt(0, first);
  const total = rows.tables.reduce((sum, table) => sum + table.rows, 0);
  return { rows: total, files: files.count, missing: files.missing, bytes };
}

interface FileList {
  readonly count: number;
  readonly bytes: number;
  readonly missing: number;
  readonly parts: readonly Pick<ExportEntry, 'path' | 'sha256' | 'bytes'>[];
}

/** Writes the list of files, in parts. */
async function listFiles(work: Gathering, rows: GatheredRows): Promise<FileList> {
  const parts: FileList['parts'][number][] = [];
  let lines: string[] = [];
  let [count, bytes, missing] = [0, 0, 0];
  const flush = async (): Promise<void> => {
    if (lines.length === 0) return;
    const path = `files-${String(parts.length + 1).padStart(4, '0')}.jsonl`;
    const entry = await keepPart(work.deps.files, work.one, path, Buffer.from(lines.join('')));
    await work.note([entry]);
    parts.push({ path, sha256: entry.sha256, bytes: entry.bytes });
    lines = [];
  };
  for await (const line of gatherFiles(work, rows)) {
    lines.push(jsonLine({ ...line }));
    if (line.path === null) missing += 1;
    else count += 1;
    bytes += line.bytes ?? 0;
    if (lines.length >= filesPerPart) await flush();
  }
  await flush();
  return { count, bytes, missing, parts };
}

async function manifestOf({ deps, one }: Gathering, rows: GatheredRows, files: FileList) {
  const company = await inCompany(deps.database, one.companyId, (tx) => getCompany(tx, one.companyId));
  return {
    format: exportFormat,
    program: { name: 'Envoi', version: deps.version },
    export: one.id,
    askedAt: one.createdAt.toISOString(),
    company: { id: one.companyId, name: company?.name ?? '' },
    tables: rows.tables,
    files,
    leftOut: leftOutTables,
    withheld: withheldColumns,
  };
}
