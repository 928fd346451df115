import { newId } from '#base/ids';
import type { By } from '#domain/documents';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { addressKey } from '#mail/address';
import type { Tx } from '#stores/database';
import type { Customer } from './customer.ts';
import { customerChanges } from './customer-events.ts';
import {
  type CustomerTables,
  insertCustomer,
  lockCustomers,
  selectCustomer,
  updateCustomer,
} from './customer-table.ts';
import {
  type CustomerProblem,
  type GivenContact,
  type GivenCustomer,
  readGivenContact,
  readGivenCustomer,
} from './given-customer.ts';
import { agreedWithoutHow } from './refusal.ts';
import { removeContactRow, replaceContacts, saveContact } from './save-contacts.ts';

type CustomerTx = Tx<CustomerTables & EvidenceTables>;
type Which = { readonly companyId: string; readonly customerId: string; readonly by: By };

export type CustomerRefused =
  | { readonly ok: false; readonly reason: 'invalid'; readonly problems: readonly CustomerProblem[] }
  /** `merged`: it was merged into another customer; change that one. */
  | { readonly ok: false; readonly reason: 'unknown_customer' | 'merged' | 'unknown_contact' };

export type CustomerChanged = { readonly ok: true; readonly customer: Customer } | CustomerRefused;

/** Makes a customer with his contacts. Refuses with the fields that are wrong. */
export async function createCustomer(
  tx: CustomerTx,
  which: { readonly companyId: string; readonly by: By },
  given: GivenCustomer,
  now: Date,
): Promise<CustomerChanged> {
  const read = readGivenCustomer({ ...given, name: given.name ?? '' });
  if (!read.ok) return { ok: false, reason: 'invalid', problems: read.problems };
  const {
    name = '',
    vatId = null,
    country = null,
    language = null,
    defaultCc = [],
    category = null,
    contacts,
  } = read.customer;
  const wanting = await agreedWithoutHow(tx, which.companyId, contacts ?? [], howOf);
  if (wanting.length > 0) return { ok: false, reason: 'invalid', problems: wanting };
  const customer = await insertCustomer(tx, {
    id: newId('customer', now),
    company_id: which.companyId,
    name,
    vat_id: vatId,
    country,
    language,
    default_cc: [...defaultCc],
    category,
    created_at: now,
  });
  await record(tx, await replaceContacts(tx, { customer, by: which.by, now }, contacts ?? []));
  return { ok: true, customer: (await selectCustomer(tx, which.companyId, customer.id)) ?? customer };
}

/** Changes a customer; absent fields stay. Refuses with the fields that are wrong. */
export async function changeCustomer(
  tx: CustomerTx,
  which: Which,
  given: GivenCustomer,
  now: Date,
): Promise<CustomerChanged> {
  const read = readGivenCustomer(given);
  if (!read.ok) return { ok: false, reason: 'invalid', problems: read.problems };
  return withCustomer(tx, which, now, async (before) => {
    const { name, vatId, country, language, defaultCc, category, contacts } = read.customer;
    const wanting = await agreedWithoutHow(tx, which.companyId, contacts ?? [], howOf);
    if (wanting.length > 0) return { ok: false, reason: 'invalid', problems: wanting };
    await updateCustomer(tx, which.companyId, before.id, {
      name,
      vat_id: vatId,
      country,
      language,
      default_cc: defaultCc ? [...defaultCc] : undefined,
      category,
    });
    return contacts ? replaceContacts(tx, { customer: before, by: which.by, now }, contacts) : [];
  });
}

/** Adds a contact, or changes the one with that address. Refuses with the fields that are wrong. */
export async function putContact(
  tx: CustomerTx,
  which: Which,
  given: GivenContact,
  now: Date,
): Promise<CustomerChanged> {
  const read = readGivenContact(given);
  if (!read.ok) return { ok: false, reason: 'invalid', problems: read.problems };
  return withCustomer(tx, which, now, async (customer) => {
    const wanting = await agreedWithoutHow(tx, which.companyId, [read.contact], () => 'trackingHow');
    if (wanting.length > 0) return { ok: false, reason: 'invalid', problems: wanting };
    return saveContact(tx, { customer, by: which.by, now }, read.contact);
  });
}

function howOf(index: number): string {
  return `contacts.${index}.trackingHow`;
}

/** Changes a contact, its address too. Refuses wrong fields and an address that another contact of the customer has. */
export async function changeContact(
  tx: CustomerTx,
  which: Which & { readonly contactId: string },
  given: GivenContact,
  now: Date,
): Promise<CustomerChanged> {
  const read = readGivenContact(given);
  if (!read.ok) return { ok: false, reason: 'invalid', problems: read.problems };
  const { contact } = read;
  return withCustomer(tx, which, now, async (customer) => {
    const known = customer.contacts.find((one) => one.id === which.contactId);
    if (!known) return { ok: false, reason: 'unknown_contact' };
    const isTaken = customer.contacts.some(
      (one) => one !== known && addressKey(one.email) === addressKey(contact.email),
    );
    if (isTaken) return { ok: false, reason: 'invalid', problems: [{ path: 'email', reason: 'twice' }] };
    const wanting = await agreedWithoutHow(tx, which.companyId, [contact], () => 'trackingHow');
    if (wanting.length > 0) return { ok: false, reason: 'invalid', problems: wanting };
    return saveContact(tx, { customer, by: which.by, now }, contact, known);
  });
}

/** Takes a contact away from a customer; its past stays in the events. */
export function removeContact(
  tx: CustomerTx,
  which: Which & { readonly contactId: string },
  now: Date,
): Promise<CustomerChanged> {
  return withCustomer(tx, which, now, async (customer) => {
    const known = customer.contacts.find((one) => one.id === which.contactId);
    if (!known) return { ok: false, reason: 'unknown_contact' };
    return [await removeContactRow(tx, { customer, by: which.by, now }, known)];
  });
}

/** Locks the customer, does the work, records its events and those of the customer's own fields. */
async function withCustomer(
  tx: CustomerTx,
  { companyId, customerId, by }: Which,
  now: Date,
  work: (customer: Customer) => Promise<readonly Fact[] | CustomerRefused>,
): Promise<CustomerChanged> {
  const [before] = await lockCustomers(tx, companyId, [customerId]);
  if (!before) return { ok: false, reason: 'unknown_customer' };
  if (before.mergedInto) return { ok: false, reason: 'merged' };
  const done = await work(before);
  if ('ok' in done) return done;
  const customer = (await selectCustomer(tx, companyId, customerId)) ?? before;
  await record(tx, [...customerChanges(before, customer, by, now), ...done]);
  return { ok: true, customer };
}
