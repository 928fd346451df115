import { newId } from '#base/ids';
import { inCompany } from '#stores/database';
import type { DocumentTables } from './document-row.ts';
import { type ExtraFile, insertExtraFile } from './extra-file-table.ts';
import { safeFileName } from './file-name.ts';
import type { DocumentStores } from './limits.ts';
import { safeMediaType } from './media-type.ts';

export type FileRefusal = 'empty' | 'too_big' | 'forbidden_type';

/** Keeps a file that will go along with a mail. Refuses empty and too large ones, and programs, which mail servers drop. */
export async function storeExtraFile(
  { database, files, limits }: Pick<DocumentStores, 'database' | 'files' | 'limits'>,
  input: { readonly companyId: string; readonly fileName: string; readonly bytes: Uint8Array },
  now: Date,
): Promise<
  { readonly ok: true; readonly file: ExtraFile } | { readonly ok: false; readonly reason: FileRefusal }
> {
  const { companyId, bytes } = input;
  if (bytes.byteLength === 0) return { ok: false, reason: 'empty' };
  if (bytes.byteLength > limits.extraFileBytes) return { ok: false, reason: 'too_big' };
  const fileName = safeFileName(input.fileName, 'file');
  const mediaType = safeMediaType(fileName, bytes);
  if (mediaType === null) return { ok: false, reason: 'forbidden_type' };
  const sha256 = await files.put(companyId, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const file: ExtraFile = {
    id: newId('file', now),
    companyId,
    fileName,
    mediaType,
    sha256,
    bytes: bytes.byteLength,
    createdAt: now,
  };
  await inCompany<DocumentTables, void>(database, companyId, (tx) => insertExtraFile(tx, file));
  return { ok: true, file };
}
