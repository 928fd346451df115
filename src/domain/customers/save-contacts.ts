import { newId } from '#base/ids';
import type { By } from '#domain/documents';
import type { Fact } from '#domain/evidence';
import { addressKey } from '#mail/address';
import type { Tx } from '#stores/database';
import { deleteContact, writeContact } from './contact-table.ts';
import type { Contact, Customer } from './customer.ts';
import { contactAdded, contactChanges, contactRemoved } from './customer-events.ts';
import type { CustomerTables } from './customer-table.ts';
import type { ReadContact } from './given-customer.ts';
import { liftRefusal } from './refusal.ts';

type CustomerTx = Tx<CustomerTables>;
type Doing = { readonly customer: Customer; readonly by: By; readonly now: Date };

/** Makes the customer's contacts be the given ones: known addresses are changed, new ones added, the others removed. */
export async function replaceContacts(
  tx: CustomerTx,
  doing: Doing,
  given: readonly ReadContact[],
): Promise<Fact[]> {
  const kept = new Set(given.map((one) => addressKey(one.email)));
  const facts: Fact[] = [];
  for (const contact of doing.customer.contacts) {
    if (!kept.has(addressKey(contact.email))) facts.push(await removeContactRow(tx, doing, contact));
  }
  for (const one of given) facts.push(...(await saveContact(tx, doing, one)));
  return facts;
}

/** Adds a contact, or changes the one with that address; returns the events, none when nothing changed. */
export async function saveContact(
  tx: CustomerTx,
  { customer, by, now }: Doing,
  given: ReadContact,
  known = customer.contacts.find((one) => addressKey(one.email) === addressKey(given.email)),
): Promise<Fact[]> {
  if (!known) {
    const contact = applyTo(emptyContact(customer, given.email, now), given, by, now);
    await writeContact(tx, customer.companyId, contact);
    await liftWhereAgreed(tx, customer, contact, now);
    return [contactAdded(customer, contact, by, now)];
  }
  const contact = applyTo(known, given, by, now);
  const facts = contactChanges(customer, known, contact, by, now);
  if (facts.length > 0) await writeContact(tx, customer.companyId, contact);
  await liftWhereAgreed(tx, customer, contact, now);
  return facts;
}

/** Who has refused himself and agrees now is recorded again; an agreement of before says nothing. */
async function liftWhereAgreed(tx: CustomerTx, customer: Customer, contact: Contact, now: Date) {
  if (contact.tracking === 'granted' && contact.trackingAt === now)
    await liftRefusal(tx, customer.companyId, contact.email);
}

export async function removeContactRow(
  tx: CustomerTx,
  { customer, by, now }: Doing,
  contact: Contact,
): Promise<Fact> {
  await deleteContact(tx, customer.companyId, contact.id);
  return contactRemoved(customer, contact, by, now);
}

function emptyContact(customer: Customer, email: string, now: Date): Contact {
  return {
    id: newId('contact', now),
    customerId: customer.id,
    email,
    name: '',
    roles: [],
    language: null,
    mobile: null,
    tracking: 'unknown',
    trackingAt: null,
    trackingHow: null,
    lastUsedAt: null,
    createdAt: now,
  };
}

function applyTo(contact: Contact, given: ReadContact, by: By, now: Date): Contact {
  return {
    ...contact,
    email: given.email,
    name: given.name ?? contact.name,
    roles: given.roles ?? contact.roles,
    language: given.language === undefined ? contact.language : given.language,
    mobile: given.mobile === undefined ? contact.mobile : given.mobile,
    ...consent(contact, given, by, now),
  };
}

/** Consent counts with its time and way (GDPR art. 7 (1)): without words of a person, who entered it stands for them. */
function consent(contact: Contact, given: ReadContact, by: By, now: Date) {
  const { tracking, trackingAt, trackingHow } = contact;
  const fresh = given.tracking ?? tracking;
  if (fresh === 'unknown') return { tracking: fresh, trackingAt: null, trackingHow: null };
  const how = given.trackingHow?.trim() || null;
  if (fresh === tracking && (how === null || how === trackingHow))
    return { tracking, trackingAt, trackingHow };
  return { tracking: fresh, trackingAt: now, trackingHow: how ?? by.actor };
}
