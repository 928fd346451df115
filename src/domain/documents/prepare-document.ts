import { sha256 } from '#base/crypto';
import { type ReadDocument, type ReadNote, type ReadRefusal, readDocument } from '#formats/einvoice';
import { drawInvoicePdf, inspectPdf } from '#formats/pdf';
import { inCompany } from '#stores/database';
import type { By, Facts, ProposedFacts } from './document.ts';
import { selectDocumentByHash } from './document-table.ts';
import { type FactProblem, factsOfFile, type GivenFacts, readGivenFacts } from './facts.ts';
import { safeFileName } from './file-name.ts';
import type { DocumentStores } from './limits.ts';

/** A file that came in, with what the caller says of it. */
export interface Upload {
  readonly companyId: string;
  readonly by: By;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly facts?: GivenFacts;
  /** The id that the document has in the caller's own program. */
  readonly externalId?: string | null;
  /** Kept and given back as it is; 16 kB of JSON at most. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The files of a document, which lie in the store already. */
export interface StoredFiles {
  readonly format: ReadDocument['format'];
  readonly fileName: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly pdfSha256: string;
  readonly pdfBytes: number;
  readonly xmlSha256: string | null;
  readonly xmlBytes: number | null;
  readonly pages: number;
}

/** An upload that was read and whose files are stored, ready for the row; `files` is null for bytes that the company has. */
export interface PreparedDocument {
  readonly upload: Omit<Upload, 'bytes' | 'facts'>;
  readonly sha256: string;
  /** Facts that the caller gave. */
  readonly given: Partial<Facts>;
  /** Facts from structured data. */
  readonly read: Partial<Facts>;
  readonly proposed: ProposedFacts;
  readonly files: StoredFiles | null;
  readonly notes: readonly ReadNote[];
  /** The beginning of a plain PDF's text, in which a known customer may be named; empty for everything else. */
  readonly text: string;
}

export type UploadRefused =
  | { readonly ok: false; readonly reason: 'invalid'; readonly problems: readonly FactProblem[] }
  /** `not_drawable`: the XML was read, but no PDF of it could be made. */
  | { readonly ok: false; readonly reason: ReadRefusal | 'not_drawable' };

export type Prepared = { readonly ok: true; readonly prepared: PreparedDocument } | UploadRefused;

const longestExternalId = 200;
const longestMetadata = 16_384;

/**
 * Reads an upload and puts its files into the store; no transaction is open meanwhile and no row is written. Refuses wrong
 * facts, with their fields, and files that cannot be read.
 */
export async function prepareDocument(stores: DocumentStores, upload: Upload): Promise<Prepared> {
  const given = readGivenFacts(upload.facts ?? {});
  const problems = [...(given.ok ? [] : given.problems), ...labelProblems(upload)];
  if (!given.ok || problems.length > 0) return { ok: false, reason: 'invalid', problems };
  if (upload.bytes.byteLength > stores.limits.documentBytes) return { ok: false, reason: 'too_big' };
  const hash = sha256(upload.bytes).toString('hex');
  const { bytes, facts, ...rest } = upload;
  const common = { upload: rest, sha256: hash, given: given.facts };
  const known = await inCompany(stores.database, upload.companyId, (tx) =>
    selectDocumentByHash(tx, upload.companyId, hash),
  );
  if (known)
    return { ok: true, prepared: { ...common, read: {}, proposed: {}, files: null, notes: [], text: '' } };
  const result = await readDocument(bytes, { maxBytes: stores.limits.documentBytes });
  if (!result.ok) return result;
  const readable = await readablePdf(result.document);
  if (!readable) return { ok: false, reason: 'not_drawable' };
  const files = await storeFiles(stores, upload, { sha256: hash, ...result.document }, readable);
  const read = factsOfFile(result.document.facts);
  const proposed = factsOfFile(result.document.proposed);
  const { notes } = result.document;
  const text = await textOf(result.document);
  return { ok: true, prepared: { ...common, read, proposed, files, notes, text } };
}

function labelProblems(upload: Upload): FactProblem[] {
  const problems: FactProblem[] = [];
  if ((upload.externalId?.length ?? 0) > longestExternalId)
    problems.push({ path: 'externalId', reason: 'too_long' });
  if (JSON.stringify(upload.metadata ?? {}).length > longestMetadata)
    problems.push({ path: 'metadata', reason: 'too_long' });
  return problems;
}

/** The letterhead and the address block stand in it. */
const textLength = 4000;

async function textOf(read: ReadDocument): Promise<string> {
  if (read.format !== 'pdf' || !read.pdf) return '';
  const inspected = await inspectPdf(read.pdf);
  return inspected.ok ? inspected.text.slice(0, textLength) : '';
}

type ReadablePdf = { readonly bytes: Buffer; readonly pages: number };

/** What a person reads: the file, or the PDF that we draw of the XML; null when that fails. */
async function readablePdf(read: ReadDocument): Promise<ReadablePdf | null> {
  if (read.pdf) return { bytes: read.pdf, pages: read.pages };
  if (!read.view) return null;
  // An invoice with a hundred thousand lines is no fault of ours, but too much to draw.
  const bytes = await drawInvoicePdf(read.view).catch(() => null);
  const drawn = bytes ? await inspectPdf(bytes) : null;
  return bytes && drawn?.ok ? { bytes, pages: drawn.pages } : null;
}

async function storeFiles(
  { files }: DocumentStores,
  upload: Upload,
  read: ReadDocument & { readonly sha256: string },
  readable: ReadablePdf,
): Promise<StoredFiles> {
  const put = (bytes: Uint8Array): Promise<string> => files.put(upload.companyId, bytes);
  await put(upload.bytes);
  const isPdf = read.pdf !== null;
  return {
    format: read.format,
    fileName: safeFileName(upload.fileName, isPdf ? 'document.pdf' : 'document.xml'),
    mediaType: read.mediaType,
    sha256: read.sha256,
    bytes: upload.bytes.byteLength,
    pdfSha256: isPdf ? read.sha256 : await put(readable.bytes),
    pdfBytes: readable.bytes.length,
    xmlSha256: read.xml ? await put(read.xml) : null,
    xmlBytes: read.xml?.length ?? null,
    pages: readable.pages,
  };
}
