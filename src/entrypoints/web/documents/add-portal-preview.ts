import type { Context } from 'hono';
import { isId } from '#base/ids';
import { isLanguage } from '#base/language';
import { getDocument, getPageImages, readPageImage, readPdf, readXml } from '#domain/documents';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { framedPolicy, setFramed } from '../send/framed.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem } from '../staff/page.tsx';

/** The customer's page as staff look at it, with its pictures and files; none of it is ever counted. */
export function addPortalPreview(app: StaffApp, needs: WebNeeds): void {
  app.get('/preview/:documents', (c) => showPage(needs, c));
  app.get('/preview/:documents/page/:id/:name', (c) => sendPicture(needs, c));
  app.get('/preview/:documents/file/:name', (c) => sendFile(needs, c));
  app.get('/preview/:documents/logo.png', (c) => sendLogo(needs, c));
}

async function showPage(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const documentIds = (c.req.param('documents') ?? '').split('.').filter((id) => isId('document', id));
  const { company } = c.var;
  const html = await inCompany(needs.database, company.id, async (tx) => {
    const document = documentIds[0] ? await getDocument(tx, company.id, documentIds[0]) : null;
    const asked = c.req.query('lang') ?? '';
    const language = isLanguage(asked) ? asked : (document?.buyerLanguage ?? company.language);
    const url = paths.portalPreview(documentIds);
    return needs.renderPortal(tx, { companyId: company.id, documentIds, language, url });
  });
  if (html === null) return answerProblem(c, 'not_found');
  setFramed(c, framedPolicy.portal);
  return c.html(html);
}

async function sendPicture(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company } = c.var;
  const number = Number(/^(\d{1,4})\.webp$/.exec(c.req.param('name') ?? '')?.[1] ?? 0);
  const images = await inCompany(needs.database, company.id, (tx) =>
    getPageImages(tx, company.id, c.req.param('id') ?? ''),
  );
  const image = images.find(({ page }) => page === number);
  if (!image) return c.body(null, 404);
  const bytes = await readPageImage(needs.files, company.id, image);
  return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'image/webp' });
}

async function sendFile(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company } = c.var;
  const [, id = '', extension] = /^(doc_\w{1,40})\.(pdf|xml)$/.exec(c.req.param('name') ?? '') ?? [];
  const document = await inCompany(needs.database, company.id, (tx) => getDocument(tx, company.id, id));
  const read = extension === 'xml' ? readXml : readPdf;
  const bytes = document ? await read(needs.files, document) : null;
  if (!bytes) return answerProblem(c, 'not_found');
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': extension === 'xml' ? 'application/xml' : 'application/pdf',
    'Content-Disposition': 'attachment',
  });
}

async function sendLogo(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company } = c.var;
  const logo = company.logo ? await needs.files.get(company.id, company.logo) : null;
  if (!logo) return c.body(null, 404);
  return c.body(new Uint8Array(logo), 200, { 'Content-Type': 'image/png' });
}
