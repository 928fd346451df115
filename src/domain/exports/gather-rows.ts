import { listMembers } from '#domain/accounts';
import { inSnapshot } from '#stores/database';
import {
  type CompanyTable,
  exportedColumns,
  listCompanyTables,
  type Row,
  readRows,
} from './company-rows-table.ts';
import type { CompanyExport, ExportEntry } from './export.ts';
import type { ExportDeps } from './export-deps.ts';
import { hashesIn, type NamedBy } from './place-of.ts';
import { jsonLine, keepPart } from './write-part.ts';

/** What a table became. */
export interface GatheredTable {
  readonly name: string;
  readonly rows: number;
  readonly parts: readonly (Pick<ExportEntry, 'path' | 'sha256' | 'bytes'> & { readonly rows: number })[];
}

export interface GatheredRows {
  readonly tables: readonly GatheredTable[];
  /** The files that rows name, by hash. */
  readonly named: ReadonlyMap<string, NamedBy>;
  /** The messages whose mail was made. */
  readonly mailIds: readonly string[];
}

export interface Gathering {
  readonly deps: ExportDeps;
  readonly one: CompanyExport;
  /** Notes entries of the ZIP; throws when the work is no longer wanted. */
  readonly note: (entries: readonly ExportEntry[]) => Promise<void>;
}

/** A part ends after so many bytes: it is in memory as a whole. */
const partBytes = 16 * 2 ** 20;

/** Writes every table of the company as JSON lines, in parts, all from one state of the database. */
export async function gatherRows(work: Gathering): Promise<GatheredRows> {
  const { deps, one } = work;
  const named = new Map<string, NamedBy>();
  const mailIds: string[] = [];
  const tables: GatheredTable[] = [];
  const see = (table: string, row: Row): void => {
    for (const [hash, by] of hashesIn(table, row)) if (!named.has(hash)) named.set(hash, by);
    if (table === 'mails') mailIds.push(String(row['message_id']));
  };
  await inSnapshot(deps.database, one.companyId, async (tx) => {
    const members = await listMembers(tx, one.companyId);
    tables.push(await writeTable(work, 'people', once(members as unknown as readonly Row[])));
    for (const table of documentsFirst(await listCompanyTables(tx))) {
      const columns = exportedColumns(table);
      if (!columns) continue;
      const rows = readRows(tx, one.companyId, table.name, columns);
      tables.push(await writeTable(work, table.name, rows, (row) => see(table.name, row)));
    }
  });
  return { tables: tables.sort((a, b) => (a.name < b.name ? -1 : 1)), named, mailIds };
}

/** A file has its place by the row that names it first; of a document that is its own row. */
function documentsFirst(tables: readonly CompanyTable[]): CompanyTable[] {
  const isFirst = ({ name }: CompanyTable): number => Number(name !== 'documents');
  return [...tables].sort((a, b) => isFirst(a) - isFirst(b));
}

async function* once(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}

async function writeTable(
  { deps, one, note }: Gathering,
  name: string,
  batches: AsyncIterable<readonly Row[]>,
  see: (row: Row) => void = () => undefined,
): Promise<GatheredTable> {
  const parts: GatheredTable['parts'][number][] = [];
  let lines: string[] = [];
  let [bytes, total] = [0, 0];
  const flush = async (): Promise<void> => {
    if (lines.length === 0) return;
    const path = `tables/${name}-${String(parts.length + 1).padStart(4, '0')}.jsonl`;
    const entry = await keepPart(deps.files, one, path, Buffer.from(lines.join('')));
    await note([entry]);
    parts.push({ path, sha256: entry.sha256, bytes: entry.bytes, rows: lines.length });
    [lines, bytes] = [[], 0];
  };
  for await (const rows of batches)
    for (const row of rows) {
      see(row);
      const line = jsonLine(row);
      lines.push(line);
      total += 1;
      bytes += line.length;
      if (bytes >= partBytes) await flush();
    }
  await flush();
  return { name, rows: total, parts };
}
