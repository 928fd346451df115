import { shownMobile } from '#base/phone';
import {
  type Contact,
  type Customer,
  customerCategories,
  duplicateProposals,
  getCustomer,
  listCustomers,
  type Suppression,
  suppressionsOf,
} from '#domain/customers';
import { customerTotals } from '#domain/documents';
import { listDocuments } from '#domain/overview';
import { addressKey } from '#mail/address';
import { inCompany, type Tx } from '#stores/database';
import { documentRows } from '../documents/document-rows.ts';
import type { Errors, View } from '../kit/index.ts';
import { withQuery } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import type { ContactModel, CustomerModel } from '../screens/customer-model.ts';
import type { CustomersModel } from '../screens/customers-model.ts';
import { shownRoles } from './contact-roles.ts';

const perPage = 50;

/** The list of customers by name; a cursor that is not ours begins anew. */
export async function customersModel(
  tx: Tx<WebTables>,
  companyId: string,
  asked: { readonly q: string; readonly cursor: string | null; readonly path: string },
): Promise<CustomersModel> {
  const { q, cursor, path } = asked;
  const list = await listCustomers(tx, companyId, { q, cursor, limit: perPage });
  if (!list.ok) return customersModel(tx, companyId, { ...asked, cursor: null });
  const totals = await customerTotals(
    tx,
    companyId,
    list.items.map((customer) => customer.id),
  );
  const blocked = await suppressionsOf(
    tx,
    companyId,
    list.items.flatMap((customer) => customer.contacts.map((contact) => contact.email)),
  );
  const rows = list.items.map((customer) => {
    const own = totals.filter((total) => total.customerId === customer.id);
    return {
      id: customer.id,
      name: customer.name,
      contacts: customer.contacts.map((contact) => contact.name || contact.email),
      category: customer.category,
      documents: own.reduce((sum, total) => sum + total.documents, 0),
      open: own.flatMap(({ open, currency }) =>
        currency && Number(open) !== 0 ? [{ amount: open, currency }] : [],
      ),
      lastAt: own.reduce<Date | null>(
        (last, { newestAt }) => (last && last > newestAt ? last : newestAt),
        null,
      ),
      suppressed: customer.contacts.some((contact) => blocked.has(addressKey(contact.email))),
    };
  });
  const same = q === '' && !cursor ? await duplicateProposals(tx, companyId) : [];
  return {
    rows,
    q,
    same: same.slice(0, 5).map(({ reason, value, customers }) => ({ reason, value, customers })),
    newer: cursor ? withQuery(path, {}) : null,
    older: list.nextCursor ? withQuery(path, { cursor: list.nextCursor }) : null,
  };
}

const documentsShown = 30;

/** The page of a customer; null when there is none with that id. */
export async function customerModel(
  needs: WebNeeds,
  of: { readonly view: View; readonly companyId: string; readonly now: Date },
  id: string,
  shown: {
    readonly contact: string | null;
    readonly errors?: Errors;
    readonly typed?: Partial<CustomerModel>;
    readonly typedContact?: ContactModel;
  },
): Promise<(CustomerModel & { readonly mergedInto: string | null }) | null> {
  const { companyId } = of;
  const newest = await listDocuments(
    needs.database,
    companyId,
    { customerId: id },
    { before: null, limit: documentsShown },
  );
  return inCompany(needs.database, companyId, async (tx) => {
    const customer = await getCustomer(tx, companyId, id);
    if (!customer) return null;
    const blocked = await suppressionsOf(
      tx,
      companyId,
      customer.contacts.map((contact) => contact.email),
    );
    const contacts = customer.contacts.map((contact) =>
      contactModel(contact, blocked.get(addressKey(contact.email))),
    );
    return {
      ...plain(customer),
      asksMobile: needs.texts !== null,
      contacts,
      categories: await customerCategories(tx, companyId),
      documents: await documentRows(
        tx,
        { ...of, withNext: true },
        newest.map((row) => row.document_id),
      ),
      mergedInto: customer.mergedInto,
      ...shown.typed,
      errors: shown.errors ?? {},
      editing: shown.typedContact ?? editing(contacts, shown.contact),
    };
  });
}

function plain(customer: Customer) {
  const { id, name, vatId, language, defaultCc, category } = customer;
  const { remindersPausedUntil, remindersPauseReason } = customer;
  const pause = { remindersPausedUntil, remindersPauseReason };
  return { id, name, vatId, language, category, defaultCc: defaultCc.join(', '), ...pause };
}

function editing(contacts: readonly ContactModel[], asked: string | null): CustomerModel['editing'] {
  if (asked === null) return null;
  return contacts.find((contact) => contact.id === asked) ?? 'new';
}

function contactModel(contact: Contact, blocked: Suppression | undefined): ContactModel {
  return {
    id: contact.id,
    name: contact.name || null,
    email: contact.email,
    roles: shownRoles(contact.roles),
    tracking: contact.tracking,
    trackingHow: contact.trackingHow,
    language: contact.language,
    mobile: contact.mobile && shownMobile(contact.mobile),
    suppressed: blocked ? { id: blocked.id, reason: blocked.reason, at: blocked.addedAt } : null,
  };
}
