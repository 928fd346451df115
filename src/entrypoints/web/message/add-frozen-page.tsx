import type { Context } from 'hono';
import { isId } from '#base/ids';
import { getDocument, readPdf, readXml } from '#domain/documents';
import { readEvents } from '#domain/evidence';
import { getMessages } from '#domain/outbox';
import { type FrozenPage, frozenPagesOf, isMachinesVisit, pagePlaceholder } from '#domain/tracking';
import { inCompany, type Tx } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import { FrozenPageScreen } from '../screens/frozen-page.tsx';
import { framedPolicy, setFramed } from '../send/framed.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page } from '../staff/page.tsx';

type C = Context<StaffEnv>;

/** The customer's page as it was: kept when the mail left, and each time that something else was served. None of it counts. */
export function addFrozenPage(app: StaffApp, needs: WebNeeds): void {
  app.get('/emails/:id/page', (c) => showScreen(needs, c));
  app.get('/emails/:id/page/:version', (c) => showPage(needs, c));
  app.get('/emails/:id/page/:version/page/:document/:name', (c) => sendPicture(needs, c));
  app.get('/emails/:id/page/:version/logo.png', (c) => sendLogo(needs, c));
  app.get('/emails/:id/page/:version/file/:name', (c) => sendFile(needs, c));
}

async function readPages(needs: WebNeeds, c: C) {
  const id = c.req.param('id') ?? '';
  const companyId = c.var.company.id;
  if (!isId('message', id)) return null;
  return inCompany(needs.database, companyId, async (tx) => {
    const [message] = await getMessages(tx, companyId, { ids: [id] });
    if (!message) return null;
    const of = { companyId, dispatchId: message.dispatchId, messageId: id };
    return { message, pages: await frozenPagesOf(tx, of), seen: await servedToPersons(tx, id) };
  });
}

const mostEvents = 1000;

/** The hashes of the pages that were served to somebody who counts as a person. */
async function servedToPersons(tx: Tx<WebTables>, messageId: string): Promise<Set<string>> {
  const events = await readEvents(tx, { kind: 'message', id: messageId, limit: mostEvents });
  return new Set(
    events
      .filter((event) => event.type === 'visit.page_fetched' && !isMachinesVisit(event))
      .flatMap(({ data }) => (typeof data['served'] === 'string' ? [data['served']] : [])),
  );
}

async function readOne(needs: WebNeeds, c: C): Promise<FrozenPage | null> {
  const read = await readPages(needs, c);
  return read?.pages.find((one) => one.id === c.req.param('version')) ?? null;
}

/** What was served last to a person stands first: that is what the customer saw; else what was served last to anything. */
async function showScreen(needs: WebNeeds, c: C): Promise<Response> {
  const read = await readPages(needs, c);
  if (!read) return answerProblem(c, 'not_found');
  const { message, pages, seen } = read;
  const wasSeen = (one: FrozenPage): boolean => one.messageId !== null && seen.has(one.sha256);
  const served = pages.filter((one) => one.messageId !== null);
  const asked = pages.find((one) => one.id === c.req.query('version'));
  const chosen = asked ?? served.findLast(wasSeen) ?? served.at(-1) ?? pages.at(-1);
  const model = {
    message: message.id,
    who: message.name || message.address,
    chosen: chosen?.id ?? null,
    versions: pages.map((one) => ({
      id: one.id,
      at: one.frozenAt,
      language: one.language,
      wasServed: one.messageId !== null,
      wasSeen: wasSeen(one),
      sha256: one.sha256,
    })),
  };
  return page(c, <FrozenPageScreen view={c.var.view} model={model} />);
}

async function showPage(needs: WebNeeds, c: C): Promise<Response> {
  const kept = await readOne(needs, c);
  const bytes = kept ? await needs.files.get(kept.companyId, kept.sha256) : null;
  if (!kept || !bytes) return answerProblem(c, 'not_found');
  setFramed(c, framedPolicy.frozen);
  return c.html(
    bytes.toString().replaceAll(pagePlaceholder, paths.frozenPage(c.req.param('id') ?? '', kept.id)),
  );
}

async function sendPicture(needs: WebNeeds, c: C): Promise<Response> {
  const kept = await readOne(needs, c);
  const number = Number(/^(\d{1,4})\.webp$/.exec(c.req.param('name') ?? '')?.[1] ?? 0);
  const image = kept?.images.find((one) => one.document === c.req.param('document') && one.page === number);
  return sendImage(needs, c, image?.sha256, 'image/webp');
}

async function sendLogo(needs: WebNeeds, c: C): Promise<Response> {
  const kept = await readOne(needs, c);
  return sendImage(needs, c, kept?.logo ?? undefined, 'image/png');
}

async function sendImage(needs: WebNeeds, c: C, sha256: string | undefined, type: string): Promise<Response> {
  const bytes = sha256 ? await needs.files.get(c.var.company.id, sha256) : null;
  if (!bytes) return c.body(null, 404);
  return c.body(new Uint8Array(bytes), 200, { 'Content-Type': type });
}

/** The files of the version that was sent; a later version is another document. */
async function sendFile(needs: WebNeeds, c: C): Promise<Response> {
  const kept = await readOne(needs, c);
  const [, id = '', extension] = /^(doc_\w{1,40})\.(pdf|xml)$/.exec(c.req.param('name') ?? '') ?? [];
  const companyId = c.var.company.id;
  const document = kept
    ? await inCompany(needs.database, companyId, (tx) => getDocument(tx, companyId, id))
    : null;
  const bytes = document ? await (extension === 'xml' ? readXml : readPdf)(needs.files, document) : null;
  if (!bytes) return answerProblem(c, 'not_found');
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': extension === 'xml' ? 'application/xml' : 'application/pdf',
    'Content-Disposition': 'attachment',
  });
}
