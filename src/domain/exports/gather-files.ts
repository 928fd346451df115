import { sha256 } from '#base/crypto';
import { readMailBytes } from '#domain/outbox';
import { inCompany } from '#stores/database';
import { FileDamaged } from '#stores/files';
import type { ExportEntry } from './export.ts';
import type { GatheredRows, Gathering } from './gather-rows.ts';
import { hashesOnly } from './left-out.ts';
import { type NamedBy, placeOf } from './place-of.ts';

/** A line of the list of files. */
export interface FileLine {
  /** Null: it is named, and cannot be read. */
  readonly path: string | null;
  readonly sha256: string;
  readonly bytes: number | null;
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

const batch = 100;

/** Finds and checks every file and mail, notes them as entries, and hands over a line for each; one after the other in memory. */
export async function* gatherFiles(work: Gathering, rows: GatheredRows): AsyncGenerator<FileLine> {
  const taken = new Set<string>();
  let waiting: ExportEntry[] = [];
  const keep = async (entry: ExportEntry): Promise<void> => {
    waiting.push(entry);
    if (waiting.length >= batch) await flush();
  };
  const flush = async (): Promise<void> => {
    await work.note(waiting);
    waiting = [];
  };
  for (const [hash, by] of rows.named) {
    const { table, row, column } = by;
    const bytes = await readFile(work, hash);
    if (bytes === null && !isFileColumn(by)) continue;
    const path = bytes ? freePath(taken, placeOf(hash, by, bytes), hash) : null;
    if (bytes && path) await keep({ path, source: 'file', ref: hash, sha256: hash, bytes: bytes.length });
    yield { path, sha256: hash, bytes: bytes?.length ?? null, table, row, column };
  }
  for (const id of rows.mailIds) {
    const entry = await readMail(work, id);
    if (entry) await keep(entry);
    const { path = null, sha256: hash = '', bytes = null } = entry ?? {};
    yield { path, sha256: hash, bytes, table: 'mails', row: id, column: 'message_id' };
  }
  await flush();
}

/** Columns whose hash is that of a file; others may hold any text that looks like one. */
function isFileColumn({ table, column }: NamedBy): boolean {
  return /(^|_)sha256$/.test(column) && !hashesOnly.has(`${table}.${column}`);
}

async function readFile({ deps, one }: Gathering, hash: string): Promise<Buffer | null> {
  try {
    return await deps.files.get(one.companyId, hash);
  } catch (error) {
    if (error instanceof FileDamaged) return null;
    throw error;
  }
}

async function readMail({ deps, one }: Gathering, id: string): Promise<ExportEntry | null> {
  const bytes = await inCompany(deps.database, one.companyId, (tx) =>
    readMailBytes(tx, deps.files, one.companyId, id),
  ).catch((error: unknown) => {
    if (error instanceof FileDamaged) return null;
    throw error;
  });
  if (!bytes) return null;
  const hash = sha256(bytes).toString('hex');
  return { path: `mails/${id}.eml`, source: 'mail', ref: id, sha256: hash, bytes: bytes.length };
}

/** No two files have one path, also where letters count as equal that differ in case. */
function freePath(taken: Set<string>, wanted: string, hash: string): string {
  const path = taken.has(wanted.toLowerCase()) ? `files/${hash}` : wanted;
  taken.add(path.toLowerCase());
  return path;
}
