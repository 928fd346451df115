import type { Context } from 'hono';
import { isId } from '#base/ids';
import { cancelDispatch, getDispatches } from '#domain/dispatch';
import { inCompany } from '#stores/database';
import { authorOf } from '../documents/author.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, ownPath, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';

/** Undo: what has not left yet is taken back. */
export function addDispatches(app: StaffApp, needs: WebNeeds): void {
  app.post('/dispatches/:id/cancel', (c) => takeBack(needs, c));
}

async function takeBack(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const dispatchId = c.req.param('id') ?? '';
  if (!isId('dispatch', dispatchId)) return answerProblem(c, 'not_found');
  const { company, view } = c.var;
  const { canceled, dispatch } = await inCompany(needs.database, company.id, async (tx) => ({
    canceled: await cancelDispatch(
      tx,
      { companyId: company.id, dispatchId, author: authorOf(c) },
      needs.clock(),
    ),
    dispatch: (await getDispatches(tx, company.id, { ids: [dispatchId] }))[0],
  }));
  if (!dispatch || (!canceled.ok && canceled.reason === 'not_found')) return answerProblem(c, 'not_found');
  const back = ownPath((await readForm(c)).text('back').replace(/[?&]going=[^&]*/, ''), paths.documents);
  if (!canceled.ok) return seeOther(needs, c, back, { state: 'failed', text: view.t('undo.tooLate') });
  const { documentIds, purpose } = dispatch;
  return seeOther(needs, c, back, {
    state: canceled.tooLate > 0 ? 'unconfirmed' : 'opened',
    text:
      canceled.canceled + canceled.tooLate > 0
        ? view.t('undo.done', { count: canceled.canceled, tooLate: canceled.tooLate })
        : view.t('undo.done.network'),
    wayOut: {
      href: paths.send(documentIds, purpose === 'first' ? undefined : purpose),
      text: view.t('document.sendAgain'),
    },
  });
}
