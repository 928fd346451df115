import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isId } from '#base/ids';
import { inCompany } from '#stores/database';
import { LiveEnvelope } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { Dispatches, DocumentScreen, HeadEnvelope } from '../screens/document.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, fragment, page } from '../staff/page.tsx';
import { dispatchModels } from './dispatch-models.ts';
import { type DocumentAsked, documentModel } from './document-model.ts';
import { documentEnvelopeModel } from './envelopes.ts';
import { readSendings } from './sendings.ts';

/** The page of a document, and the pieces of it and of lists that change while one looks. */
export function addDocument(app: StaffApp, needs: WebNeeds): void {
  app.get('/documents/:id', (c) => showDocument(needs, c));
  app.get('/fragments/envelope/:id', (c) => showEnvelope(needs, c));
  app.get('/fragments/dispatches/:id', (c) => showDispatches(needs, c));
}

/** Answers with the page; `refused` is a form of it that comes back. */
export async function showDocument(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  refused?: Pick<DocumentAsked, 'refused'> & { readonly pay?: boolean },
): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { view, company } = c.var;
  const asked: DocumentAsked = {
    page: Number(c.req.query('page') ?? 1) || 1,
    edit: c.req.query('edit') !== undefined,
    pay: c.req.query('pay') !== undefined,
    going: c.req.query('going') ?? null,
    ...refused,
  };
  const reading = { needs, view, companyId: company.id, now: needs.clock() };
  const model = isId('document', id)
    ? await inCompany(needs.database, company.id, (tx) => documentModel(tx, reading, id, asked))
    : null;
  if (!model) return answerProblem(c, 'not_found');
  const status: ContentfulStatusCode = refused ? 422 : 200;
  return page(c, <DocumentScreen view={view} model={model} />, status);
}

async function showEnvelope(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { view, company } = c.var;
  const envelope = await inCompany(needs.database, company.id, async (tx) =>
    documentEnvelopeModel(view, await readSendings(tx, company.id, [id]), id),
  );
  if (c.req.query('as') === 'head') {
    const bare = { ...envelope, tip: undefined };
    return fragment(c, <HeadEnvelope view={view} document={id} envelope={bare} />);
  }
  return fragment(c, <LiveEnvelope view={view} document={id} envelope={envelope} />);
}

async function showDispatches(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { view, company } = c.var;
  const dispatches = await inCompany(needs.database, company.id, async (tx) =>
    dispatchModels(tx, { view, needs }, await readSendings(tx, company.id, [id])),
  );
  return fragment(c, <Dispatches view={view} model={{ id, dispatches }} />);
}
