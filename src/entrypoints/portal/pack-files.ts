import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { type Document, readPdf } from '#domain/documents';
import type { FileStore } from '#stores/files';

/** Beyond it the list goes on file by file: a phone has no use for more, and a process no room. */
const mostBytes = 100 * 2 ** 20;

/** The PDFs of some documents in one ZIP, each name once; stored as they are, because PDFs are compressed already. */
export async function packFiles(
  files: FileStore,
  documents: readonly Document[],
  nameOf: (document: Document) => string,
): Promise<Buffer> {
  const zip = new ZipFile();
  const taken = new Set<string>();
  let bytes = 0;
  for (const document of documents) {
    bytes += document.pdfBytes;
    if (bytes > mostBytes) break;
    zip.addBuffer(await readPdf(files, document), freeName(nameOf(document), taken), { compress: false });
  }
  zip.end();
  return buffer(zip.outputStream);
}

function freeName(name: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : name.replace(/(\.\w+)?$/, ` (${number})$1`);
    if (taken.has(free)) continue;
    taken.add(free);
    return free;
  }
}
