import type { Context } from 'hono';
import { isId } from '#base/ids';
import { fullName } from '#domain/accounts';
import { eraseContent } from '#domain/erasure';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, ownPath, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';

/** Erases the content of one dispatch, for good: an owner's business. */
export function addErasure(app: StaffApp, needs: WebNeeds): void {
  app.post('/dispatches/:id/erase-content', ownersOnly(), (c) => erase(needs, c));
}

async function erase(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const dispatchId = c.req.param('id') ?? '';
  if (!isId('dispatch', dispatchId)) return answerProblem(c, 'not_found');
  const { company, session, view } = c.var;
  const form = await readForm(c);
  const { user } = session;
  const by = { actor: 'user' as const, id: user.id, name: fullName(user) || user.email };
  const order = { companyId: company.id, dispatchId, by, reason: form.text('reason') };
  const done = await eraseContent(needs, order, needs.clock());
  if (!done.ok && done.reason === 'not_found') return answerProblem(c, 'not_found');
  return seeOther(needs, c, ownPath(form.text('back'), paths.emails), {
    state: done.ok ? 'opened' : 'failed',
    text: view.t(done.ok ? 'erase.done' : `erase.${done.reason as 'on_hold'}`),
  });
}
