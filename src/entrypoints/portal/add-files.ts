import type { Context, Hono } from 'hono';
import { isLanguage } from '#base/language';
import { getCompany } from '#domain/accounts';
import {
  attachmentName,
  type Document,
  fileNamePattern,
  getDocuments,
  getPageImages,
  readPageImage,
  readPdf,
  readXml,
} from '#domain/documents';
import { asWorker } from '#stores/database';
import { idOf, isFollowed } from './add-pages.ts';
import { answerClosed, type Closed } from './closed.ts';
import { setFileHeaders, setPageHeaders } from './headers.ts';
import { fitsZip, sendZip } from './pack-files.ts';
import { paymentCode } from './pay-part.tsx';
import type { Portal } from './portal-deps.ts';
import { openToken, readLinkedDocument } from './read-page.ts';
import { renderTooLarge } from './said-pages.tsx';
import { sendFile, wantedPart } from './send-bytes.ts';
import { noteHit } from './visit.ts';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

const gone: Closed = { kind: 'closed', ours: null };

/** What a page shows and offers: pictures of the pages, the logo, PDF and XML to save. */
export function addFiles(app: Hono, deps: Portal): void {
  app.get('/d/:token/file/:name', (c) => serveFile(deps, c));
  app.get('/d/:token/page/:document/:name', (c) => servePageImage(deps, c));
  app.get('/d/:token/pay/:name', (c) => servePaymentCode(deps, c));
  app.get('/d/:token/all.zip', (c) => serveAll(deps, c));
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

/** The drawing of a payment code, for the amount that is due now. */
async function servePaymentCode(deps: Portal, c: Context): Promise<Response> {
  const [, documentId = '', form] =
    /^(doc_\w{1,40})\.(epc|swiss)\.svg$/.exec(c.req.param('name') ?? '') ?? [];
  const opened = await openToken(deps, c.req.param('token') ?? '');
  const found = opened.kind === 'open' ? await readLinkedDocument(deps, opened.link, documentId) : null;
  if (!found || opened.kind === 'closed') return c.body(null, 404);
  const t = wordingIn(visitorLanguage(c, opened.link.language));
  const svg = paymentCode({ t, company: found.company }, found.document, form === 'swiss' ? 'swiss' : 'epc');
  if (svg === null) return c.body(null, 404);
  setFileHeaders(c);
  // The drawing of the QR-bill sets its type by its own style attributes.
  c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return c.body(svg, 200, { 'Content-Type': 'image/svg+xml' });
}

/** All documents of the mail in one file. */
async function serveAll(deps: Portal, c: Context): Promise<Response> {
  const token = c.req.param('token') ?? '';
  const opened = await openToken(deps, token);
  if (opened.kind === 'closed')
    return answerClosed(deps, c, opened, `/d/${encodeURIComponent(token.slice(0, 100))}`);
  const { link } = opened;
  const { company, documents } = await asWorker(deps.database, async (tx) => ({
    company: await getCompany(tx, link.companyId),
    documents: await getDocuments(tx, link.companyId, link.documentIds),
  }));
  if (!company) return c.body(null, 404);
  if (!fitsZip(documents)) {
    setPageHeaders(deps, c);
    const path = `/d/${encodeURIComponent(token)}`;
    return c.html(await renderTooLarge({ t: wordingIn(visitorLanguage(c)), company, path }), 413);
  }
  const language = isLanguage(link.language) ? link.language : company.language;
  if (isFollowed(link))
    for (const document of documents)
      await noteHit(deps, c, { ...idOf(link), signal: 'file', documentId: document.id });
  setFileHeaders(c);
  const nameOf = (document: Document) =>
    attachmentName(
      fileNamePattern(company.fileNamePatterns, document.kind, language),
      document,
      language,
      'pdf',
    );
  return sendZip(c, deps.files, { documents, nameOf, fileName: `${company.name}.zip` });
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
