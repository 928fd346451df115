import type { Context } from 'hono';
import { isId } from '#base/ids';
import { inCompany } from '#stores/database';
import type { WebNeeds } from '../needs.ts';
import { MessageScreen } from '../screens/message.tsx';
import type { MessageModel } from '../screens/message-model.ts';
import type { StaffEnv } from '../staff/env.ts';
import { answerProblem, page } from '../staff/page.tsx';
import { messageModel } from './message-model.ts';

export function readModel(needs: WebNeeds, c: Context<StaffEnv>): Promise<MessageModel | null> {
  const id = c.req.param('id') ?? '';
  const { view, company, session } = c.var;
  if (!isId('message', id)) return Promise.resolve(null);
  const reading = { needs, view, companyId: company.id, isOwner: session.role === 'owner' };
  const tab = c.req.query('tab') === 'headers' ? 'headers' : 'mail';
  return inCompany(needs.database, company.id, (tx) => messageModel(tx, reading, id, tab));
}

/** Answers with the page; `refused` is a correction on it that comes back. */
export async function showMessage(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  refused?: MessageModel['refused'],
): Promise<Response> {
  const model = await readModel(needs, c);
  if (!model) return answerProblem(c, 'not_found');
  return page(c, <MessageScreen view={c.var.view} model={{ ...model, refused }} />, refused ? 422 : 200);
}
