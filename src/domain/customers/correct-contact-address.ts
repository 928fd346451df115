import { type By, correctBuyerAddress, type DocumentTables, getDocument } from '#domain/documents';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { type AddressReason, addressKey, parseAddress, sameAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import { deleteContact, selectContactsByAddress, writeContact } from './contact-table.ts';
import type { Customer } from './customer.ts';
import { contactChanges, customerChanges } from './customer-events.ts';
import { type CustomerTables, lockCustomers, updateCustomer } from './customer-table.ts';
import { joinContacts } from './merge-customers.ts';

export type Corrected =
  /** How many customers were looked at. */
  | { readonly ok: true; readonly customers: number }
  | { readonly ok: false; readonly reason: 'same_address' | AddressReason };

/**
 * Puts the right address in the place of a wrong one, wherever customers and their documents have it, so that the next mail
 * and the reminders go right. Refuses what is no address.
 */
export async function correctContactAddress(
  tx: Tx<CustomerTables & DocumentTables & EvidenceTables>,
  which: {
    readonly companyId: string;
    readonly wrong: string;
    readonly right: string;
    readonly by: By;
    /** The document that was sent to the wrong address: its customer is looked at even if no contact has it. */
    readonly documentId?: string;
  },
  now: Date,
): Promise<Corrected> {
  const read = parseAddress(which.right);
  if (!read.ok) return read;
  const right = read.address.address;
  if (sameAddress(which.wrong, right)) return { ok: false, reason: 'same_address' };
  const customers = await customersConcerned(tx, which);
  const facts: Fact[] = [];
  for (const customer of customers) {
    const correction = { companyId: which.companyId, wrong: which.wrong, right, by: which.by };
    facts.push(...(await correctContact(tx, customer, correction, now)));
    facts.push(...(await correctCopies(tx, customer, correction, now)));
    facts.push(...(await correctBuyerAddress(tx, { ...correction, customerId: customer.id }, now)));
  }
  await record(tx, facts);
  return { ok: true, customers: customers.length };
}

async function customersConcerned(
  tx: Tx<CustomerTables & DocumentTables>,
  which: { readonly companyId: string; readonly wrong: string; readonly documentId?: string },
): Promise<Customer[]> {
  const contacts = await selectContactsByAddress(tx, which.companyId, [which.wrong]);
  const document = which.documentId ? await getDocument(tx, which.companyId, which.documentId) : null;
  const ids = new Set(contacts.map((contact) => contact.customerId));
  if (document?.customerId) ids.add(document.customerId);
  return ids.size > 0 ? lockCustomers(tx, which.companyId, [...ids]) : [];
}

type Correction = { readonly wrong: string; readonly right: string; readonly by: By };

async function correctContact(
  tx: Tx<CustomerTables>,
  customer: Customer,
  { wrong, right, by }: Correction,
  now: Date,
): Promise<Fact[]> {
  const contact = customer.contacts.find((one) => sameAddress(one.email, wrong));
  if (!contact) return [];
  const twin = customer.contacts.find((one) => sameAddress(one.email, right));
  if (twin) await deleteContact(tx, customer.companyId, contact.id);
  const after = twin ? joinContacts(twin, contact) : { ...contact, email: right };
  await writeContact(tx, customer.companyId, after);
  return contactChanges(customer, twin ?? contact, after, by, now);
}

async function correctCopies(
  tx: Tx<CustomerTables>,
  customer: Customer,
  { wrong, right, by }: Correction,
  now: Date,
): Promise<Fact[]> {
  if (!customer.defaultCc.some((cc) => sameAddress(cc, wrong))) return [];
  const fresh = customer.defaultCc.map((cc) => (sameAddress(cc, wrong) ? right : cc));
  const defaultCc = [...new Map(fresh.map((cc) => [addressKey(cc), cc])).values()];
  await updateCustomer(tx, customer.companyId, customer.id, { default_cc: defaultCc });
  return customerChanges(customer, { ...customer, defaultCc }, by, now);
}
