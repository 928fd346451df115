import type { Context } from 'hono';
import { isId } from '#base/ids';
import { getReceived, type Received } from '#domain/network';
import { inCompany } from '#stores/database';
import { quotedName } from '../documents/add-files.ts';
import type { WebNeeds } from '../needs.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem } from '../staff/page.tsx';

type C = Context<StaffEnv>;

/** A received document's file, as it came, as a PDF or as XML, and the pictures of its pages. */
export function addReceivedFiles(app: StaffApp, needs: WebNeeds): void {
  app.get('/received/:id/file', (c) => sendFile(needs, c));
  app.get('/received/:id/pages/:name', (c) => sendPage(needs, c));
}

async function sendFile(needs: WebNeeds, c: C): Promise<Response> {
  const received = await read(needs, c);
  const file = received ? chosen(received, c.req.query('as') ?? 'pdf') : null;
  const bytes = file ? await needs.files.get(c.var.company.id, file.sha256) : null;
  if (!file || !bytes) return answerProblem(c, 'not_found');
  c.header('Content-Type', file.mediaType);
  // A file of another company: nothing of it may run here. Browsers' own PDF viewers need their styles.
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  );
  const how = file.isShown ? 'inline' : 'attachment';
  c.header('Content-Disposition', `${how}; filename*=UTF-8''${quotedName(file.name)}`);
  return c.body(new Uint8Array(bytes));
}

function chosen(received: Received, as: string) {
  const base = received.fileName.replace(/\.(pdf|xml|p7m)$/i, '');
  if (as === 'source')
    return {
      sha256: received.sha256,
      mediaType: received.mediaType,
      name: received.fileName,
      isShown: false,
    };
  if (as === 'xml')
    return received.xmlSha256
      ? { sha256: received.xmlSha256, mediaType: 'application/xml', name: `${base}.xml`, isShown: false }
      : null;
  return { sha256: received.pdfSha256, mediaType: 'application/pdf', name: `${base}.pdf`, isShown: true };
}

async function sendPage(needs: WebNeeds, c: C): Promise<Response> {
  const number = Number(/^(\d{1,3})\.png$/.exec(c.req.param('name') ?? '')?.[1] ?? 0);
  const image = (await read(needs, c))?.images?.find((one) => one.page === number);
  const bytes = image ? await needs.files.get(c.var.company.id, image.sha256) : null;
  if (!bytes) return c.body(null, 404);
  c.header('Content-Type', 'image/webp');
  c.header('Cache-Control', 'private, max-age=3600');
  return c.body(new Uint8Array(bytes));
}

function read(needs: WebNeeds, c: C): Promise<Received | null> {
  const id = c.req.param('id') ?? '';
  const { company } = c.var;
  if (!isId('received', id)) return Promise.resolve(null);
  return inCompany(needs.database, company.id, (tx) => getReceived(tx, company.id, id));
}
