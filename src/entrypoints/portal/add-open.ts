import { randomInt } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { attachmentName, type Document, fileNamePattern, readPdf } from '#domain/documents';
import { drawCode, hasProven, mailCode, openDocumentsFor, takeCode } from '#domain/responses';
import { inCompany } from '#stores/database';
import { pathOf } from './add-answers.ts';
import { holderOf } from './add-decisions.ts';
import { answerClosed } from './closed.ts';
import { setFileHeaders, setPageHeaders } from './headers.ts';
import { fitsZip, sendZip } from './pack-files.ts';
import type { Portal } from './portal-deps.ts';
import { renderCodeForm, renderOpenAsk, renderOpenList, renderTooLarge } from './said-pages.tsx';
import { sendFile } from './send-bytes.ts';
import {
  answerRefused,
  makeAnswerLimit,
  openVisit,
  readPost,
  refusalFor,
  speakerOfVisit,
  type Visit,
} from './take-post.ts';

/** All open documents of the customer, behind a code that was mailed to the contact; proven for half an hour in that browser. */
export function addOpen(app: Hono, deps: Portal): void {
  const ofClient = makeAnswerLimit();
  app.get('/d/:token/open', async (c) => {
    const visit = await openVisit(deps, c);
    return visit ? showOpen(deps, c, visit) : answerClosed(deps, c, gone, pathOf(c));
  });
  app.post('/d/:token/open/code', bodyLimit({ maxSize: 8000 }), async (c) => {
    const posted = await readPost(deps, c);
    if (!posted) return answerClosed(deps, c, gone, pathOf(c));
    const why = refusalFor(deps, c, posted, ofClient);
    if (why) return answerRefused(deps, c, posted, why);
    return sendCode(deps, c, posted);
  });
  app.post('/d/:token/open', bodyLimit({ maxSize: 8000 }), async (c) => {
    const posted = await readPost(deps, c);
    if (!posted) return answerClosed(deps, c, gone, pathOf(c));
    const holder = holderOf(deps, c, posted, 'documents');
    if (!holder) return answerRefused(deps, c, posted, 'cookies');
    const isRight = await inCompany(deps.database, posted.link.companyId, (tx) =>
      takeCode(tx, deps.linkKey, holder, posted.field('code'), deps.clock()),
    );
    if (!isRight) return askCode(deps, c, posted, true);
    return c.redirect(`${posted.path}/open?lang=${posted.t.language}`, 303);
  });
  app.get('/d/:token/open/file/:name', (c) => serveOne(deps, c));
  app.get('/d/:token/open/all.zip', (c) => serveAll(deps, c));
}

const gone = { kind: 'closed', ours: null } as const;

async function showOpen(deps: Portal, c: Context, visit: Visit): Promise<Response> {
  const documents = await provenDocuments(deps, c, visit);
  setPageHeaders(deps, c);
  if (!documents) return c.html(await renderOpenAsk(visit));
  return c.html(await renderOpenList(speakerOfVisit(visit, deps.clock()), visit.path, documents));
}

/** The open documents, for a browser that has proven the mailbox; null for any other. */
async function provenDocuments(deps: Portal, c: Context, visit: Visit): Promise<Document[] | null> {
  const holder = holderOf(deps, c, visit, 'documents');
  if (!holder) return null;
  return inCompany(deps.database, visit.link.companyId, async (tx) =>
    (await hasProven(tx, holder, deps.clock())) ? openDocumentsFor(tx, visit.link) : null,
  );
}

async function sendCode(deps: Portal, c: Context, visit: Visit): Promise<Response> {
  const holder = holderOf(deps, c, visit, 'documents');
  if (!holder) return answerRefused(deps, c, visit, 'cookies');
  const { link } = visit;
  const at = { link, documentId: link.documentIds[0] ?? '', key: deps.linkKey };
  const done = await inCompany(deps.database, link.companyId, async (tx) => {
    if (!(await openDocumentsFor(tx, link))) return 'no_open' as const;
    return (await mailCode(tx, deps.submit, at, holder, drawCode(randomInt), deps.clock()))
      ? null
      : ('too_often' as const);
  });
  return done ? answerRefused(deps, c, visit, done) : askCode(deps, c, visit, false);
}

async function askCode(deps: Portal, c: Context, visit: Visit, wrong: boolean): Promise<Response> {
  setPageHeaders(deps, c);
  const form = { action: `${visit.path}/open`, fields: {}, wrong };
  return c.html(await renderCodeForm(visit, form), wrong ? 422 : 200);
}

async function serveOne(deps: Portal, c: Context): Promise<Response> {
  const id = /^(doc_\w{1,40})\.pdf$/.exec(c.req.param('name') ?? '')?.[1];
  const visit = await openVisit(deps, c);
  const documents = visit ? await provenDocuments(deps, c, visit) : null;
  const document = documents?.find((one) => one.id === id);
  if (!visit || !document) return answerClosed(deps, c, gone, pathOf(c));
  setFileHeaders(c);
  return sendFile(c, {
    bytes: await readPdf(deps.files, document),
    mediaType: 'application/pdf',
    fileName: nameFor(visit, document),
  });
}

async function serveAll(deps: Portal, c: Context): Promise<Response> {
  const visit = await openVisit(deps, c);
  const documents = visit ? await provenDocuments(deps, c, visit) : null;
  if (!visit || !documents) return answerClosed(deps, c, gone, pathOf(c));
  if (!fitsZip(documents)) {
    setPageHeaders(deps, c);
    return c.html(await renderTooLarge(visit), 413);
  }
  setFileHeaders(c);
  const nameOf = (document: Document) => nameFor(visit, document);
  return sendZip(c, deps.files, { documents, nameOf, fileName: `${visit.company.name}.zip` });
}

export function nameFor({ company, t }: Visit, document: Document): string {
  return attachmentName(
    fileNamePattern(company.fileNamePatterns, document.kind, t.language),
    document,
    t.language,
    'pdf',
  );
}
