import { once } from 'node:events';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { dayIn } from '#base/time';
import { inCompany } from '#stores/database';
import type { Bundle } from './bundle.ts';
import type { BundleDeps } from './bundle-deps.ts';
import { selectBundleFiles } from './bundle-file-table.ts';

export interface PackedBundle {
  readonly fileName: string;
  /** Length of the whole ZIP, known before its first byte. */
  readonly bytes: number;
  readonly stream: Readable;
}

/** The ZIP of a bundle that is ready, put together while it is read: one of its files is in memory at a time. */
export async function packBundle(
  deps: Pick<BundleDeps, 'database' | 'files'>,
  bundle: Bundle,
): Promise<PackedBundle> {
  const { companyId } = bundle;
  const files = await inCompany(deps.database, companyId, (tx) => selectBundleFiles(tx, bundle));
  const zip = new ZipFile();
  for (const { name, sha256, bytes } of files) {
    if (!sha256 || bytes === null) continue;
    // yazl asks for a file when the one before it has been read.
    zip.addReadStreamLazy(
      name,
      { compress: false, size: bytes, mtime: bundle.readyAt ?? bundle.createdAt },
      (take) => {
        deps.files.get(companyId, sha256).then(
          (content) =>
            content
              ? take(null, Readable.from([content]))
              : take(new Error(`The file ${sha256} of ${bundle.id} is missing.`), Readable.from([])),
          (error: Error) => take(error, Readable.from([])),
        );
      },
    );
  }
  const stream = zip.outputStream as Readable;
  zip.on('error', (error: Error) => stream.destroy(error));
  const sized = new Promise<number>((resolve) =>
    zip.end({ forceZip64Format: false, comment: '' }, resolve as () => void),
  );
  const bytes = await Promise.race([sized, once(stream, 'error').then(([error]) => Promise.reject(error))]);
  return { fileName: `evidence-${dayIn('UTC', bundle.createdAt)}-${bundle.id}.zip`, bytes, stream };
}
