import { once } from 'node:events';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { dayIn } from '#base/time';
import { readMailBytes } from '#domain/outbox';
import { inCompany } from '#stores/database';
import { selectEntries } from './entry-table.ts';
import type { CompanyExport, ExportEntry } from './export.ts';
import type { ExportDeps } from './export-deps.ts';
import { readPart } from './write-part.ts';

type PackDeps = Pick<ExportDeps, 'database' | 'files'>;

export interface PackedExport {
  readonly fileName: string;
  /** Length of the whole ZIP, known before its first byte. */
  readonly bytes: number;
  readonly stream: Readable;
}

/** The ZIP of an export that is ready, put together while it is read: one of its files is in memory at a time. */
export async function packExport(deps: PackDeps, one: CompanyExport): Promise<PackedExport> {
  const entries = await inCompany(deps.database, one.companyId, (tx) => selectEntries(tx, one));
  const zip = new ZipFile();
  const mtime = one.readyAt ?? one.createdAt;
  for (const entry of entries) {
    const options = { compress: false, size: entry.bytes, mtime };
    // yazl asks for a file when the one before it has been read.
    zip.addReadStreamLazy(entry.path, options, (take) => {
      read(deps, one, entry).then(
        (bytes) => take(null, Readable.from([bytes])),
        (error: Error) => take(error, Readable.from([])),
      );
    });
  }
  const stream = zip.outputStream as Readable;
  zip.on('error', (error: Error) => stream.destroy(error));
  const sized = new Promise<number>((resolve) =>
    zip.end({ forceZip64Format: false, comment: '' }, resolve as () => void),
  );
  const bytes = await Promise.race([sized, once(stream, 'error').then(([error]) => Promise.reject(error))]);
  return { fileName: `envoi-export-${dayIn('UTC', one.createdAt)}-${one.id}.zip`, bytes, stream };
}

async function read(deps: PackDeps, one: CompanyExport, entry: ExportEntry): Promise<Buffer> {
  const bytes = await bytesOf(deps, one, entry);
  if (bytes?.length !== entry.bytes) throw new Error(`${entry.path} of ${one.id} is missing or was changed.`);
  return bytes;
}

function bytesOf(deps: PackDeps, one: CompanyExport, entry: ExportEntry): Promise<Buffer | null> {
  const { companyId } = one;
  if (entry.source === 'part') return readPart(deps.files, one, entry);
  if (entry.source === 'file') return deps.files.get(companyId, entry.ref);
  return inCompany(deps.database, companyId, (tx) => readMailBytes(tx, deps.files, companyId, entry.ref));
}
