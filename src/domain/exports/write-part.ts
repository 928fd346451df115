import { sha256 } from '#base/crypto';
import type { FileStore } from '#stores/files';
import type { CompanyExport, ExportEntry } from './export.ts';

type Ref = Pick<CompanyExport, 'id' | 'companyId'>;

/**
 * Keeps bytes that were written for an export. In the store they begin with the export's id and their path: the store keeps equal bytes once, and what an
 * export leaves behind when it ends must be nobody else's.
 */
export async function keepPart(files: FileStore, of: Ref, path: string, bytes: Buffer): Promise<ExportEntry> {
  const ref = await files.put(of.companyId, Buffer.concat([mark(of, path), bytes]));
  return { path, source: 'part', ref, sha256: sha256(bytes).toString('hex'), bytes: bytes.length };
}

/** The bytes of a part again; null when they are gone. */
export async function readPart(
  files: FileStore,
  of: Ref,
  { path, ref }: ExportEntry,
): Promise<Buffer | null> {
  const kept = await files.get(of.companyId, ref);
  return kept ? kept.subarray(mark(of, path).length) : null;
}

function mark({ id }: Ref, path: string): Buffer {
  return Buffer.from(`${id}\n${path}\n`);
}

/** A value as JSON: bytes in base64, times as ISO 8601 in UTC; numbers with decimals are text already. */
export function jsonLine(row: Readonly<Record<string, unknown>>): string {
  const plain = Object.entries(row).map(([name, value]) => [
    name,
    Buffer.isBuffer(value) ? value.toString('base64') : value,
  ]);
  return `${JSON.stringify(Object.fromEntries(plain))}\n`;
}
