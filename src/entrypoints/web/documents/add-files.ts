import type { Context } from 'hono';
import { isId } from '#base/ids';
import { pause } from '#base/time';
import {
  attachmentName,
  type Document,
  drawPages,
  fileNamePattern,
  getDocument,
  getPageImages,
  type PageImage,
  readPageImage,
  readPdf,
  readSource,
} from '#domain/documents';
import { inCompany } from '#stores/database';
import type { WebNeeds } from '../needs.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem } from '../staff/page.tsx';

/** The file of a document, to be saved or looked at, and the pictures of its pages. Staff's own looks never count. */
export function addFiles(app: StaffApp, needs: WebNeeds): void {
  app.get('/documents/:id/file', (c) => sendFile(needs, c));
  app.get('/documents/:id/pages/:name', (c) => sendPage(needs, c));
}

async function sendFile(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const document = await readDocument(needs, c);
  if (!document) return answerProblem(c, 'not_found');
  const { company } = c.var;
  // A person looks at the PDF; `?as=source` is the file as it came in.
  const isSource = c.req.query('as') === 'source';
  const bytes = await (isSource ? readSource(needs.files, document) : readPdf(needs.files, document));
  const language = document.buyerLanguage ?? company.language;
  const pattern = fileNamePattern(company.fileNamePatterns, document.kind, language);
  const name = isSource ? document.fileName : attachmentName(pattern, document, language);
  c.header('Content-Type', isSource ? document.mediaType : 'application/pdf');
  // Browsers' own PDF viewers need scripts and styles of theirs, but nothing that we would have to allow.
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  );
  c.header(
    'Content-Disposition',
    `${isSource ? 'attachment' : 'inline'}; filename*=UTF-8''${quotedName(name)}`,
  );
  return c.body(new Uint8Array(bytes));
}

/** A file's name for a header. RFC 8187 §3.2.1: what is no attr-char is percent-encoded. */
export function quotedName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const patience = 15_000; // the worker draws a page in half a second; behind a long document it may take some
const lookMs = 150;

/** A page's picture; where it is not drawn yet, the answer waits for it, so that the page need not be loaded again. */
async function sendPage(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const number = Number(/^(\d{1,4})\.png$/.exec(c.req.param('name') ?? '')?.[1] ?? 0);
  const document = await readDocument(needs, c);
  const image = document ? await drawnPage(needs, c, document, number) : null;
  if (!document || !image) return c.body(null, 404);
  const bytes = await readPageImage(needs.files, document.companyId, image);
  c.header('Content-Type', 'image/webp');
  c.header('Cache-Control', 'private, max-age=3600');
  return c.body(new Uint8Array(bytes));
}

async function drawnPage(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  document: Document,
  number: number,
): Promise<PageImage | null> {
  if (number < 1 || number > document.pages) return null;
  const { signal } = c.req.raw;
  let { images } = document;
  if (images === 'waiting') images = (await drawPages(needs, document.id, needs.clock()))?.images ?? images;
  for (const end = Date.now() + patience; images === 'waiting' && Date.now() < end && !signal.aborted; ) {
    await pause(lookMs, signal);
    images = (await readDocument(needs, c))?.images ?? 'failed';
  }
  if (images !== 'ready') return null;
  const drawn = await inCompany(needs.database, document.companyId, (tx) =>
    getPageImages(tx, document.companyId, document.id),
  );
  return drawn.find((image) => image.page === number) ?? null;
}

function readDocument(needs: WebNeeds, c: Context<StaffEnv>): Promise<Document | null> {
  const id = c.req.param('id') ?? '';
  const { company } = c.var;
  if (!isId('document', id)) return Promise.resolve(null);
  return inCompany(needs.database, company.id, (tx) => getDocument(tx, company.id, id));
}
