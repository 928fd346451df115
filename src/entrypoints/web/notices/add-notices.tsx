import type { Context } from 'hono';
import { isId } from '#base/ids';
import {
  countClosedNotices,
  countOpenNotices,
  dismissNotice,
  getNotice,
  listClosedNotices,
  listNotices,
  type Notice,
} from '#domain/notices';
import { countMessages } from '#domain/overview';
import { inCompany } from '#stores/database';
import { pagerLinks, readTrail } from '../documents/paging.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type NoticesModel, NoticesScreen } from '../screens/notices.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, ownPath, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { noticeModels } from './notice-models.ts';

const perPage = 30;

/** What needs a person, each with its cause and its repair; and what was repaired or put aside. */
export function addNotices(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.notices, (c) => showNotices(needs, c));
  app.post('/notices/:id/dismiss', (c) => dismiss(needs, c));
}

/** Answers with the page; `refused` is a correction on it that comes back. */
export async function showNotices(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  refused?: NoticesModel['refused'],
): Promise<Response> {
  const { view, company } = c.var;
  const wanted = c.req.query('notice') ?? '';
  const only = isId('notice', wanted)
    ? await inCompany(needs.database, company.id, (tx) => getNotice(tx, company.id, wanted))
    : null;
  const tab = (only ? only.closedAt !== null : c.req.query('tab') === 'done') ? 'done' : 'open';
  const trail = readTrail(c.req.query('cursor'));
  const before = trail.at(-1);
  const place = before ? { openedAt: before.createdAt, id: before.id } : null;
  const list = tab === 'done' ? listClosedNotices : listNotices;
  const { found, counts } = await inCompany(needs.database, company.id, async (tx) => ({
    found: only ? [only] : await list(tx, company.id, { before: place, limit: perPage + 1 }),
    counts: {
      open: await countOpenNotices(tx, company.id),
      done: await countClosedNotices(tx, company.id),
    },
  }));
  const shown = found.slice(0, perPage);
  const held = await heldOf(needs, company.id, shown);
  const notices = await inCompany(needs.database, company.id, (tx) =>
    noticeModels(tx, { view, companyId: company.id }, shown, held),
  );
  const last = found.length > perPage ? shown.at(-1) : undefined;
  const links = pagerLinks(view.path, trail, last ? { createdAt: last.openedAt, id: last.id } : null);
  const model: NoticesModel = { tab, counts, notices, ...links, refused };
  return page(c, <NoticesScreen view={view} model={model} />, refused ? 422 : 200);
}

/** How many e-mails wait for each broken sender. */
export async function heldOf(
  needs: WebNeeds,
  companyId: string,
  notices: readonly Notice[],
): Promise<Map<string, number>> {
  const senders = notices.filter((notice) => notice.kind === 'sender_broken').map((one) => one.subjectId);
  const held = new Map<string, number>();
  for (const senderId of senders)
    held.set(
      senderId,
      (await countMessages(needs.database, companyId, { senderId, delivery: ['held'] })).count,
    );
  return held;
}

async function dismiss(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { company, view, session } = c.var;
  const closed = { at: needs.clock(), by: session.user.id };
  if (!isId('notice', id)) return answerProblem(c, 'not_found');
  await inCompany(needs.database, company.id, (tx) => dismissNotice(tx, company.id, id, closed));
  const back = ownPath((await readForm(c)).text('back') || undefined, paths.notices);
  return seeOther(needs, c, back, { state: 'opened', text: view.t('notice.dismissed') });
}
