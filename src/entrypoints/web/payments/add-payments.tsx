import type { Context } from 'hono';
import { isId } from '#base/ids';
import { currentByNumber } from '#domain/documents';
import { confirmEntry, ignoreEntry, importBankFile } from '#domain/payments';
import { inCompany } from '#stores/database';
import { authorOf, byOf } from '../documents/author.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { PaymentsScreen } from '../screens/payments.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { paymentsModel } from './payments-model.ts';

/** Files of the bank, and which documents the money is for. */
export function addPayments(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.payments, (c) => show(needs, c, {}));
  app.post(paths.bankFile, (c) => takeFile(needs, c));
  app.post(paths.bankEntries, (c) => confirmChosen(needs, c));
  app.post('/payments/:id', (c) => ignore(needs, c));
}

async function show(needs: WebNeeds, c: Context<StaffEnv>, errors: Errors): Promise<Response> {
  const isRefused = Object.keys(errors).length > 0;
  const model = await paymentsModel(needs, c, errors);
  return page(c, <PaymentsScreen view={c.var.view} model={model} />, isRefused ? 422 : 200);
}

async function takeFile(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { view, company } = c.var;
  const file = (await readForm(c)).file('file');
  if (!file) return show(needs, c, { file: view.t('upload.nothing') });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const by = { ...byOf(c), name: authorOf(c).name };
  const upload = { companyId: company.id, fileName: file.name, bytes, by };
  const done = await importBankFile(needs.database, upload, needs.clock());
  if (!done.ok) return show(needs, c, { file: view.t(`payments.refused.${done.reason}`) });
  const { entries, newEntries, unreadable } = done.import;
  const text = view.t('payments.imported', { entries, fresh: newEntries, unreadable });
  return seeOther(needs, c, paths.payments, { state: unreadable > 0 ? 'unconfirmed' : 'opened', text });
}

/** Confirms every line for which documents were chosen or a number was typed; the first refusal is said, the rest stays open. */
async function confirmChosen(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const { view, company } = c.var;
  let count = 0;
  const refusals: string[] = [];
  for (const name of form.names()) {
    const entryId = name.startsWith('entry-') ? name.slice('entry-'.length) : '';
    if (!isId('bankEntry', entryId)) continue;
    const number = form.text(`number-${entryId}`).trim();
    const chosen = form
      .text(name)
      .split(' ')
      .filter((one) => isId('document', one));
    if (number === '' && chosen.length === 0) continue;
    const done = await inCompany(needs.database, company.id, async (tx) => {
      const typed = number === '' ? [] : await currentByNumber(tx, company.id, number);
      if (typed.length > 1) return { ok: false as const, reason: 'number_ambiguous' as const };
      const documentIds = number === '' ? chosen : typed.map((one) => one.id);
      return confirmEntry(tx, { companyId: company.id, entryId, documentIds, by: byOf(c) }, needs.clock());
    });
    if (done.ok) count += 1;
    else refusals.push(view.t(`payments.refused.${done.reason}`, { number }));
  }
  const text = [view.t('payments.confirmed', { count }), ...new Set(refusals)].join(' ');
  return seeOther(needs, c, paths.payments, { state: refusals.length > 0 ? 'failed' : 'opened', text });
}

async function ignore(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const entryId = c.req.param('id') ?? '';
  const { view, company } = c.var;
  if (!isId('bankEntry', entryId)) return answerProblem(c, 'not_found');
  const done = await inCompany(needs.database, company.id, (tx) =>
    ignoreEntry(tx, { companyId: company.id, entryId, by: byOf(c) }, needs.clock()),
  );
  if (!done.ok && done.reason === 'not_found') return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.payments, { state: 'opened', text: view.t('payments.ignored') });
}
