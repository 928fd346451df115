import type { Context } from 'hono';
import { isId } from '#base/ids';
import { hasFeature } from '#domain/accounts';
import { takeBackDelivery } from '#domain/dispatch';
import { getDocuments } from '#domain/documents';
import {
  type Delegate,
  type Delivery,
  daysLeft,
  delegatesOf,
  getUntied,
  listDeliveries,
  listReceipts,
  pdfInMail,
} from '#domain/registered';
import { inCompany } from '#stores/database';
import { paths, type View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { DeliveriesScreen, type DeliveryRow } from '../screens/deliveries.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { addUntied, untiedModel } from './add-untied.ts';
import { providerRows } from './provider-rows.ts';

const mostShown = 200;

/** Registered and confidential deliveries, and the button that takes one back. */
export function addDeliveries(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.deliveries, (c) => show(needs, c));
  app.get('/deliveries/receipts/:id/mail.eml', (c) => sendReceipt(needs, c, 'mail'));
  app.get('/deliveries/receipts/:id/receipt.pdf', (c) => sendReceipt(needs, c, 'pdf'));
  app.post('/deliveries/:id/withdraw', (c) => withdraw(needs, c));
  addUntied(app, needs);
}

async function show(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company, view, session } = c.var;
  const { rows, untied } = await inCompany(needs.database, company.id, async (tx) => {
    const deliveries = await listDeliveries(tx, company.id, { isRunning: false, limit: mostShown });
    const ids = [...new Set(deliveries.flatMap((one) => one.documentIds))];
    const documents = new Map((await getDocuments(tx, company.id, ids)).map((one) => [one.id, one]));
    const delegates = await delegatesOf(
      tx,
      company.id,
      deliveries.map((one) => one.messageId),
    );
    const own = deliveries.map((one): DeliveryRow => {
      const names = one.documentIds.map(
        (id) => documents.get(id)?.number ?? documents.get(id)?.fileName ?? '',
      );
      return {
        message: one.messageId,
        address: one.address,
        document: names.join(', '),
        service: one.service,
        state: one.state,
        delegates: delegateWords(view, one, delegates),
        at: one.notifiedAt ?? one.createdAt,
        daysLeft: one.deadlineAt ? daysLeft(one.deadlineAt, needs.clock(), company.timeZone) : null,
      };
    });
    const provided = await providerRows(tx, view, company.id);
    const all = [...own, ...provided].sort((a, b) => b.at.getTime() - a.at.getTime());
    return { rows: all.slice(0, mostShown), untied: await untiedModel(tx, view, company.id, provided) };
  });
  if (rows.length === 0 && untied.receipts.length === 0 && !hasFeature(company, 'registered'))
    return answerProblem(c, 'not_in_plan', { sentence: view.t('plan.would.registered') });
  const maySetUp = session.role === 'owner' && hasFeature(company, 'registered');
  return page(c, <DeliveriesScreen view={view} rows={rows} untied={untied} maySetUp={maySetUp} />);
}

/** Who acts for the recipient, who no longer does, and who answered. */
function delegateWords({ t }: View, { messageId, decidedBy }: Delivery, all: readonly Delegate[]): string[] {
  return all
    .filter((one) => one.messageId === messageId)
    .map(({ linkMessageId, name, address, endedAt }) => {
      const what = linkMessageId === decidedBy ? 'answered' : endedAt ? 'ended' : 'acts';
      return t('deliveries.delegate', { what, name, address });
    });
}

async function withdraw(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const messageId = c.req.param('id') ?? '';
  if (!isId('message', messageId)) return answerProblem(c, 'not_found');
  const { company, session, view } = c.var;
  const done = await inCompany(needs.database, company.id, (tx) =>
    takeBackDelivery(tx, { companyId: company.id, messageId, by: session.user.id }, needs.clock()),
  );
  if (!done.ok && done.reason === 'not_found') return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.deliveries, {
    state: done.ok ? 'opened' : 'failed',
    text: view.t(done.ok ? 'deliveries.withdrawn' : 'deliveries.tooLate'),
  });
}

/** A receipt as it came: the whole mail, or the PDF in it. */
async function sendReceipt(needs: WebNeeds, c: Context<StaffEnv>, what: 'mail' | 'pdf'): Promise<Response> {
  const id = c.req.param('id') ?? '';
  if (!isId('providerReceipt', id)) return answerProblem(c, 'not_found');
  const { company } = c.var;
  const receipt = await inCompany(needs.database, company.id, async (tx) => {
    const [tied] = await listReceipts(tx, company.id, { id });
    return tied ?? (await getUntied(tx, company.id, id));
  });
  const mail = receipt ? await needs.files.get(company.id, receipt.mail_sha256) : null;
  const bytes = mail && receipt && what === 'pdf' ? await pdfInMail(mail, receipt.pdf_sha256) : mail;
  if (!bytes) return answerProblem(c, 'not_found');
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': what === 'pdf' ? 'application/pdf' : 'message/rfc822',
    'Content-Disposition': `attachment; filename="${id}.${what === 'pdf' ? 'pdf' : 'eml'}"`,
  });
}
