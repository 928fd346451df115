import type { Context } from 'hono';
import { releaseForSender } from '#domain/outbox';
import {
  type CodeMailed,
  checkSender,
  confirmAddress,
  getSender,
  mailAddressCode,
  type ProvenPart,
  type Sender,
} from '#domain/senders';
import { inCompany } from '#stores/database';
import { type FlashModel, paths, type View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { ProofModel } from '../screens/settings-sender-proof.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { answerProblem, seeOther } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';

type C = Context<StaffEnv>;

/** Addresses that are proven with a mailed code: mails one, and takes it back. */
export function addSenderCodes(app: StaffApp, needs: WebNeeds): void {
  app.post('/settings/senders/:id/code', ownersOnly(), async (c) => {
    const senderId = c.req.param('id') ?? '';
    const mailed = await mailCode(needs, c, senderId, partOf(await readForm(c)));
    return mailed ? seeOther(needs, c, placeOf(senderId), mailed) : answerProblem(c, 'not_found');
  });
  app.post('/settings/senders/:id/confirm', ownersOnly(), (c) => confirm(needs, c));
}

/** What of a sender has to be proven still. */
export function proofsOf(sender: Sender): ProofModel[] {
  const isHeld = sender.problem === 'address_not_confirmed';
  return [
    ...(isHeld ? [{ part: 'address' as const, address: sender.address }] : []),
    ...(sender.replyTo && !sender.replyToProven
      ? [{ part: 'reply_to' as const, address: sender.replyTo }]
      : []),
  ];
}

/** Mails a code to an address of a sender; what became of that in words, or null for a sender without such an address. */
export async function mailCode(
  needs: WebNeeds,
  c: C,
  senderId: string,
  part: ProvenPart,
): Promise<FlashModel | null> {
  const { company, session, view } = c.var;
  const order = { companyId: company.id, senderId, part, language: session.user.language };
  const mailed = await mailAddressCode(needs.senders, { ...order, actor: 'user' });
  if (mailed.ok) {
    return { state: 'waiting', text: view.t('senders.proof.mailed', { address: mailed.address }) };
  }
  if (mailed.reason === 'not_found') return null;
  return { state: 'failed', text: notMailed(view, mailed) };
}

function notMailed(view: View, mailed: Exclude<CodeMailed, { ok: true }>): string {
  if (mailed.reason === 'code_not_mailed') return view.t('wrong.code_not_mailed', { answer: mailed.answer });
  if (mailed.reason === 'dmarc_refuses')
    return view.t('reason.dmarc_refuses', { address: mailed.address, count: 1 });
  return wrong(view, mailed.reason);
}

async function confirm(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view } = c.var;
  const senderId = c.req.param('id') ?? '';
  const form = await readForm(c);
  const part = partOf(form);
  const order = { companyId: company.id, senderId, part, code: form.text('code'), actor: 'user' } as const;
  const done = await inCompany(needs.database, company.id, (tx) =>
    confirmAddress(tx, needs.senders.key, order, needs.clock()),
  );
  if (!done.ok) {
    const isThere = await inCompany(needs.database, company.id, (tx) => getSender(tx, company.id, senderId));
    if (!isThere || done.reason === 'not_found') return answerProblem(c, 'not_found');
    return seeOther(needs, c, placeOf(senderId), { state: 'failed', text: wrong(view, done.reason) });
  }
  const address = part === 'address' ? done.sender.address : (done.sender.replyTo ?? '');
  if (part === 'address') await tryConfirmed(needs, company.id, senderId);
  const text = view.t('senders.proof.done', { address });
  return seeOther(needs, c, placeOf(senderId), { state: 'opened', text });
}

/** Whether mail may leave from it is known at once, and what waited goes out; its line in the list says why it does not. */
async function tryConfirmed(needs: WebNeeds, companyId: string, senderId: string): Promise<void> {
  const checked = await checkSender(needs.senders, { companyId, senderId, actor: 'user' });
  if (!checked.ok || !checked.check.works) return;
  await inCompany(needs.database, companyId, (tx) =>
    releaseForSender(tx, companyId, senderId, needs.clock()),
  );
}

function partOf(form: PostedForm): ProvenPart {
  return form.text('part') === 'reply_to' ? 'reply_to' : 'address';
}

function placeOf(senderId: string): string {
  return `${paths.settingsSenders}#${senderId}`;
}
