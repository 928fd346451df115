import type { Context } from 'hono';
import { isId } from '#base/ids';
import { dayIn } from '#base/time';
import { changeDocumentWithCustomer, type EditWithCustomer, getCustomers } from '#domain/customers';
import { closeCustomerLinks, type OtherMeans, otherMeans, recordElsewhere } from '#domain/dispatch';
import { changeDocument, getDocument } from '#domain/documents';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, ownPath, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';
import { showDocument } from './add-document.tsx';
import { authorOf, byOf } from './author.ts';
import { editOf, factFields, factNames, factValues } from './facts-form.ts';
import { typedAmount } from './typed-amount.ts';

/** What a person changes of a document: its facts, whether it is paid, disputed or canceled, and how else it was sent. */
export function addChanges(app: StaffApp, needs: WebNeeds): void {
  app.post(paths.markPaid, (c) => markPaid(needs, c));
  app.post('/documents/:id/facts', (c) => changeFacts(needs, c));
  app.post('/documents/:id/paid', (c) => changePaid(needs, c));
  app.post('/documents/:id/state', (c) => changeState(needs, c));
  app.post('/documents/:id/pause', (c) => pauseReminders(needs, c));
  app.post('/documents/:id/other-means', (c) => noteElsewhere(needs, c));
  app.post('/documents/:id/close-links', (c) => closeLinks(needs, c));
}

/** Whoever has a link to this document loses it. */
async function closeLinks(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const documentId = c.req.param('id') ?? '';
  const { company, view } = c.var;
  if (!isId('document', documentId)) return answerProblem(c, 'not_found');
  const of = { companyId: company.id, documentId, by: byOf(c) };
  const count = await inCompany(needs.database, company.id, (tx) =>
    closeCustomerLinks(tx, of, needs.clock()),
  );
  const text = view.t('links.closed', { count });
  return seeOther(needs, c, paths.document(documentId), { state: 'opened', text });
}

async function changeFacts(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { company, view } = c.var;
  const form = await readForm(c);
  const which = { companyId: company.id, documentId: id, by: byOf(c) };
  const changed = await inCompany(needs.database, company.id, async (tx) => {
    const document = isId('document', id) ? await getDocument(tx, company.id, id) : null;
    if (!document) return null;
    const ids = [document.customerId, document.proposed.customerId].flatMap((one) => one ?? []);
    const customers = await getCustomers(tx, company.id, ids);
    const nameOf = (customer: string | null | undefined): string | null =>
      customers.find((one) => one.id === customer)?.name ?? null;
    const known = factValues(document, nameOf(document.customerId));
    const proposed = { facts: document.proposed, customer: nameOf(document.proposed.customerId) };
    return changeDocumentWithCustomer(tx, which, editOf(form, known, proposed), needs.clock());
  });
  if (!changed) return answerProblem(c, 'not_found');
  if (changed.ok) {
    const text = view.t('kit.saved');
    return seeOther(needs, c, paths.document(id), { state: 'opened', text });
  }
  if (changed.reason !== 'invalid') return refused(needs, c, changed.reason);
  const values = Object.fromEntries(factFields.map((field) => [field, form.text(field)]));
  return showDocument(needs, c, {
    refused: { values, errors: fieldErrors(view, changed.problems, factNames) },
  });
}

/** Paid today and all of it, paid in part on a day, or not paid after all. */
async function changePaid(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const today = dayIn(c.var.company.timeZone, needs.clock());
  const amount = typedAmount(form.text('amount'));
  const on = form.text('on') || today;
  const paid = form.text('do') === 'unpaid' ? null : { on, amount: amount || null };
  return change(needs, c, { paid }, ownPath(form.text('back'), paths.document(c.req.param('id') ?? '')));
}

const states: Readonly<Record<string, EditWithCustomer>> = {
  dispute: { disputed: true },
  settle: { disputed: false },
  not_found: { paymentDeclared: false },
  cancel: { canceled: true },
  restore: { canceled: false },
};

async function changeState(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const edit = Object.hasOwn(states, form.text('do')) ? states[form.text('do')] : undefined;
  if (!edit) return answerProblem(c, 'not_found');
  return change(needs, c, edit, paths.document(c.req.param('id') ?? ''));
}

async function pauseReminders(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const edit = {
    remindersPausedUntil: form.text('until').trim() || null,
    remindersPauseReason: form.text('reason'),
  };
  return change(needs, c, edit, paths.document(c.req.param('id') ?? ''));
}

async function change(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  edit: EditWithCustomer,
  back: string,
): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { company, view } = c.var;
  if (!isId('document', id)) return answerProblem(c, 'not_found');
  const which = { companyId: company.id, documentId: id, by: byOf(c) };
  const changed = await inCompany(needs.database, company.id, (tx) =>
    changeDocument(tx, which, edit, needs.clock()),
  );
  if (changed.ok) return seeOther(needs, c, back, { state: 'opened', text: view.t('kit.saved') });
  if (changed.reason !== 'invalid') return refused(needs, c, changed.reason);
  const [error] = Object.values(fieldErrors(view, changed.problems));
  return seeOther(needs, c, back, { state: 'failed', text: error ?? '' });
}

function refused(needs: WebNeeds, c: Context<StaffEnv>, reason: string): Response | Promise<Response> {
  const id = c.req.param('id') ?? '';
  if (reason !== 'replaced') return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.document(id), { state: 'failed', text: c.var.view.t('document.replaced') });
}

/** All ticked ones are paid, today and wholly; those that were replaced meanwhile are left as they are. */
async function markPaid(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const { company, view } = c.var;
  const paid = { on: dayIn(company.timeZone, needs.clock()) };
  let count = 0;
  for (const documentId of form.texts('document').filter((id) => isId('document', id))) {
    const which = { companyId: company.id, documentId, by: byOf(c) };
    const changed = await inCompany(needs.database, company.id, (tx) =>
      changeDocument(tx, which, { paid }, needs.clock()),
    );
    if (changed.ok) count += 1;
  }
  const back = ownPath(form.text('back'), paths.documents);
  return seeOther(needs, c, back, { state: 'opened', text: view.t('documents.markedPaid', { count }) });
}

async function noteElsewhere(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const documentId = c.req.param('id') ?? '';
  const means: OtherMeans = otherMeans.find((one) => one === form.text('means')) ?? 'other';
  const { company, view } = c.var;
  const now = needs.clock();
  const note = { companyId: company.id, documentId, means, note: '', on: now, author: authorOf(c) };
  const noted = isId('document', documentId)
    ? await inCompany(needs.database, company.id, (tx) => recordElsewhere(tx, note, now))
    : null;
  if (!noted?.ok) return answerProblem(c, 'not_found');
  const text = view.t('document.noted');
  return seeOther(needs, c, paths.document(documentId), { state: 'opened', text });
}
