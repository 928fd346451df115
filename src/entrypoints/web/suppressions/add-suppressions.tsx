import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { isId } from '#base/ids';
import { dayIn } from '#base/time';
import {
  countSuppressions,
  getSuppression,
  listSuppressions,
  type Suppression,
  suppressAddress,
  unsuppressAddress,
} from '#domain/customers';
import { inCompany } from '#stores/database';
import { byOf } from '../documents/author.ts';
import { byteOrderMark, csvLine } from '../documents/csv.ts';
import { pagerLinks, readTrail } from '../documents/paging.ts';
import { paths, type View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type SuppressionsModel, SuppressionsScreen } from '../screens/suppressions.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, ownPath, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';

type C = Context<StaffEnv>;
type Shown = Pick<SuppressionsModel, 'values' | 'errors'>;

const perPage = 50;
const atOnce = 500;
const fresh: Shown = { values: { address: '', note: '' }, errors: {} };

/** The addresses that may not be mailed, and what a person does about them. */
export function addSuppressions(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.suppressions, (c) => show(needs, c, fresh));
  app.get(paths.suppressionsExport, (c) => exportAll(needs, c));
  app.post(paths.suppressions, (c) => add(needs, c));
  app.post('/blocked/:id/remove', (c) => remove(needs, c));
}

async function show(needs: WebNeeds, c: C, shown: Shown): Promise<Response> {
  const { company, view } = c.var;
  const q = (c.req.query('q') ?? '').trim().slice(0, 200);
  const trail = readTrail(c.req.query('cursor'));
  const place = trail.at(-1);
  const before = place ? { addedAt: place.createdAt, id: place.id } : null;
  const { found, count } = await inCompany(needs.database, company.id, async (tx) => ({
    found: await listSuppressions(tx, company.id, { before, limit: perPage + 1, q }),
    count: await countSuppressions(tx, company.id),
  }));
  const last = found.length > perPage ? found[perPage - 1] : undefined;
  const links = pagerLinks(view.path, trail, last ? { createdAt: last.addedAt, id: last.id } : null);
  const rows = found.slice(0, perPage).map(({ addedAt, ...row }) => ({ ...row, at: addedAt }));
  const model: SuppressionsModel = { rows, count, q, ...links, ...shown };
  const isRefused = Object.keys(shown.errors).length > 0;
  return page(c, <SuppressionsScreen view={view} model={model} />, isRefused ? 422 : 200);
}

async function add(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const { company, view } = c.var;
  const values = { address: form.text('address').trim(), note: form.text('note').trim().slice(0, 500) };
  const given = {
    companyId: company.id,
    address: values.address,
    note: values.note || null,
    by: byOf(c),
  };
  const added = await inCompany(needs.database, company.id, (tx) =>
    suppressAddress(tx, given, needs.clock()),
  );
  if (!added.ok) return show(needs, c, { values, errors: { address: view.t('address.bad') } });
  const { address } = added.suppression;
  const text = view.t(added.isNew ? 'blocked.added' : 'blocked.known', { address });
  return seeOther(needs, c, paths.suppressions, { state: 'opened', text });
}

async function remove(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const { company, view } = c.var;
  const id = c.req.param('id') ?? '';
  if (!isId('suppression', id)) return answerProblem(c, 'not_found');
  const removed = await inCompany(needs.database, company.id, async (tx) => {
    const known = await getSuppression(tx, company.id, id);
    const which = { companyId: company.id, id, by: byOf(c) };
    return known && (await unsuppressAddress(tx, which, needs.clock())) ? known : null;
  });
  if (!removed) return answerProblem(c, 'not_found');
  const text = view.t('blocked.removed', { address: removed.address });
  const back = ownPath(form.text('back') || undefined, paths.suppressions);
  return seeOther(needs, c, back, { state: 'opened', text });
}

function exportAll(needs: WebNeeds, c: C): Response {
  const today = dayIn(c.var.company.timeZone, needs.clock());
  c.header('Content-Type', 'text/csv; charset=utf-8');
  c.header('Content-Disposition', `attachment; filename="blocked-addresses-${today}.csv"`);
  return c.body(Readable.toWeb(Readable.from(tableOf(needs, c))) as ReadableStream<Uint8Array<ArrayBuffer>>);
}

async function* tableOf(needs: WebNeeds, c: C): AsyncGenerator<Buffer> {
  const { view, company } = c.var;
  const { t } = view;
  const head = [t('blocked.address'), t('blocked.why'), t('blocked.since'), t('blocked.note')];
  yield Buffer.from(byteOrderMark + csvLine(view, head));
  for (let before: { addedAt: Date; id: string } | null = null; ; ) {
    const found: Suppression[] = await inCompany(needs.database, company.id, (tx) =>
      listSuppressions(tx, company.id, { before, limit: atOnce }),
    );
    yield Buffer.from(found.map((one) => lineOf(view, one)).join(''));
    const last = found.at(-1);
    if (!last || found.length < atOnce) return;
    before = last;
  }
}

function lineOf(view: View, one: Suppression): string {
  const why = `${view.t(`blocked.reason.${one.reason}`)} (${view.t(`blocked.origin.${one.origin}`)})`;
  return csvLine(view, [one.address, why, one.addedAt.toISOString(), one.note ?? '']);
}
