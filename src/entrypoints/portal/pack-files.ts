import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { ZipFile } from 'yazl';
import { type Document, readPdf } from '#domain/documents';
import type { FileStore } from '#stores/files';
import { contentDisposition } from './send-bytes.ts';

/** Beyond it each file is there for itself only: a phone has no use for more, and a line is busy for long enough. */
const mostBytes = 250 * 2 ** 20;

/** Whether some documents go into one ZIP; where not, nobody is offered one, so that none is left out in silence. */
export function fitsZip(documents: readonly Pick<Document, 'pdfBytes'>[]): boolean {
  return documents.reduce((sum, one) => sum + one.pdfBytes, 0) <= mostBytes;
}

/**
 * Answers with the PDFs of some documents in one ZIP, each name once; stored as they are, because PDFs are compressed already. It is put
 * together while it is sent: one file of it is in memory at a time.
 */
export async function sendZip(
  c: Context,
  files: FileStore,
  zip: {
    readonly documents: readonly Document[];
    readonly nameOf: (document: Document) => string;
    readonly fileName: string;
  },
): Promise<Response> {
  const { stream, bytes } = await packFiles(files, zip.documents, zip.nameOf);
  c.header('Content-Type', 'application/zip');
  c.header('Content-Disposition', contentDisposition(zip.fileName));
  c.header('Content-Length', String(bytes));
  if (c.req.method === 'HEAD') {
    stream.destroy();
    return c.body(null);
  }
  return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>);
}

async function packFiles(
  files: FileStore,
  documents: readonly Document[],
  nameOf: (document: Document) => string,
): Promise<{ readonly stream: Readable; readonly bytes: number }> {
  const zip = new ZipFile();
  const taken = new Set<string>();
  for (const document of documents) {
    const options = { compress: false, size: document.pdfBytes, mtime: document.createdAt };
    // yazl asks for a file when the one before it has been read.
    zip.addReadStreamLazy(freeName(nameOf(document), taken), options, (take) => {
      readPdf(files, document).then(
        (bytes) => take(null, Readable.from([bytes])),
        (error: Error) => take(error, Readable.from([])),
      );
    });
  }
  const stream = zip.outputStream as Readable;
  zip.on('error', (error: Error) => stream.destroy(error));
  const bytes = await new Promise<number>((resolve) =>
    zip.end({ forceZip64Format: false, comment: '' }, resolve as () => void),
  );
  return { stream, bytes };
}

function freeName(name: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : name.replace(/(\.\w+)?$/, ` (${number})$1`);
    if (taken.has(free)) continue;
    taken.add(free);
    return free;
  }
}
