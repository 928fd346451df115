import type { Context } from 'hono';
import { randomToken } from '#base/crypto';
import { isId } from '#base/ids';
import { askAnew } from '#domain/runs';
import { checkSender } from '#domain/senders';
import { inCompany, inPassing } from '#stores/database';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { SendScreen } from '../screens/send.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { addDispatches } from './add-dispatches.ts';
import { addPreview } from './add-preview.tsx';
import { draftSend } from './draft-send.ts';
import { formAnew } from './form-anew.ts';
import { formOfPost, formOfQuery, type SendForm } from './send-form.ts';
import { sendModel } from './send-model.ts';
import { problemErrors } from './send-words.ts';
import { sendingOf } from './sending-of.ts';
import { submitSend } from './submit-send.ts';
import { usualPurpose } from './usual-purpose.ts';

/** The send window: opened, previewed, checked, sent; and what was sent taken back. */
export function addSend(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.sendWindow, (c) => openWindow(needs, c));
  app.post(paths.sendWindow, (c) => send(needs, c));
  app.post(paths.checkSender, (c) => check(needs, c));
  addPreview(app, needs);
  addDispatches(app, needs);
}

async function openWindow(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const anew = c.req.query('anew');
  if (anew !== undefined) return openAnew(needs, c, anew);
  const form = formOfQuery(c.req.queries(), randomToken(16));
  if (!form) return answerProblem(c, 'not_found');
  const { company } = c.var;
  if (c.req.query('purpose') !== undefined) return showWindow(needs, c, form, {});
  const purpose = await inCompany(needs.database, company.id, (tx) => usualPurpose(tx, company.id, form));
  return showWindow(needs, c, { ...form, purpose, isProposed: purpose === 'reminder' }, {});
}

/** With the words of a message that waits; one that does not wait any more says on its own page what became of it. */
async function openAnew(needs: WebNeeds, c: Context<StaffEnv>, messageId: string): Promise<Response> {
  if (!isId('message', messageId)) return answerProblem(c, 'not_found');
  const which = { companyId: c.var.company.id, messageId };
  const asked = await inCompany(needs.database, which.companyId, (tx) => askAnew(tx, which, needs.clock()));
  if (!asked) return c.redirect(paths.message(messageId), 303);
  return showWindow(needs, c, formAnew(asked, randomToken(16)), {});
}

interface Shown {
  readonly errors?: Errors;
  readonly senderSaid?: string | null;
  readonly status?: 200 | 422;
}

async function showWindow(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  form: SendForm,
  { errors = {}, senderSaid = null, status = 200 }: Shown,
): Promise<Response> {
  const sending = sendingOf(needs, c);
  const drafted = await inPassing(needs.database, sending.company.id, (tx) => draftSend(tx, sending, form));
  if (!drafted) return answerProblem(c, 'not_found');
  const { portalUrl, texts } = needs;
  const shown = { errors, senderSaid, portalUrl, codesByText: texts !== null };
  const model = sendModel(sending, drafted, shown);
  return page(c, <SendScreen view={c.var.view} model={model} />, status);
}

async function send(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const posted = await readForm(c);
  const form = formOfPost(posted);
  if (!form) return answerProblem(c, 'not_found');
  const sent = await submitSend(needs, c, form, posted.files('extra'));
  if (sent.ok) return c.redirect(sent.next, 303);
  if (sent.reason === 'document_missing') return answerProblem(c, 'not_found');
  const errors = { ...problemErrors(c.var.view, sent.problems), ...sent.errors };
  return showWindow(needs, c, sent.form, { errors, senderSaid: sent.senderSaid ?? null, status: 422 });
}

/** Speaks with the sender's server at once and says what was found, in the same window. */
async function check(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = formOfPost(await readForm(c));
  if (!form) return answerProblem(c, 'not_found');
  const { view, company } = c.var;
  const checked = form.senderId
    ? await checkSender(needs.senders, { companyId: company.id, senderId: form.senderId, actor: 'user' })
    : null;
  const key = `reason.${checked?.ok ? (checked.check.problem ?? '') : ''}`;
  const why = view.t.has(key) ? view.t(key, { address: '', count: 1 }) : view.t('send.senderBroken');
  const senderSaid = checked?.ok && checked.check.works ? view.t('send.check.works') : why;
  return showWindow(needs, c, form, { senderSaid, status: 422 });
}
