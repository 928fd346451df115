import type { Context } from 'hono';
import { isId } from '#base/ids';
import { listUntied, setAsideReceipt, tieReceipt } from '#domain/registered';
import { inCompany, type Tx } from '#stores/database';
import { paths, type View } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import type { DeliveryRow } from '../screens/deliveries.tsx';
import type { UntiedModel } from '../screens/untied-receipts.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { receiptModel } from './provider-rows.ts';

const mostShown = 50;

/** The buttons at receipts that match no dispatch. */
export function addUntied(app: StaffApp, needs: WebNeeds): void {
  app.post('/deliveries/receipts/:id/tie', (c) => tie(needs, c));
  app.post('/deliveries/receipts/:id/set-aside', (c) => setAside(needs, c));
}

/** The oldest receipts that match no dispatch, and what one of them can be of: what was handed to the provider. */
export async function untiedModel(
  tx: Tx<WebTables>,
  view: View,
  companyId: string,
  rows: readonly DeliveryRow[],
): Promise<UntiedModel> {
  const receipts = await listUntied(tx, companyId, mostShown);
  return {
    receipts: receipts.map((one) => ({
      ...receiptModel(view, one),
      from: one.from_address,
      subject: one.subject,
    })),
    messages: rows.map(({ message, address, document, at }) => ({
      value: message,
      text: [address, document, view.format.date(at)].filter(Boolean).join(' · '),
    })),
  };
}

async function tie(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const messageId = (await readForm(c)).text('message');
  const receiptId = c.req.param('id') ?? '';
  if (!isId('providerReceipt', receiptId) || !isId('message', messageId))
    return answerProblem(c, 'not_found');
  const { company, session } = c.var;
  const of = { companyId: company.id, receiptId, messageId, actor: 'user' as const, by: session.user.id };
  return answer(needs, c, await tieReceipt(needs, of, needs.clock()), 'untied.tied');
}

async function setAside(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const receiptId = c.req.param('id') ?? '';
  if (!isId('providerReceipt', receiptId)) return answerProblem(c, 'not_found');
  const { company, session } = c.var;
  const of = { companyId: company.id, receiptId, actor: 'user' as const, by: session.user.id };
  const done = await inCompany(needs.database, company.id, (tx) => setAsideReceipt(tx, of, needs.clock()));
  return answer(needs, c, done, 'untied.isAside');
}

function answer(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  done: Awaited<ReturnType<typeof tieReceipt>>,
  words: 'untied.tied' | 'untied.isAside',
): Promise<Response> | Response {
  if (!done.ok && done.reason !== 'already_decided') return answerProblem(c, 'not_found');
  const { t } = c.var.view;
  return seeOther(needs, c, paths.deliveries, {
    state: done.ok ? 'opened' : 'failed',
    text: t(done.ok ? words : 'untied.decided'),
  });
}
