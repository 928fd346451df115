import type { Language } from '#base/language';
import type { Company } from '#domain/accounts';
import {
  attachmentName,
  type Document,
  type ExtraFile,
  fileNamePattern,
  safeFileName,
} from '#domain/documents';
import type { Attachment } from '#domain/outbox';
import type { DispatchProblem, DispatchRequest, FileType } from './dispatch-request.ts';

/** What goes along with the mail, and what could. */
export interface Attached {
  /** The document's own files under the names that they get in the mail; attached only when `attach` is on. */
  readonly documentFiles: readonly (Attachment & {
    readonly documentId: string;
    readonly isAttached: boolean;
  })[];
  /** One file instead of the PDFs of several documents. */
  readonly joinedFile: Attachment | null;
  readonly extraFiles: readonly (Attachment & { readonly id: string })[];
  readonly fileType: FileType;
  /** Bytes of everything that is attached, before encoding. */
  readonly bytes: number;
  readonly problems: readonly DispatchProblem[];
}

/** Exchange Online and Gmail take 25 MB of files at most; encoded for mail they grow by a third, which those limits allow for. */
const maximumBytes = 25 * 2 ** 20;

interface Attaching {
  readonly request: DispatchRequest;
  readonly company: Company;
  readonly documents: readonly Document[];
  readonly language: Language;
  readonly attach: boolean;
}

/** Works out the attachments: the documents as PDF, XML or both, under the company's file names, and of the extra files `found` those that were asked for. */
export function attachmentsOf(attaching: Attaching, found: readonly ExtraFile[]): Attached {
  const { request, documents } = attaching;
  const fileType = request.fileType ?? usualFileType(documents);
  const documentFiles = documents.flatMap((document) => filesOf(attaching, document, fileType));
  const ids = request.fileIds ?? [];
  const extraFiles = filesById(ids, found);
  const joined = attaching.attach && fileType !== 'xml' && request.joined ? [request.joined.fileId] : [];
  const [joinedFile = null] = filesById(joined, found);
  const bytes = [
    ...documentFiles.filter((file) => file.isAttached),
    ...(joinedFile ? [joinedFile] : []),
    ...extraFiles,
  ].reduce((sum, file) => sum + file.bytes, 0);
  const problems: DispatchProblem[] = [];
  if (extraFiles.length !== ids.length || (joined.length > 0 && !joinedFile))
    problems.push({ path: 'attach.fileIds', reason: 'file_missing' });
  if (bytes > maximumBytes) problems.push({ path: 'attach', reason: 'too_big', value: String(maximumBytes) });
  if (fileType === 'xml' && documents.some((document) => !document.xmlSha256))
    problems.push({ path: 'attach.fileType', reason: 'xml_missing' });
  return { documentFiles, joinedFile, extraFiles, fileType, bytes, problems };
}

function filesById(ids: readonly string[], found: readonly ExtraFile[]) {
  return ids
    .flatMap((id) => found.filter((file) => file.id === id))
    .map(({ id, sha256, fileName, mediaType, bytes }) => ({ id, sha256, fileName, mediaType, bytes }));
}

/** An invoice that came as XML goes out as both, so that people and programs can read it; an Italian courtesy copy as PDF only. */
function usualFileType(documents: readonly Document[]): FileType {
  return documents.some((document) => document.format === 'ubl' || document.format === 'cii')
    ? 'both'
    : 'pdf';
}

function filesOf(
  { request, company, documents, language, attach }: Attaching,
  document: Document,
  fileType: FileType,
) {
  const pattern = fileNamePattern(company.fileNamePatterns, document.kind, language);
  const given = documents.length === 1 ? request.fileName?.trim() : undefined;
  const name = (extension: 'pdf' | 'xml'): string =>
    given
      ? safeFileName(`${given.replace(/\.(pdf|xml)$/i, '')}.${extension}`, `document.${extension}`)
      : attachmentName(pattern, document, language, extension);
  const pdf = {
    documentId: document.id,
    sha256: document.pdfSha256,
    bytes: document.pdfBytes,
    fileName: name('pdf'),
    mediaType: 'application/pdf',
    isAttached: attach && fileType !== 'xml' && !request.joined?.documentIds.includes(document.id),
  };
  if (!document.xmlSha256) return [pdf];
  const xml = {
    documentId: document.id,
    sha256: document.xmlSha256,
    bytes: document.xmlBytes ?? 0,
    fileName: name('xml'),
    mediaType: 'application/xml',
    isAttached: attach && fileType !== 'pdf',
  };
  return [pdf, xml];
}
