import type { Context } from 'hono';
import { isId } from '#base/ids';
import { hasFeature } from '#domain/accounts';
import { getDocuments } from '#domain/documents';
import { daysLeft, listDeliveries, listReceipts, pdfInMail, withdrawDelivery } from '#domain/registered';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { DeliveriesScreen, type DeliveryRow } from '../screens/deliveries.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { providerRows } from './provider-rows.ts';

const mostShown = 200;

/** Registered and confidential deliveries, and the button that takes one back. */
export function addDeliveries(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.deliveries, (c) => show(needs, c));
  app.get('/deliveries/receipts/:id/mail.eml', (c) => sendReceipt(needs, c, 'mail'));
  app.get('/deliveries/receipts/:id/receipt.pdf', (c) => sendReceipt(needs, c, 'pdf'));
  app.post('/deliveries/:id/withdraw', (c) => withdraw(needs, c));
}

async function show(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company, view, session } = c.var;
  const rows = await inCompany(needs.database, company.id, async (tx) => {
    const deliveries = await listDeliveries(tx, company.id, { isRunning: false, limit: mostShown });
    const ids = [...new Set(deliveries.flatMap((one) => one.documentIds))];
    const documents = new Map((await getDocuments(tx, company.id, ids)).map((one) => [one.id, one]));
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
        at: one.notifiedAt ?? one.createdAt,
        daysLeft: one.deadlineAt ? daysLeft(one.deadlineAt, needs.clock(), company.timeZone) : null,
      };
    });
    const all = [...own, ...(await providerRows(tx, view, company.id))];
    return all.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, mostShown);
  });
  if (rows.length === 0 && !hasFeature(company, 'registered'))
    return answerProblem(c, 'not_in_plan', { sentence: view.t('plan.would.registered') });
  const maySetUp = session.role === 'owner' && hasFeature(company, 'registered');
  return page(c, <DeliveriesScreen view={view} rows={rows} maySetUp={maySetUp} />);
}

async function withdraw(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const messageId = c.req.param('id') ?? '';
  if (!isId('message', messageId)) return answerProblem(c, 'not_found');
  const { company, session, view } = c.var;
  const done = await inCompany(needs.database, company.id, (tx) =>
    withdrawDelivery(tx, { companyId: company.id, messageId, by: session.user.id }, needs.clock()),
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
  const [receipt] = await inCompany(needs.database, company.id, (tx) => listReceipts(tx, company.id, { id }));
  const mail = receipt ? await needs.files.get(company.id, receipt.mail_sha256) : null;
  const bytes = mail && receipt && what === 'pdf' ? await pdfInMail(mail, receipt.pdf_sha256) : mail;
  if (!bytes) return answerProblem(c, 'not_found');
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': what === 'pdf' ? 'application/pdf' : 'message/rfc822',
    'Content-Disposition': `attachment; filename="${id}.${what === 'pdf' ? 'pdf' : 'eml'}"`,
  });
}
