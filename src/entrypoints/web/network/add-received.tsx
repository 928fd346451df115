import type { Context } from 'hono';
import { isId } from '#base/ids';
import { fullName } from '#domain/accounts';
import {
  blockSender,
  countReceived,
  decideReceived,
  drawReceived,
  getReceived,
  isListed,
  liftBlock,
  listBlocks,
  listReceived,
  noteOpened,
  receivedStates,
} from '#domain/network';
import { inCompany } from '#stores/database';
import { pagerLinks, readTrail } from '../documents/paging.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { ReceivedScreen } from '../screens/received.tsx';
import type { ReceivedListModel } from '../screens/received-model.ts';
import { ReceivedOneScreen } from '../screens/received-one.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { addReceivedFiles } from './add-received-files.ts';
import { receivedModel, receivedRow } from './received-models.ts';

type C = Context<StaffEnv>;

const perPage = 50;

/** What other companies handed over: the list, a document's page, and the decision on it. */
export function addReceived(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.received, (c) => showList(needs, c));
  app.get('/received/:id', (c) => showOne(needs, c, { typed: '', errors: {} }));
  app.post('/received/:id/accept', (c) => decide(needs, c, 'accepted'));
  app.post('/received/:id/reject', (c) => decide(needs, c, 'rejected'));
  app.use('/received/:id/block', ownersOnly());
  app.post('/received/:id/block', (c) => block(needs, c));
  addReceivedFiles(app, needs);
}

async function showList(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view } = c.var;
  const state = receivedStates.find((one) => one === c.req.query('state'));
  const trail = readTrail(c.req.query('cursor'));
  const asked = { state, before: trail.at(-1) ?? null, limit: perPage + 1 };
  const { found, counts, listed } = await inCompany(needs.database, company.id, async (tx) => ({
    found: await listReceived(tx, company.id, asked),
    counts: await countReceived(tx, company.id),
    listed: await isListed(tx, company.id),
  }));
  const shown = found.slice(0, perPage);
  const last = found.length > perPage ? shown.at(-1) : undefined;
  const model: ReceivedListModel = {
    tab: state ?? 'all',
    counts: { ...counts, all: counts.new + counts.accepted + counts.rejected },
    rows: shown.map((one) => receivedRow(view, one)),
    isListed: listed,
    ...pagerLinks(view.path, trail, last ? { createdAt: last.receivedAt, id: last.id } : null),
  };
  return page(c, <ReceivedScreen view={view} model={model} />);
}

async function showOne(
  needs: WebNeeds,
  c: C,
  shown: { readonly typed: string; readonly errors: Readonly<Record<string, string>> },
): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { company, view, session } = c.var;
  if (!isId('received', id)) return answerProblem(c, 'not_found');
  const mayDecide = session.role !== 'accountant';
  const { found, blocks } = await inCompany(needs.database, company.id, async (tx) => {
    const received = await getReceived(tx, company.id, id);
    if (received && mayDecide) await noteOpened(tx, received, fullName(session.user), needs.clock());
    return { found: received, blocks: await listBlocks(tx, company.id) };
  });
  if (!found) return answerProblem(c, 'not_found');
  const images = await drawReceived(needs, found);
  const asked = {
    page: Number(c.req.query('page') ?? 1) || 1,
    mayDecide,
    mayBlock: session.role === 'owner',
    isBlocked: blocks.some((one) => one.fromId === found.fromId),
    ...shown,
  };
  const model = receivedModel(view, found, images, asked);
  const status = Object.keys(shown.errors).length > 0 ? 422 : 200;
  return page(c, <ReceivedOneScreen view={view} model={model} />, status);
}

async function decide(needs: WebNeeds, c: C, as: 'accepted' | 'rejected'): Promise<Response> {
  const receivedId = c.req.param('id') ?? '';
  const { company, view, session } = c.var;
  if (!isId('received', receivedId)) return answerProblem(c, 'not_found');
  const reason = (await readForm(c)).text('reason');
  const by = { actor: 'user', id: session.user.id, name: fullName(session.user) } as const;
  const decided = await inCompany(needs.database, company.id, (tx) =>
    decideReceived(tx, { companyId: company.id, receivedId, as, reason, by }, needs.clock()),
  );
  if (decided.ok) {
    const text = view.t(`received.done.${as}`, { from: decided.received.fromName });
    return seeOther(needs, c, paths.receivedOne(receivedId), { state: 'opened', text });
  }
  if (decided.reason === 'not_found') return answerProblem(c, 'not_found');
  if (decided.reason === 'already_decided')
    return seeOther(needs, c, paths.receivedOne(receivedId), {
      state: 'failed',
      text: view.t('received.already'),
    });
  return showOne(needs, c, { typed: reason, errors: { reason: view.t(`received.wrong.${decided.reason}`) } });
}

/** Receives nothing more from the company that this document came from, or receives from it again. */
async function block(needs: WebNeeds, c: C): Promise<Response> {
  const receivedId = c.req.param('id') ?? '';
  const { company, view, session } = c.var;
  if (!isId('received', receivedId)) return answerProblem(c, 'not_found');
  const isLifting = (await readForm(c)).text('do') === 'lift';
  const which = { companyId: company.id, by: { actor: 'user', id: session.user.id } } as const;
  const received = await inCompany(needs.database, company.id, async (tx) => {
    const found = await getReceived(tx, company.id, receivedId);
    if (!found) return null;
    if (isLifting) await liftBlock(tx, { ...which, fromId: found.fromId }, needs.clock());
    else await blockSender(tx, { ...which, receivedId }, needs.clock());
    return found;
  });
  if (!received) return answerProblem(c, 'not_found');
  const text = view.t(isLifting ? 'network.lifted' : 'received.blocked.done', { from: received.fromName });
  return seeOther(needs, c, paths.receivedOne(receivedId), { state: 'opened', text });
}
