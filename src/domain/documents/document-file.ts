import type { FileStore } from '#stores/files';
import type { Document } from './document.ts';
import type { PageImage } from './page-image-table.ts';

/** The bytes of a document's file as it came in. */
export function readSource(files: FileStore, document: Document): Promise<Buffer> {
  return read(files, document.companyId, document.sha256);
}

/** The PDF that a person reads: the file itself, or the one drawn from its XML. */
export function readPdf(files: FileStore, document: Document): Promise<Buffer> {
  return read(files, document.companyId, document.pdfSha256);
}

/** The structured invoice, or null for a plain PDF. */
export async function readXml(files: FileStore, document: Document): Promise<Buffer | null> {
  return document.xmlSha256 === null ? null : read(files, document.companyId, document.xmlSha256);
}

/** The picture of a page (WebP). */
export function readPageImage(files: FileStore, companyId: string, image: PageImage): Promise<Buffer> {
  return read(files, companyId, image.sha256);
}

async function read(files: FileStore, companyId: string, sha256: string): Promise<Buffer> {
  const bytes = await files.get(companyId, sha256);
  if (!bytes) throw new Error(`The file ${sha256} of ${companyId} is missing in the files store.`);
  return bytes;
}
