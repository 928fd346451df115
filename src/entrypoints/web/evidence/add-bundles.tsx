import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { isId } from '#base/ids';
import { askBundle, type BundleRequest, getBundles, packBundle } from '#domain/bundles';
import { getCustomers } from '#domain/customers';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type BundleRow, BundlesScreen } from '../screens/bundles.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';

const mostShown = 100;

/** Evidence files in bulk: of a customer, or of ticked documents; made in the background, and downloaded from a list. */
export function addBundles(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.bundles, (c) => show(needs, c));
  app.post(paths.bundles, async (c) => {
    const documentIds = (await readForm(c)).texts('document').filter((id) => isId('document', id));
    return ask(needs, c, { documentIds }, paths.documents);
  });
  app.post('/customers/:id/evidence', async (c) => {
    const customerId = c.req.param('id');
    if (!isId('customer', customerId)) return answerProblem(c, 'not_found');
    const form = await readForm(c);
    const [from, to] = [dayOf(form.text('from')), dayOf(form.text('to'))];
    return ask(needs, c, { customerId, from, to }, paths.customer(customerId));
  });
  app.get('/evidence/:id/file', (c) => download(needs, c));
}

function dayOf(typed: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(typed)) ? typed : null;
}

async function ask(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  which: Pick<BundleRequest, 'customerId' | 'documentIds' | 'from' | 'to'>,
  back: string,
): Promise<Response> {
  const { company, session, view } = c.var;
  const request = {
    companyId: company.id,
    actor: 'user',
    by: session.user.id,
    language: view.language,
  } as const;
  const asked = await inCompany(needs.database, company.id, (tx) =>
    askBundle(tx, { ...request, ...which, timeZone: company.timeZone }, needs.clock()),
  );
  if (!asked.ok)
    return seeOther(needs, c, back, { state: 'failed', text: view.t(`bundles.refused.${asked.reason}`) });
  return seeOther(needs, c, paths.bundles, { state: 'opened', text: view.t('bundles.asked') });
}

async function show(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company, view } = c.var;
  const rows = await inCompany(needs.database, company.id, async (tx) => {
    const bundles = await getBundles(tx, company.id, { before: null, limit: mostShown });
    const ids = [...new Set(bundles.flatMap((one) => one.customerId ?? []))];
    const names = new Map((await getCustomers(tx, company.id, ids)).map((one) => [one.id, one.name]));
    return bundles.map((one): BundleRow => {
      const { id, customerId, from, to, state, dispatches, made, failed, bytes, createdAt, expiresAt } = one;
      const customer = customerId ? { id: customerId, name: names.get(customerId) ?? customerId } : null;
      return { id, customer, from, to, state, dispatches, made, failed, bytes, at: createdAt, expiresAt };
    });
  });
  return page(c, <BundlesScreen view={view} rows={rows} />);
}

async function download(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { company, view } = c.var;
  if (!isId('bundle', id)) return answerProblem(c, 'not_found');
  const [bundle] = await inCompany(needs.database, company.id, (tx) => getBundles(tx, company.id, { id }));
  if (!bundle) return answerProblem(c, 'not_found');
  if (bundle.state !== 'ready')
    return seeOther(needs, c, paths.bundles, { state: 'failed', text: view.t('bundles.notReady') });
  const { stream, bytes, fileName } = await packBundle(needs, bundle);
  c.header('Content-Type', 'application/zip');
  c.header('Content-Length', String(bytes));
  c.header('Content-Disposition', `attachment; filename="${fileName}"`);
  c.header('Cache-Control', 'no-store');
  return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>);
}
