import type { Context } from 'hono';
import { isId } from '#base/ids';
import { correctContactAddress } from '#domain/customers';
import { resendMessage, type Submitted } from '#domain/dispatch';
import { getMessages, type Message, releaseMessage, settleMessage } from '#domain/outbox';
import { parseAddress } from '#mail/address';
import { inCompany, type Tx } from '#stores/database';
import { authorOf, byOf } from '../documents/author.ts';
import { type FlashModel, paths } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import { showNotices } from '../notices/add-notices.tsx';
import { problemSentence } from '../send/send-words.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, ownPath, seeOther } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';
import { showMessage } from './show-message.tsx';

/** What a person decides about one e-mail: send it again to the right address, let it go, call it arrived. */
export function addDecisions(app: StaffApp, needs: WebNeeds): void {
  app.post('/emails/:id/resend', (c) => resend(needs, c));
  app.post('/emails/:id/settle', (c) => settle(needs, c));
  app.post('/emails/:id/release', (c) => release(needs, c));
}

async function resend(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const messageId = c.req.param('id') ?? '';
  const { company, view } = c.var;
  const how = form.text('how');
  const known = how === '' ? '' : await addressOf(needs, c, messageId);
  const typed = how === '' ? form.text('to').trim() : known;
  const read = parseAddress(typed);
  const refuse = (error: string): Promise<Response> => {
    const refused = { notice: form.text('notice'), value: typed, error };
    return form.text('back').startsWith(paths.notices)
      ? showNotices(needs, c, refused)
      : showMessage(needs, c, refused);
  };
  if (!isId('message', messageId)) return answerProblem(c, 'not_found');
  if (!read.ok) return refuse(view.t('address.bad'));
  const to = read.address.address;
  const sent = await inCompany(needs.database, company.id, (tx) =>
    sendAgain(tx, needs, c, { messageId, to, ...(how === 'asLink' ? { attach: false } : {}) }),
  );
  if (sent.ok) {
    const text = view.t('notice.resent', { address: to });
    const next = sent.messages[0];
    const wayOut = next ? { href: paths.message(next.id), text: view.t('notice.see') } : undefined;
    return seeOther(needs, c, backOf(form, messageId), { state: 'opened', text, wayOut });
  }
  if (sent.reason !== 'invalid') return answerProblem(c, 'not_found');
  return refuse(sent.problems.map((problem) => problemSentence(view, problem)).join(' '));
}

/** The address that a message went to; empty when there is none with that id. */
async function addressOf(needs: WebNeeds, c: Context<StaffEnv>, messageId: string): Promise<string> {
  const companyId = c.var.company.id;
  const [message] = await inCompany(needs.database, companyId, (tx) =>
    getMessages(tx, companyId, { ids: [messageId] }),
  );
  return message?.address ?? '';
}

/** The mail goes again to this one person, and the address is put right wherever the customer has it. */
async function sendAgain(
  tx: Tx<WebTables>,
  needs: WebNeeds,
  c: Context<StaffEnv>,
  again: { readonly messageId: string; readonly to: string; readonly attach?: false },
): Promise<Submitted | { readonly ok: false; readonly reason: 'not_found' }> {
  const companyId = c.var.company.id;
  const now = needs.clock();
  const { messageId, to } = again;
  const [message] = await getMessages(tx, companyId, { ids: [messageId] });
  const author = authorOf(c);
  const sent = await resendMessage(tx, needs.submit, { companyId, ...again, author }, now);
  if (sent.ok && message) await correct(tx, { companyId, message, to, c }, now);
  return sent;
}

async function correct(
  tx: Tx<WebTables>,
  about: {
    readonly companyId: string;
    readonly message: Message;
    readonly to: string;
    readonly c: Context<StaffEnv>;
  },
  now: Date,
): Promise<void> {
  const { companyId, message, to, c } = about;
  const which = {
    companyId,
    wrong: message.address,
    right: to,
    by: byOf(c),
    documentId: message.documentId,
  };
  await correctContactAddress(tx, which, now); // the same address again is a refusal that changes nothing
}

async function settle(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const messageId = c.req.param('id') ?? '';
  const { company, view } = c.var;
  const as = form.text('as') === 'again' ? 'again' : 'delivered';
  const settled = await inCompany(needs.database, company.id, (tx) =>
    settleMessage(tx, { companyId: company.id, messageId, as, by: byOf(c) }, needs.clock()),
  );
  if (!settled.ok && settled.reason === 'not_found') return answerProblem(c, 'not_found');
  return seeOther(
    needs,
    c,
    backOf(form, messageId),
    said(settled.ok, view.t(settled.ok ? 'notice.settled' : 'notice.overtaken')),
  );
}

async function release(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const messageId = c.req.param('id') ?? '';
  const { company, view } = c.var;
  const reason = form.text('reason').slice(0, 500);
  const released = await inCompany(needs.database, company.id, (tx) =>
    releaseMessage(tx, { companyId: company.id, messageId, reason, by: byOf(c) }, needs.clock()),
  );
  if (!released.ok && released.reason === 'not_found') return answerProblem(c, 'not_found');
  const key = released.ok
    ? 'notice.released'
    : released.reason === 'reason_missing'
      ? 'notice.reason.missing'
      : 'notice.overtaken';
  return seeOther(needs, c, backOf(form, messageId), said(released.ok, view.t(key)));
}

function said(isDone: boolean, text: string): FlashModel {
  return { state: isDone ? 'opened' : 'failed', text };
}

function backOf(form: PostedForm, messageId: string): string {
  return ownPath(form.text('back') || undefined, paths.message(messageId));
}
