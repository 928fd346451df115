import type { Context, Hono } from 'hono';
import { isLanguage } from '#base/language';
import { getCompany } from '#domain/accounts';
import {
  attachmentName,
  fileNamePattern,
  getPageImages,
  readPageImage,
  readPdf,
  readXml,
} from '#domain/documents';
import { asWorker } from '#stores/database';
import { idOf, isFollowed } from './add-pages.ts';
import { answerClosed, type Closed } from './closed.ts';
import { setFileHeaders } from './headers.ts';
import type { Portal } from './portal-deps.ts';
import { openToken, readLinkedDocument } from './read-page.ts';
import { sendFile, wantedPart } from './send-bytes.ts';
import { noteHit } from './visit.ts';

const gone: Closed = { kind: 'closed', ours: null };

/** What a page shows and offers: pictures of the pages, the logo, PDF and XML to save. */
export function addFiles(app: Hono, deps: Portal): void {
  app.get('/d/:token/file/:name', (c) => serveFile(deps, c));
  app.get('/d/:token/page/:document/:name', (c) => servePageImage(deps, c));
  app.get('/d/:token/logo.png', (c) => serveLogo(deps, c));
}

async function serveFile(deps: Portal, c: Context): Promise<Response> {
  const [, documentId, extension] = /^(doc_\w{1,40})\.(pdf|xml)$/.exec(c.req.param('name') ?? '') ?? [];
  const path = `/d/${encodeURIComponent((c.req.param('token') ?? '').slice(0, 100))}`;
  const opened = await openToken(deps, c.req.param('token') ?? '');
  if (opened.kind === 'closed') return answerClosed(deps, c, opened, path);
  const found = documentId ? await readLinkedDocument(deps, opened.link, documentId) : null;
  if (!found || (extension !== 'pdf' && extension !== 'xml')) return answerClosed(deps, c, gone, path);
  const { company, document } = found;
  const bytes = await (extension === 'pdf' ? readPdf(deps.files, document) : readXml(deps.files, document));
  if (!bytes) return answerClosed(deps, c, gone, path);
  const language = isLanguage(opened.link.language) ? opened.link.language : company.language;
  const pattern = fileNamePattern(company.fileNamePatterns, document.kind, language);
  const wanted = wantedPart(c.req.header('range'), bytes.length);
  // A reader that fetches a file in parts asks for its beginning once.
  const isBeginning = wanted.kind === 'whole' || (wanted.kind === 'part' && wanted.from === 0);
  if (isBeginning && isFollowed(opened.link))
    await noteHit(deps, c, { ...idOf(opened.link), signal: 'file', documentId: document.id });
  setFileHeaders(c);
  return sendFile(c, {
    bytes,
    mediaType: extension === 'pdf' ? 'application/pdf' : 'application/xml',
    fileName: attachmentName(pattern, document, language, extension),
  });
}

async function servePageImage(deps: Portal, c: Context): Promise<Response> {
  const number = Number(/^(\d{1,4})\.webp$/.exec(c.req.param('name') ?? '')?.[1] ?? 0);
  const opened = await openToken(deps, c.req.param('token') ?? '');
  const documentId = c.req.param('document') ?? '';
  if (opened.kind === 'closed' || !opened.link.documentIds.includes(documentId)) return c.body(null, 404);
  const { companyId } = opened.link;
  const images = await asWorker(deps.database, (tx) => getPageImages(tx, companyId, documentId));
  const image = images.find(({ page }) => page === number);
  if (!image) return c.body(null, 404);
  return sendImage(c, await readPageImage(deps.files, companyId, image), 'image/webp');
}

async function serveLogo(deps: Portal, c: Context): Promise<Response> {
  const opened = await openToken(deps, c.req.param('token') ?? '');
  if (opened.kind === 'closed') return c.body(null, 404);
  const { companyId } = opened.link;
  const company = await asWorker(deps.database, (tx) => getCompany(tx, companyId));
  const logo = company?.logo ? await deps.files.get(companyId, company.logo) : null;
  return logo ? sendImage(c, logo, 'image/png') : c.body(null, 404);
}

/** Pictures may stay in the visitor's own browser for an hour: turning back a page then costs nothing. */
function sendImage(c: Context, bytes: Buffer, mediaType: string): Response {
  setFileHeaders(c);
  c.header('Cache-Control', 'private, max-age=3600');
  c.header('Content-Type', mediaType);
  c.header('Content-Length', String(bytes.length));
  return c.req.method === 'HEAD' ? c.body(null) : c.body(new Uint8Array(bytes));
}
