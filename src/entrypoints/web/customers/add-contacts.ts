import type { Context } from 'hono';
import { isId } from '#base/ids';
import { isLanguage } from '#base/language';
import {
  type CustomerChanged,
  changeContact,
  getCustomer,
  putContact,
  removeContact,
} from '#domain/customers';
import { inCompany } from '#stores/database';
import { byOf } from '../documents/author.ts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type ContactModel, contactRoles } from '../screens/customer-model.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, seeOther } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';
import { fieldErrors, wrong } from '../staff/wording.ts';
import { domainRolesOf } from './contact-roles.ts';
import { showCustomer } from './show-customer.tsx';

/** The people of a customer: added, changed, removed. */
export function addContacts(app: StaffApp, needs: WebNeeds): void {
  app.post('/customers/:id/contacts', (c) => save(needs, c));
  app.post('/customers/:id/contacts/:contact/remove', (c) => remove(needs, c));
}

async function save(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const { view } = c.var;
  const saved = await saveContact(needs, c, form);
  if (saved === 'roles_missing') return refuse(needs, c, form, { roles: wrong(view, 'roles_missing') });
  if (saved.ok) {
    const text = view.t('kit.saved');
    return seeOther(needs, c, `${paths.customer(saved.customer.id)}#contacts`, { state: 'opened', text });
  }
  if (saved.reason !== 'invalid') return answerProblem(c, 'not_found');
  return refuse(
    needs,
    c,
    form,
    fieldErrors(view, saved.problems, { name: 'contactName', language: 'contactLanguage' }),
  );
}

async function saveContact(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  form: PostedForm,
): Promise<CustomerChanged | 'roles_missing'> {
  const { company } = c.var;
  const customerId = c.req.param('id') ?? '';
  const contactId = form.text('contact');
  return inCompany(needs.database, company.id, async (tx) => {
    const customer = isId('customer', customerId) ? await getCustomer(tx, company.id, customerId) : null;
    if (!customer) return { ok: false, reason: 'unknown_customer' };
    const known = customer.contacts.find((contact) => contact.id === contactId);
    const roles = domainRolesOf(form.texts('roles'), known?.roles ?? null);
    if (!roles) return 'roles_missing';
    const language = form.text('contactLanguage');
    const given = {
      email: form.text('email'),
      name: form.text('contactName'),
      roles,
      language: isLanguage(language) ? language : null,
      ...(form.has('mobile') ? { mobile: form.text('mobile') } : {}),
      tracking: form.text('tracking') || 'unknown',
      trackingHow: form.text('trackingHow').trim() || null,
    };
    const which = { companyId: company.id, customerId, by: byOf(c) };
    return known
      ? changeContact(tx, { ...which, contactId }, given, needs.clock())
      : putContact(tx, which, given, needs.clock());
  });
}

/** The form comes back as it was typed, with what is wrong. */
function refuse(needs: WebNeeds, c: Context<StaffEnv>, form: PostedForm, errors: Errors): Promise<Response> {
  const language = form.text('contactLanguage');
  const typedContact: ContactModel = {
    id: form.text('contact'),
    name: form.text('contactName') || null,
    email: form.text('email'),
    roles: contactRoles.filter((role) => form.texts('roles').includes(role)),
    tracking: (['granted', 'denied'] as const).find((one) => one === form.text('tracking')) ?? 'unknown',
    trackingHow: form.text('trackingHow'),
    language: isLanguage(language) ? language : null,
    mobile: form.text('mobile'),
    suppressed: null,
  };
  return showCustomer(needs, c, { contact: 'new', typedContact, errors });
}

async function remove(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company, view } = c.var;
  const [customerId, contactId] = [c.req.param('id') ?? '', c.req.param('contact') ?? ''];
  const which = { companyId: company.id, customerId, contactId, by: byOf(c) };
  const removed = await inCompany(needs.database, company.id, (tx) =>
    removeContact(tx, which, needs.clock()),
  );
  if (!removed.ok) return answerProblem(c, 'not_found');
  const text = view.t('kit.saved');
  return seeOther(needs, c, `${paths.customer(customerId)}#contacts`, { state: 'opened', text });
}
