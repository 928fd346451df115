import type { Context } from 'hono';
import { isLanguage } from '#base/language';
import {
  changeCustomer,
  completeAddress,
  createCustomer,
  type GivenCustomer,
  mergeCustomers,
  pauseCustomerReminders,
} from '#domain/customers';
import { inCompany, type Tx } from '#stores/database';
import { byOf } from '../documents/author.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import { CustomersScreen } from '../screens/customers.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';
import { addContacts } from './add-contacts.ts';
import { customersModel } from './customer-models.ts';
import { addCustomersImport } from './import-customers.tsx';
import { showCustomer } from './show-customer.tsx';
import { splitAddressList } from './split-address-list.ts';

/** Customers and their contacts, and the completion of addresses as one types. */
export function addCustomers(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.customers, (c) =>
    showCustomers(needs, c, c.req.query('new') === undefined ? null : { values: {}, errors: {} }),
  );
  app.post(paths.customers, (c) => create(needs, c));
  addCustomersImport(app, needs);
  app.get('/customers/:id', (c) => showCustomer(needs, c, { contact: c.req.query('contact') ?? null }));
  app.post('/customers/:id', (c) => change(needs, c));
  app.post('/customers/:id/merge', (c) => merge(needs, c));
  app.get(paths.addresses, (c) => complete(needs, c));
  addContacts(app, needs);
}

type Adding = { readonly values: Readonly<Record<string, string>>; readonly errors: Errors } | null;

async function showCustomers(needs: WebNeeds, c: Context<StaffEnv>, adding: Adding): Promise<Response> {
  const { view, company } = c.var;
  const q = (c.req.query('q') ?? '').trim();
  const asked = { q, cursor: c.req.query('cursor') ?? null, path: view.path };
  const model = await inCompany(needs.database, company.id, (tx) => customersModel(tx, company.id, asked));
  const isRefused = Object.keys(adding?.errors ?? {}).length > 0;
  return page(c, <CustomersScreen view={view} model={{ ...model, adding }} />, isRefused ? 422 : 200);
}

async function create(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const { view, company } = c.var;
  const email = form.text('email').trim();
  const contacts = email ? [{ email, name: form.text('contactName') || null }] : [];
  const given = { name: form.text('name'), vatId: form.text('vatId'), contacts };
  const made = await inCompany(needs.database, company.id, (tx) =>
    createCustomer(tx, { companyId: company.id, by: byOf(c) }, given, needs.clock()),
  );
  if (made.ok) return seeOther(needs, c, paths.customer(made.customer.id));
  if (made.reason !== 'invalid') return answerProblem(c, 'not_found');
  const names = { 'contacts.0.email': 'email', 'contacts.0.name': 'contactName' };
  const values = Object.fromEntries(
    ['name', 'vatId', 'email', 'contactName'].map((field) => [field, form.text(field)]),
  );
  return showCustomers(needs, c, { values, errors: fieldErrors(view, made.problems, names) });
}

async function change(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const { view, company } = c.var;
  const customerId = c.req.param('id') ?? '';
  const which = { companyId: company.id, customerId, by: byOf(c) };
  const changed = await inCompany(needs.database, company.id, (tx) =>
    changeWithPause(tx, which, form, needs.clock()),
  );
  if (changed.ok) {
    const text = view.t('kit.saved');
    return seeOther(needs, c, paths.customer(customerId), { state: 'opened', text });
  }
  if (changed.reason !== 'invalid') return answerProblem(c, 'not_found');
  const problems = changed.problems.map((problem) => ({
    ...problem,
    path: problem.path.replace(/^(defaultCc)\..*/, '$1'),
  }));
  const typed = {
    name: form.text('name'),
    vatId: form.text('vatId'),
    defaultCc: form.text('defaultCc'),
    category: form.text('category'),
    changing: true,
  };
  return showCustomer(needs, c, { contact: null, typed, errors: fieldErrors(view, problems) });
}

/** The pause of reminders stands in the same form; a form without it leaves it as it is. */
async function changeWithPause(
  tx: Tx<WebTables>,
  which: Parameters<typeof changeCustomer>[1],
  form: PostedForm,
  now: Date,
): ReturnType<typeof changeCustomer> {
  const changed = await changeCustomer(tx, which, givenOf(form), now);
  if (!changed.ok || !form.has('remindersPausedUntil')) return changed;
  const pause = {
    until: form.text('remindersPausedUntil').trim() || null,
    reason: form.text('remindersPauseReason'),
  };
  const before = changed.customer;
  const isSame =
    before.remindersPausedUntil === pause.until &&
    before.remindersPauseReason === (pause.reason.trim() || null);
  const paused = isSame ? { ok: true as const } : await pauseCustomerReminders(tx, which, pause, now);
  if (paused.ok) return changed;
  return { ok: false, reason: 'invalid', problems: [{ path: 'remindersPausedUntil', reason: 'not_a_date' }] };
}

function givenOf(form: PostedForm): GivenCustomer {
  const language = form.text('language');
  return {
    name: form.text('name'),
    vatId: form.text('vatId'),
    language: isLanguage(language) ? language : null,
    defaultCc: splitAddressList(form.text('defaultCc')),
    ...(form.has('category') ? { category: form.text('category') } : {}),
  };
}

async function merge(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const { view, company } = c.var;
  const which = {
    companyId: company.id,
    from: form.text('from'),
    into: c.req.param('id') ?? '',
    by: byOf(c),
  };
  const merged = await inCompany(needs.database, company.id, (tx) =>
    mergeCustomers(tx, which, needs.clock()),
  );
  if (merged.ok) {
    const text = view.t('customers.merged');
    return seeOther(needs, c, paths.customer(which.into), { state: 'opened', text });
  }
  if (merged.reason === 'unknown_customer') return answerProblem(c, 'not_found');
  const text = view.t('customers.merge.different_vat_ids');
  return seeOther(needs, c, paths.customers, { state: 'failed', text });
}

/** What somebody who types may mean, for the fields of recipients. */
async function complete(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company } = c.var;
  const found = await inCompany(needs.database, company.id, (tx) =>
    completeAddress(tx, company.id, c.req.query('q') ?? ''),
  );
  return c.json(
    found.map(({ address, name, customerName }) => ({
      address,
      name: name || null,
      ...(customerName === name ? {} : { detail: customerName }),
    })),
  );
}
